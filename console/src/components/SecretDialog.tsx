import { Alert, Box, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { mono } from '../app/theme';
import { CopyButton } from './CopyButton';

/** A key or link that the server shows this once. */
export function SecretDialog({ title, secret, onClose }: { title: string; secret: string; onClose: () => void }) {
  const { t } = useTranslation('components');
  return (
    // A click beside it must not take away what comes only once.
    <Dialog open fullWidth maxWidth="sm" onClose={(_, reason) => reason === 'escapeKeyDown' && onClose()}>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent>
        <Alert severity="warning" sx={{ mb: 2 }}>{t('once')}</Alert>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, p: 1.5, bgcolor: 'background.default', borderRadius: 1 }}>
          <Box component="code" sx={{ flex: 1, fontFamily: mono, fontSize: '0.82rem', overflowWrap: 'anywhere' }}>{secret}</Box>
          <CopyButton text={secret} />
        </Box>
      </DialogContent>
      <DialogActions><Button variant="contained" onClick={onClose}>{t('noted')}</Button></DialogActions>
    </Dialog>
  );
}
