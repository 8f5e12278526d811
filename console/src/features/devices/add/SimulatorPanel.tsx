import { Alert, Box, Button, MenuItem, TextField, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../../components/Problem';
import { ShowAsCode } from '../../../components/ShowAsCode';
import { useWork } from '../../../components/useWork';
import { session } from '../../../session/session';
import { ArrivalNote } from './ArrivalNote';
import { RunningDevices } from './RunningDevices';
import { kinds, startSimulated, useCanSimulate, useSimulatedDevices, type SimulatedKind } from './simulatedApi';

/** A device in the server's own process: one click, and the whole way of a real one. */
export function SimulatorPanel({ started }: { started?: string }) {
  const { t } = useTranslation('devices');
  const devices = useSimulatedDevices();
  const canSimulate = useCanSimulate();
  const [kind, setKind] = useState<SimulatedKind>('thermometer');
  const [names, setNames] = useState<readonly string[]>(started ? [started] : []);
  const { isRunning, error, run } = useWork();
  const client = useQueryClient();
  const start = (): Promise<boolean> => run(async () => {
    const name = await startSimulated(kind);
    setNames((known) => [name, ...known]);
    await client.invalidateQueries({ queryKey: ['simulated-devices'] });
  });
  return (
    <>
      <Typography color="textSecondary">{t('add.intro.simulator')}</Typography>
      {canSimulate ? (
        <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
          <TextField select label={t('add.kind')} value={kind} onChange={(event) => setKind(event.target.value as SimulatedKind)} sx={{ minWidth: 200 }}>
            {kinds.map((one) => <MenuItem key={one} value={one}>{t(`add.kinds.${one}`)}</MenuItem>)}
          </TextField>
          <Button variant="contained" loading={isRunning} onClick={() => void start()}>{t('add.start')}</Button>
          <ShowAsCode call={{ method: 'POST', path: '/v3/simulated-devices', body: { kind } }} />
          {devices && <Typography variant="body2" color="textSecondary">{t('add.count', { count: devices.total_count, max: devices.max_count })}</Typography>}
        </Box>
      ) : (devices || !session.isAdministrator) && <Alert severity="info">{t(devices ? 'add.none' : 'add.administratorsOnly')}</Alert>}
      {error !== null && <Problem error={error} />}
      {names.map((name) => <ArrivalNote key={name} expected={{ name }} />)}
      {canSimulate && <RunningDevices />}
    </>
  );
}
