import { Alert, Box, Button, Paper, TextField, Typography } from '@mui/material';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { ApiError } from '../../api/errors';
import { Mark } from '../../app/Brand';
import { frame } from '../../app/theme';
import { returnTo } from '../../session/returnTo';
import { session } from '../../session/session';
import { signIn } from '../../session/signIn';
import { useSession } from '../../session/useSession';
import { NewPassword } from './NewPassword';

function SignInPage() {
  const { t } = useTranslation('signin');
  const { search } = useLocation();
  const current = useSession();
  if (current && !current.mustChangePassword) return <Navigate to={returnTo(search)} replace />;
  return (
    <Box sx={{ minHeight: '100vh', display: 'grid', gridTemplateColumns: { xs: '1fr', md: '5fr 6fr' } }}>
      <Box component="header" sx={{ bgcolor: frame.background, color: frame.text, p: { xs: 3, md: 6 }, display: 'flex', flexDirection: 'column', justifyContent: 'space-between', gap: 2 }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, color: '#fff' }}>
          <Mark size={34} />
          <Typography sx={{ fontSize: '1.4rem', fontWeight: 700 }}>Surety</Typography>
        </Box>
        <Box sx={{ display: { xs: 'none', md: 'block' }, maxWidth: 420 }}>
          <Typography sx={{ fontSize: '1.9rem', fontWeight: 650, lineHeight: 1.2, color: '#fff', mb: 2 }}>{t('claim')}</Typography>
          <Typography>{t('claimText')}</Typography>
        </Box>
        <Typography variant="caption" sx={{ color: frame.quiet, display: { xs: 'none', md: 'block' } }}>{t('console')}</Typography>
      </Box>
      <Box component="main" sx={{ display: 'grid', placeItems: { xs: 'start center', md: 'center' }, p: 2, pt: { xs: 4, md: 2 } }}>
        <Paper variant="outlined" sx={{ width: '100%', maxWidth: 380, p: 3 }}>
          {current ? <NewPassword /> : <PasswordForm />}
        </Paper>
      </Box>
    </Box>
  );
}

function PasswordForm() {
  const { t } = useTranslation('signin');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setRunning(true);
    setError(null);
    try {
      await signIn(name.trim(), password);
    } catch (failure) {
      setError(failure);
      setRunning(false);
    }
  };
  const words = (failure: unknown): string => {
    if (!(failure instanceof ApiError)) return String(failure);
    if (failure.status === 0) return t('unreachable');
    return failure.status === 401 ? t('wrong') : failure.message;
  };
  return (
    <Box component="form" onSubmit={(event: FormEvent) => void submit(event)} sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
      <Typography variant="h1">{t('title')}</Typography>
      {session.end === 'expired' && error === null && <Alert severity="info">{t('expired')}</Alert>}
      {session.end === 'signed-out' && error === null && <Alert severity="success">{t('signedOut')}</Alert>}
      {error !== null && <Alert severity="error">{words(error)}</Alert>}
      <TextField label={t('name')} value={name} onChange={(event) => setName(event.target.value)} autoComplete="username" autoFocus required slotProps={{ inputLabel: { required: false } }} />
      <TextField label={t('password')} type="password" value={password} onChange={(event) => setPassword(event.target.value)} autoComplete="current-password" required slotProps={{ inputLabel: { required: false } }} />
      <Button type="submit" variant="contained" size="large" loading={isRunning}>{t('submit')}</Button>
    </Box>
  );
}

export const Component = SignInPage;
