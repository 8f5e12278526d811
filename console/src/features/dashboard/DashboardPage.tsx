import { Box, Button, Card, CardActionArea, List, ListItemButton, ListItemText, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, dataOf } from '../../api/client';
import { PageHeader } from '../../components/PageHeader';
import { Problem } from '../../components/Problem';
import { Time } from '../../components/Time';
import { countDevices, listDevices } from '../devices/deviceApi';
import { StateChip } from '../devices/StateChip';
import { FirstStepsCard } from './FirstStepsCard';
import { Panel } from './Panel';

const Charts = lazy(() => import('./Charts'));

const day = 86_400_000;

const column = { display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 } as const;

interface Count {
  key: string;
  colour: string;
  filter: string;
}

const states: readonly Count[] = [
  { key: 'registered', colour: 'success.main', filter: 'state__eq=registered' },
  { key: 'deregistered', colour: 'warning.main', filter: 'state__eq=deregistered' },
  { key: 'blocked', colour: 'error.main', filter: 'lifecycle_status__eq=blocked' },
];

/** What is wrong, in seconds: counts that lead to the devices behind them, and what happened last. */
function DashboardPage() {
  const { t } = useTranslation('dashboard');
  const today = new Date();
  const iso = (offset: number): string => new Date(today.getTime() + offset).toISOString().slice(0, 10);
  const counts: readonly Count[] = [...states, { key: 'expiring', colour: 'info.main', filter: `connector_expiration_date__lte=${iso(30 * day)}&connector_expiration_date__gte=${iso(0)}` }];
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <FirstStepsCard />
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr 1fr', md: 'repeat(5, 1fr)' }, mb: 2 }}>
        <CountCard count={{ key: 'all', colour: 'primary.main', filter: '' }} />
        {counts.map((count) => <CountCard key={count.key} count={count} />)}
      </Box>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' }, alignItems: 'start' }}>
        <Box sx={column}>
          <RecentDevices />
          <Suspense fallback={null}><Charts of="devices" /></Suspense>
        </Box>
        <Box sx={column}>
          <RecentEvents />
          <Suspense fallback={null}><Charts of="state" /></Suspense>
        </Box>
      </Box>
    </>
  );
}

function CountCard({ count: { key, colour, filter } }: { count: Count }) {
  const { t, i18n } = useTranslation('dashboard');
  const count = useQuery({ queryKey: ['devices', 'count', filter], queryFn: () => countDevices(filter), refetchInterval: 30_000 });
  return (
    <Card>
      <CardActionArea component={Link} to={`/devices${filter ? `?filter=${encodeURIComponent(filter)}` : ''}`} sx={{ p: 2, borderLeft: 4, borderColor: colour, height: '100%' }}>
        <Typography variant="body2" color="textSecondary">{t(`counts.${key}`)}</Typography>
        <Typography sx={{ fontSize: '1.9rem', fontWeight: 650, lineHeight: 1.2 }}>{count.data === undefined ? '–' : new Intl.NumberFormat(i18n.language).format(count.data)}</Typography>
      </CardActionArea>
    </Card>
  );
}

function RecentDevices() {
  const { t } = useTranslation('dashboard');
  const devices = useQuery({ queryKey: ['devices', 'newest'], queryFn: () => listDevices({ limit: 8, order: 'DESC' }) });
  return (
    <Panel title={t('newest')} action={<Button component={Link} to="/devices">{t('allDevices')}</Button>}>
      {devices.isError && <Problem error={devices.error} onRetry={() => void devices.refetch()} />}
      {devices.data?.data.length === 0 && <Typography color="textSecondary" sx={{ p: 2 }}>{t('noDevices')}</Typography>}
      <List component="div" disablePadding dense>
        {(devices.data?.data ?? []).map((device) => (
          <ListItemButton key={device.id} component={Link} to={`/devices/${device.id}`} sx={{ gap: 2 }}>
            <ListItemText primary={device.name || device.endpoint_name || device.id} secondary={<Time value={device.updated_at} relative />} />
            <StateChip device={device} />
          </ListItemButton>
        ))}
      </List>
    </Panel>
  );
}

function RecentEvents() {
  const { t } = useTranslation('dashboard');
  const events = useQuery({
    queryKey: ['device-events', 'recent'], refetchInterval: 15_000,
    queryFn: async () => (await dataOf(api.GET('/v3/device-events', { params: { query: { limit: 8, order: 'DESC' } } }))).data,
  });
  return (
    <Panel title={t('events')}>
      {events.isError && <Problem error={events.error} onRetry={() => void events.refetch()} />}
      {events.data?.length === 0 && <Typography color="textSecondary" sx={{ p: 2 }}>{t('noEvents')}</Typography>}
      <List component="div" disablePadding dense>
        {(events.data ?? []).map((event) => (
          <ListItemButton key={event.id} component={Link} to={event.device_id ? `/devices/${event.device_id}/events` : '/devices'} disabled={!event.device_id} sx={{ '&.Mui-disabled': { opacity: 1 } }}>
            <ListItemText primary={event.description || event.event_type} secondary={<><Time value={event.date_time} relative /> · {event.event_type}</>} slotProps={{ primary: { color: event.event_type_description === 'FAIL' ? 'error' : 'textPrimary' } }} />
          </ListItemButton>
        ))}
      </List>
    </Panel>
  );
}

export const Component = DashboardPage;
