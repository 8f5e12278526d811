import { Divider, IconButton, ListItemIcon, ListItemText, Menu, MenuItem, ToggleButton, ToggleButtonGroup, Tooltip, Box, Typography, useColorScheme } from '@mui/material';
import AccountCircleOutlined from '@mui/icons-material/AccountCircleOutlined';
import DescriptionOutlined from '@mui/icons-material/DescriptionOutlined';
import LogoutOutlined from '@mui/icons-material/LogoutOutlined';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut } from '../session/signIn';
import { useSession } from '../session/useSession';
import { languages, setLanguage, type Language } from './i18n';

const languageNames: Record<Language, string> = { en: 'English', de: 'Deutsch' };

export function UserMenu() {
  const { t, i18n } = useTranslation();
  const session = useSession();
  const { mode, setMode } = useColorScheme();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  if (!session) return null;
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
        <MenuItem component="a" href="/docs" target="_blank" rel="noopener"><ListItemIcon><DescriptionOutlined fontSize="small" /></ListItemIcon><ListItemText>{t('user.docs')}</ListItemText></MenuItem>
        <MenuItem onClick={() => void signOut()}><ListItemIcon><LogoutOutlined fontSize="small" /></ListItemIcon><ListItemText>{t('user.signOut')}</ListItemText></MenuItem>
      </Menu>
    </>
  );
}
