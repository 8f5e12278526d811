import { Alert, Box, Button, TextField, Typography } from '@mui/material';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { recoverPassword } from '../../session/signIn';

/** For who has forgotten the password. What it says is the same whether or not there is such an address. */
export function Recovery({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('signin');
  const [email, setEmail] = useState('');
  const [isSent, setSent] = useState(false);
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setRunning(true);
    setError(null);
    try {
      await recoverPassword(email.trim());
      setSent(true);
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
    } finally {
      setRunning(false);
    }
  };
  return (
    <Box component="form" onSubmit={(event: FormEvent) => void submit(event)} sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
      <Typography variant="h1">{t('recoveryTitle')}</Typography>
      {isSent ? <Alert severity="success">{t('sent')}</Alert> : <Typography color="textSecondary">{t('recoveryText')}</Typography>}
      {error !== null && <Alert severity="error">{error}</Alert>}
      {!isSent && <TextField label={t('address')} type="email" value={email} onChange={(event) => setEmail(event.target.value)} autoComplete="email" autoFocus required slotProps={{ inputLabel: { required: false } }} />}
      {!isSent && <Button type="submit" variant="contained" size="large" loading={isRunning}>{t('send')}</Button>}
      <Button color="inherit" onClick={onBack}>{t('back')}</Button>
    </Box>
  );
}
