import { Box, Paper, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { Mark } from '../../app/Brand';
import { frame } from '../../app/theme';
import { returnTo } from '../../session/returnTo';
import { useSession } from '../../session/useSession';
import { NewPassword } from './NewPassword';
import { PasswordForm } from './PasswordForm';
import { Providers } from './Providers';
import { Recovery } from './Recovery';

function SignInPage() {
  const { t } = useTranslation('signin');
  const { search } = useLocation();
  const current = useSession();
  const [isRecovering, setRecovering] = useState(false);
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
          {current ? <NewPassword /> : isRecovering ? <Recovery onBack={() => setRecovering(false)} /> : <><PasswordForm onForgotten={() => setRecovering(true)} /><Providers /></>}
        </Paper>
      </Box>
    </Box>
  );
}

export const Component = SignInPage;
