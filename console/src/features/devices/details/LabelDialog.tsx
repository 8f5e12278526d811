import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, GlobalStyles, Typography } from '@mui/material';
import PrintOutlined from '@mui/icons-material/PrintOutlined';
import { useTranslation } from 'react-i18next';
import { mono } from '../../../app/theme';
import { labelAddress } from '../../../components/deviceLabel';
import { QrCode } from '../../../components/QrCode';
import type { Device } from '../deviceApi';

/** On paper there is the label alone. */
const onPaper = {
  '@media print': {
    '#root, .MuiDialogTitle-root, .MuiDialogActions-root, .MuiBackdrop-root, .MuiDialog-root .screen-only': { display: 'none !important' },
    '.MuiDialog-root, .MuiDialog-container, .MuiDialog-paper': { position: 'static !important', display: 'block !important', margin: '0 !important', height: 'auto !important', maxHeight: 'none !important', boxShadow: 'none !important', transition: 'none !important', background: '#fff !important' },
  },
};

/** A label to be stuck on a device: scanned, it leads to the device. */
export function LabelDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const { t } = useTranslation('devices');
  const name = device.endpoint_name || device.id;
  const address = labelAddress(name, location.origin, import.meta.env.BASE_URL);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs">
      <GlobalStyles styles={onPaper} />
      <DialogTitle>{t('label.title')}</DialogTitle>
      <DialogContent>
        <Typography className="screen-only" color="textSecondary" sx={{ mb: 2 }}>{t('label.text')}</Typography>
        <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center', p: 1.5, bgcolor: '#fff', color: '#000', border: '1px solid #000', borderRadius: 1, width: 'fit-content', maxWidth: '100%' }}>
          <Box sx={{ flexShrink: 0 }}><QrCode text={address} label={t('label.code', { name })} size={132} /></Box>
          <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
            {device.name && device.name !== name && <Typography sx={{ fontWeight: 650 }}>{device.name}</Typography>}
            <Typography sx={{ fontFamily: mono, fontSize: '0.82rem', fontWeight: 650 }}>{name}</Typography>
            {device.serial_number && <Typography sx={{ fontFamily: mono, fontSize: '0.76rem' }}>S/N {device.serial_number}</Typography>}
          </Box>
        </Box>
      </DialogContent>
      <DialogActions>
        <Button color="inherit" onClick={onClose}>{t('close', { ns: 'components' })}</Button>
        <Button variant="contained" startIcon={<PrintOutlined />} onClick={() => window.print()}>{t('label.print')}</Button>
      </DialogActions>
    </Dialog>
  );
}
