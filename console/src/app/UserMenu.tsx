import { Divider, IconButton, ListItemIcon, ListItemText, Menu, MenuItem, ToggleButton, ToggleButtonGroup, TextField, Tooltip, Box, Typography, useColorScheme } from '@mui/material';
import AccountCircleOutlined from '@mui/icons-material/AccountCircleOutlined';
import DescriptionOutlined from '@mui/icons-material/DescriptionOutlined';
import LogoutOutlined from '@mui/icons-material/LogoutOutlined';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asksForCode, signOut, switchAccount } from '../session/signIn';
import { useNotice } from '../components/Notices';
import { FormDialog } from '../components/FormDialog';
import { useSession } from '../session/useSession';
import { languages, setLanguage, type Language } from './i18n';

const languageNames: Record<Language, string> = { en: 'English', de: 'Deutsch' };

export function UserMenu() {
  const { t, i18n } = useTranslation();
  const session = useSession();
  const { mode, setMode } = useColorScheme();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [otp, setOtp] = useState<{ account: string; code: string } | null>(null);
  const notify = useNotice();
  if (!session) return null;
  const others = (session.accounts ?? []).filter((account) => account.id !== session.accountId);
  const go = async (account: string, code?: string): Promise<void> => {
    await switchAccount(account, code);
    // Whatever is on the screen is another account's.
    location.assign(import.meta.env.BASE_URL);
  };
  const change = async (account: string): Promise<void> => {
    setAnchor(null);
    try {
      await go(account);
    } catch (failure) {
      if (asksForCode(failure)) setOtp({ account, code: '' });
      else notify(failure instanceof Error ? failure : String(failure), 'error');
    }
  };
  return (
    <>
      <Tooltip title={session.name}>
        <IconButton aria-label={t('user.menu')} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}><AccountCircleOutlined /></IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} slotProps={{ paper: { sx: { minWidth: 250 } } }}>
        <Box sx={{ px: 2, py: 1 }} component="li">
          <Typography sx={{ fontWeight: 600 }}>{session.name}</Typography>
          <Typography variant="caption" color="textSecondary">{session.accountName}</Typography>
        </Box>
        <Divider component="li" />
        <Box sx={{ px: 2, py: 1 }} component="li">
          <Typography variant="caption" color="textSecondary">{t('user.scheme')}</Typography>
          <ToggleButtonGroup size="small" fullWidth exclusive value={mode ?? 'system'} onChange={(_, value: 'system' | 'light' | 'dark' | null) => value && setMode(value)} sx={{ mt: 0.5 }}>
            {(['system', 'light', 'dark'] as const).map((scheme) => <ToggleButton key={scheme} value={scheme}>{t(`user.schemes.${scheme}`)}</ToggleButton>)}
          </ToggleButtonGroup>
        </Box>
        <Box sx={{ px: 2, py: 1 }} component="li">
          <Typography variant="caption" color="textSecondary">{t('user.language')}</Typography>
          <ToggleButtonGroup size="small" fullWidth exclusive value={i18n.language} onChange={(_, value: Language | null) => value && void setLanguage(value)} sx={{ mt: 0.5 }}>
            {languages.map((language) => <ToggleButton key={language} value={language}>{languageNames[language]}</ToggleButton>)}
          </ToggleButtonGroup>
        </Box>
        <Divider component="li" />
        {others.map((account) => <MenuItem key={account.id} onClick={() => void change(account.id)}><ListItemText>{t('user.switch', { name: account.name })}</ListItemText></MenuItem>)}
        <MenuItem component="a" href="/docs" target="_blank" rel="noopener"><ListItemIcon><DescriptionOutlined fontSize="small" /></ListItemIcon><ListItemText>{t('user.docs')}</ListItemText></MenuItem>
        <MenuItem onClick={() => void signOut()}><ListItemIcon><LogoutOutlined fontSize="small" /></ListItemIcon><ListItemText>{t('user.signOut')}</ListItemText></MenuItem>
      </Menu>
      {otp && (
        <FormDialog title={t('user.code')} action={t('user.go')} onSubmit={() => go(otp.account, otp.code)} onClose={() => setOtp(null)}>
          <TextField label={t('user.code')} value={otp.code} onChange={(event) => setOtp({ ...otp, code: event.target.value })} autoComplete="one-time-code" autoFocus />
        </FormDialog>
      )}
    </>
  );
}
