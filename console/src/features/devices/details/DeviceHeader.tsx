import { Box, Card, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../../api/client';
import { CopyableId } from '../../../components/CopyableId';
import { PageHeader } from '../../../components/PageHeader';
import { ShowAsCode } from '../../../components/ShowAsCode';
import { Time } from '../../../components/Time';
import { useDeviceValues } from '../../../live/hooks';
import type { Device } from '../deviceApi';
import { StateChip } from '../StateChip';
import { DeviceActions } from './DeviceActions';

/** What somebody wants to know of a device before anything else: whether it is there, since when, how, and who it is. */
export function DeviceHeader({ device }: { device: Device }) {
  const { t } = useTranslation('devices');
  const { values } = useDeviceValues(device.id);
  const lastValue = Math.max(0, ...[...values.values()].map(({ at }) => at));
  const lastChange = Date.parse(device.updated_at ?? '') || 0;
  const endpoint = useQuery({
    queryKey: ['devices', 'endpoint', device.id, String(device.state)],
    queryFn: async () => (await dataOf(api.GET('/v2/endpoints', {}))).find(({ name }) => name === device.id) ?? null,
    staleTime: 30_000,
  });
  const connection = String(device.state) !== 'registered' ? t('details.notConnected') : endpoint.data ? t(endpoint.data.q ? 'details.queueMode' : 'details.listening') : '–';
  return (
    <>
      <PageHeader title={device.name || device.endpoint_name || t('noName')} trail={[{ label: t('title'), to: '/devices' }]} description={device.description}>
        <ShowAsCode call={{ method: 'GET', path: `/v3/devices/${device.id}` }} />
        <DeviceActions device={device} />
      </PageHeader>
      <Card sx={{ p: 2, mb: 2, display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr 1fr', md: 'repeat(5, 1fr)' } }}>
        <Fact name={t('fields.state')}><StateChip device={device} /></Fact>
        <Fact name={t('details.lastSeen')}>{lastValue > lastChange ? <Time value={lastValue} relative /> : <Time value={device.updated_at} relative />}</Fact>
        <Fact name={t('details.connection')}>{connection}</Fact>
        <Fact name={t('fields.endpoint_name')}>{device.endpoint_name || '–'}</Fact>
        <Fact name={t('fields.id')}><CopyableId id={device.id} /></Fact>
      </Card>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Box sx={{ minWidth: 0 }}>
      <Typography variant="caption" color="textSecondary" component="div">{name}</Typography>
      <Typography component="div" sx={{ overflowWrap: 'anywhere', fontWeight: 500 }}>{children}</Typography>
    </Box>
  );
}
