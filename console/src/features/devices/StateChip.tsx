import { Chip } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { Device } from './deviceApi';

const colours: Record<string, 'success' | 'warning' | 'error' | 'info' | 'default'> = {
  registered: 'success', bootstrapped: 'info', cloud_enrolling: 'info', deregistered: 'warning', unenrolled: 'default', blocked: 'error',
};

/** The state of a device, in colour and in words; a suspended one is that before all. */
export function StateChip({ device }: { device: Pick<Device, 'state' | 'lifecycle_status'> }) {
  const { t } = useTranslation('devices');
  const state = device.lifecycle_status === 'blocked' ? 'blocked' : String(device.state);
  return <Chip label={t(`states.${state}`)} color={colours[state] ?? 'default'} variant="outlined" sx={{ fontWeight: 600, height: 22 }} />;
}
