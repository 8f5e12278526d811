import { Alert, AlertTitle, Box, Button, CircularProgress, Typography } from '@mui/material';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { StateChip } from '../StateChip';
import { useArrival, type Expected } from './arrival';

/** After this time without a sign of the device it is worth to say what may be wrong, milliseconds. */
const patience = 30_000;

/** Waits for a device, says what is wrong meanwhile, and turns green when it is registered. */
export function ArrivalNote({ expected }: { expected: Expected }) {
  const { t } = useTranslation('devices');
  const { device, isRegistered, problems } = useArrival(expected);
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patience);
    return () => clearTimeout(timer);
  }, []);
  const name = device?.endpoint_name || ('name' in expected ? expected.name : t('add.next'));
  return (
    <Box role="status" aria-live="polite" sx={{ display: 'flex', flexDirection: 'column', gap: 1 }}>
      {isRegistered && device ? (
        <Alert severity="success" action={<Button color="inherit" component={Link} to={`/devices/${device.id}`}>{t('add.open')}</Button>}>
          <AlertTitle>{t('add.registered', { name })}</AlertTitle>
          {t('add.registeredText')}
        </Alert>
      ) : (
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, p: 1.5, border: 1, borderColor: 'divider', borderRadius: 1 }}>
          <CircularProgress size={20} aria-hidden />
          <Typography sx={{ flex: 1, overflowWrap: 'anywhere' }}>{device ? t('add.seen', { name }) : t('add.waiting', { name })}</Typography>
          {device && <StateChip device={device} />}
        </Box>
      )}
      {isLate && !isRegistered && problems.length === 0 && <Alert severity="info">{t('add.late')}</Alert>}
      {problems.map((problem) => <Alert key={problem} severity="warning">{problem}</Alert>)}
    </Box>
  );
}
