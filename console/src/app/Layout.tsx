import { AppBar, Box, Drawer, IconButton, Toolbar, Typography, useMediaQuery } from '@mui/material';
import MenuIcon from '@mui/icons-material/Menu';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { JobTray } from '../components/jobs/JobTray';
import { Waiting } from '../components/Waiting';
import { Brand } from './Brand';
import { LiveBadge } from './LiveBadge';
import { Navigation } from './Navigation';
import { Palette } from './palette/Palette';
import { frame } from './theme';
import { UserMenu } from './UserMenu';

const width = 224;

/** The frame around every page of who is signed in: navigation, search, state of the connection, the user's menu. */
export function Layout() {
  const { t } = useTranslation();
  const isWide = useMediaQuery('(min-width:900px)');
  const [isOpen, setOpen] = useState(false);
  const { pathname } = useLocation();
  useEffect(() => setOpen(false), [pathname]);

  const navigation = (
    <Box component="nav" aria-label={t('navigation.label')} sx={{ width, height: '100%', display: 'flex', flexDirection: 'column', bgcolor: frame.background, color: frame.text, overflowY: 'auto' }}>
      <Brand />
      <Navigation />
    </Box>
  );

  return (
    <Box sx={{ display: 'flex', minHeight: '100vh' }}>
      <Box component="a" href="#main" sx={{ position: 'absolute', left: -9999, '&:focus': { left: 8, top: 8, zIndex: 2000, bgcolor: 'background.paper', p: 1 } }}>
        {t('skipToContent')}
      </Box>
      {isWide ? (
        <Box sx={{ width, flexShrink: 0 }}>
          <Box sx={{ position: 'fixed', insetBlock: 0, width }}>{navigation}</Box>
        </Box>
      ) : (
        <Drawer open={isOpen} onClose={() => setOpen(false)} slotProps={{ paper: { sx: { border: 0 } } }}>{navigation}</Drawer>
      )}
      <Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}>
        <AppBar position="sticky" elevation={0} color="transparent" sx={{ bgcolor: 'background.default', borderBottom: 1, borderColor: 'divider', color: 'text.primary' }}>
          <Toolbar variant="dense" sx={{ gap: 1, minHeight: 48 }}>
            {!isWide && (
              <IconButton edge="start" aria-label={t('navigation.open')} onClick={() => setOpen(true)}><MenuIcon /></IconButton>
            )}
            {!isWide && <Typography sx={{ fontWeight: 700 }}>Surety</Typography>}
            <Box sx={{ flex: 1 }} />
            <Palette />
            <LiveBadge />
            <UserMenu />
          </Toolbar>
        </AppBar>
        <Box component="main" id="main" tabIndex={-1} sx={{ flex: 1, p: { xs: 1.5, sm: 2.5 }, outline: 0, minWidth: 0, maxWidth: 1680, width: '100%' }}>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </Box>
      </Box>
      <JobTray />
    </Box>
  );
}
