import { Alert, Box, Button, TextField, Typography } from '@mui/material';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ApiError } from '../../api/errors';
import { session } from '../../session/session';
import { asksForCode, signIn } from '../../session/signIn';

/** Name and password; then, for who has a second factor, its code. */
export function PasswordForm({ onForgotten }: { onForgotten: () => void }) {
  const { t } = useTranslation('signin');
  const [query] = useSearchParams();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setRunning(true);
    setError(null);
    try {
      await signIn(name.trim(), password, query.get('account') ?? undefined, code?.replaceAll(' ', ''));
    } catch (failure) {
      if (asksForCode(failure) && code === null) setCode('');
      else setError(failure);
      setRunning(false);
    }
  };
  const words = (failure: unknown): string => {
    if (!(failure instanceof ApiError)) return String(failure);
    if (failure.status === 0) return t('unreachable');
    if (asksForCode(failure)) return t('wrongCode');
    return failure.status === 401 ? t('wrong') : failure.message;
  };
  return (
    <Box component="form" onSubmit={(event: FormEvent) => void submit(event)} sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
      <Typography variant="h1">{t('title')}</Typography>
      {session.end === 'expired' && error === null && <Alert severity="info">{t('expired')}</Alert>}
      {session.end === 'signed-out' && error === null && <Alert severity="success">{t('signedOut')}</Alert>}
      {error !== null && <Alert severity="error">{words(error)}</Alert>}
      {code === null ? (
        <>
          <TextField label={t('name')} value={name} onChange={(event) => setName(event.target.value)} autoComplete="username" autoFocus required slotProps={{ inputLabel: { required: false } }} />
          <TextField label={t('password')} type="password" value={password} onChange={(event) => setPassword(event.target.value)} autoComplete="current-password" required slotProps={{ inputLabel: { required: false } }} />
        </>
      ) : (
        <TextField label={t('code')} value={code} onChange={(event) => setCode(event.target.value)} helperText={t('codeHelp')} autoComplete="one-time-code" autoFocus required slotProps={{ inputLabel: { required: false } }} />
      )}
      <Button type="submit" variant="contained" size="large" loading={isRunning}>{t('submit')}</Button>
      {code === null ? <Button color="inherit" onClick={onForgotten}>{t('forgotten')}</Button> : <Button color="inherit" onClick={() => (setCode(null), setError(null))}>{t('back')}</Button>}
    </Box>
  );
}
