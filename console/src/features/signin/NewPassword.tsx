import { Alert, Box, Button, TextField, Typography } from '@mui/material';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { changePassword, signIn } from '../../session/signIn';
import { session } from '../../session/session';

/** For who was given a password by an administrator, and may do nothing before it is their own. */
export function NewPassword() {
  const { t } = useTranslation('signin');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (password !== again) return setError(t('different'));
    setRunning(true);
    setError(null);
    try {
      const { name, accountId } = session.current!;
      await changePassword(password);
      // A new password ends all sessions, this one as well.
      // With a second factor it takes a code: the form for that comes then.
      await signIn(name, password, accountId).catch(() => session.signOut());
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
      setRunning(false);
    }
  };
  return (
    <Box component="form" onSubmit={(event: FormEvent) => void submit(event)} sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
      <Typography variant="h1">{t('newTitle')}</Typography>
      <Typography color="textSecondary">{t('newText')}</Typography>
      {error !== null && <Alert severity="error">{error}</Alert>}
      <TextField label={t('newPassword')} type="password" value={password} onChange={(event) => setPassword(event.target.value)} autoComplete="new-password" autoFocus required />
      <TextField label={t('repeat')} type="password" value={again} onChange={(event) => setAgain(event.target.value)} autoComplete="new-password" required error={again !== '' && again !== password} />
      <Button type="submit" variant="contained" size="large" loading={isRunning}>{t('change')}</Button>
    </Box>
  );
}
