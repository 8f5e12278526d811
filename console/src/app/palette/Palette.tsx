import { Box, Button, Dialog, IconButton, InputBase, List, ListItemButton, ListItemText, Typography, useMediaQuery } from '@mui/material';
import QrCodeScanner from '@mui/icons-material/QrCodeScanner';
import Search from '@mui/icons-material/Search';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { features } from '../../features';
import { mono } from '../theme';
import { canScan } from './barcodes';
import { findDevices } from './findDevices';
import { useShortcuts } from './useShortcuts';

const Scanner = lazy(() => import('./Scanner'));

interface Hit {
  key: string;
  primary: string;
  secondary: string;
  to: string;
}

/** Ctrl-K: goes to a device (end of its id, endpoint name, serial number) or to a page. */
export function Palette() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isWide = useMediaQuery('(min-width:700px)');
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const [isScanning, setScanning] = useState(false);
  useShortcuts(() => setOpen(true));
  useEffect(() => setChosen(0), [text, isOpen]);

  const wanted = text.trim();
  const devices = useQuery({ queryKey: ['palette', wanted], queryFn: () => findDevices(wanted), enabled: isOpen && wanted.length >= 2, retry: false });
  const hits = useMemo<Hit[]>(() => {
    const pages = features.flatMap((f) => (f.navigation ?? []).map((e) => ({ key: e.to, primary: t(e.label, { ns: f.id }), secondary: t(`sections.${e.section}`), to: e.to })));
    const found = (wanted.length >= 2 ? devices.data : undefined) ?? [];
    return [
      ...found.map((d) => ({ key: d.id, primary: d.name || d.endpoint_name || d.id, secondary: [d.endpoint_name, d.serial_number, d.id].filter(Boolean).join(' · '), to: `/devices/${d.id}` })),
      ...pages.filter((page) => page.primary.toLowerCase().includes(wanted.toLowerCase())),
    ];
  }, [devices.data, wanted, t]);

  const close = (): void => (setOpen(false), setText(''), setScanning(false));
  const go = (hit: Hit | undefined): void => {
    if (!hit) return;
    close();
    void navigate(hit.to);
  };
  const onKey = (event: React.KeyboardEvent): void => {
    if (event.key === 'Enter') go(hits[chosen]);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setChosen((n) => (n + (event.key === 'ArrowDown' ? 1 : hits.length - 1)) % Math.max(1, hits.length));
    }
  };

  return (
    <>
      {isWide ? (
        <Button variant="outlined" color="inherit" startIcon={<Search fontSize="small" />} onClick={() => setOpen(true)} sx={{ color: 'text.secondary', borderColor: 'divider', fontWeight: 400, minWidth: 220, justifyContent: 'flex-start' }}>
          {t('palette.open')}<Box component="kbd" sx={{ ml: 'auto', pl: 3, fontFamily: mono, fontSize: '0.72rem' }}>Ctrl K</Box>
        </Button>
      ) : <IconButton aria-label={t('palette.open')} onClick={() => setOpen(true)}><Search /></IconButton>}
      <Dialog open={isOpen} onClose={close} fullWidth maxWidth="sm" aria-label={t('palette.open')} slotProps={{ paper: { sx: { alignSelf: 'flex-start' } } }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, px: 2, py: 1, borderBottom: 1, borderColor: 'divider' }}>
          <Search color="action" />
          <InputBase
            autoFocus fullWidth value={text} onChange={(event) => setText(event.target.value)} onKeyDown={onKey} placeholder={t('palette.placeholder')}
            inputProps={{ 'aria-label': t('palette.placeholder'), role: 'combobox', 'aria-expanded': hits.length > 0, 'aria-controls': 'palette-hits', 'aria-activedescendant': hits[chosen] ? `palette-${chosen}` : undefined }}
          />
          {canScan() && <IconButton aria-label={t('palette.scan')} aria-pressed={isScanning} color={isScanning ? 'primary' : 'default'} onClick={() => setScanning((is) => !is)}><QrCodeScanner /></IconButton>}
        </Box>
        {isScanning && <Suspense fallback={null}><Scanner onFound={(code) => (setScanning(false), setText(code))} /></Suspense>}
        <List id="palette-hits" role="listbox" aria-label={t('palette.open')} dense sx={{ maxHeight: 380, overflow: 'auto' }}>
          {hits.map((hit, index) => (
            <ListItemButton key={hit.key} id={`palette-${index}`} role="option" aria-selected={index === chosen} selected={index === chosen} onClick={() => go(hit)}>
              <ListItemText primary={hit.primary} secondary={hit.secondary} slotProps={{ secondary: { noWrap: true } }} />
            </ListItemButton>
          ))}
        </List>
        {hits.length === 0 && <Typography sx={{ p: 2 }} color="textSecondary">{t('palette.nothing')}</Typography>}
      </Dialog>
    </>
  );
}
