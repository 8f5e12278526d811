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
  const { data: link } = useQuery({
    queryKey: ['devices', 'connection', device.id, String(device.state)],
    queryFn: () => dataOf(api.GET('/v3/devices/{device_id}/connection', { params: { path: { device_id: device.id } } })),
    refetchInterval: 15_000,
  });
  const lastSeen = Math.max(lastValue, Date.parse(link?.last_seen ?? '') || 0) || Date.parse(device.updated_at ?? '');
  const connection = !link ? '–' : t(!link.registered ? 'details.notConnected' : link.queue_mode ? 'details.queueMode' : link.reachable ? 'details.listening' : 'details.unreachable');
  const security = !link?.scheme ? '–' : !link.security_protocol ? t('details.noSecurity') : [link.security_protocol, link.connection_id ? t('details.connectionId') : null].filter(Boolean).join(', ');
  return (
    <>
      <PageHeader title={device.name || device.endpoint_name || t('noName')} trail={[{ label: t('title'), to: '/devices' }]} description={device.description}>
        <ShowAsCode call={{ method: 'GET', path: `/v3/devices/${device.id}` }} />
        <DeviceActions device={device} />
      </PageHeader>
      <Card sx={{ p: 2, mb: 2, display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr 1fr', md: 'repeat(6, 1fr)' } }}>
        <Fact name={t('fields.state')}><StateChip device={device} /></Fact>
        <Fact name={t('details.lastSeen')}><Time value={lastSeen} relative /></Fact>
        <Fact name={t('details.connection')}>{connection}</Fact>
        <Fact name={t('details.security')}><span title={link?.cipher_suite ?? undefined}>{security}</span></Fact>
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
