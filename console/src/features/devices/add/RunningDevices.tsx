import { Box, Button, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../../components/Problem';
import { useWork } from '../../../components/useWork';
import { stopSimulated, useSimulatedDevices } from './simulatedApi';

const interval = 5_000;

/** The simulated devices that run, what each does, and how to stop it. */
export function RunningDevices() {
  const { t } = useTranslation('devices');
  const devices = useSimulatedDevices();
  const [stopping, setStopping] = useState<string | null>(null);
  const { error, run } = useWork();
  const client = useQueryClient();
  useEffect(() => {
    const timer = setInterval(() => void client.invalidateQueries({ queryKey: ['simulated-devices'] }), interval);
    return () => clearInterval(timer);
  }, [client]);
  const stop = async (id: string): Promise<void> => {
    setStopping(id);
    await run(async () => {
      await stopSimulated(id);
      await client.invalidateQueries({ queryKey: ['simulated-devices'] });
    });
    setStopping(null);
  };
  if (!devices || devices.data.length === 0) return null;
  return (
    <Box component="section" aria-label={t('add.running')}>
      <Typography variant="h3">{t('add.running')}</Typography>
      {error !== null && <Problem error={error} />}
      <Box component="ul" sx={{ m: 0, mt: 0.5, p: 0, listStyle: 'none' }}>
        {devices.data.map(({ id, endpoint_name, status, value, registered }) => (
          <Box component="li" key={id} sx={{ display: 'flex', alignItems: 'center', gap: 1, py: 0.5, borderTop: 1, borderColor: 'divider' }}>
            <Box sx={{ flex: 1, minWidth: 0 }}>
              <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>{endpoint_name} · {value}</Typography>
              <Typography variant="caption" component="div" color={registered ? 'textSecondary' : 'warning'} sx={{ overflowWrap: 'anywhere' }}>{status}</Typography>
            </Box>
            <Button color="error" loading={stopping === id} disabled={stopping !== null} aria-label={t('add.stopOne', { name: endpoint_name })} onClick={() => void stop(id)}>{t('add.stop')}</Button>
          </Box>
        ))}
      </Box>
    </Box>
  );
}
