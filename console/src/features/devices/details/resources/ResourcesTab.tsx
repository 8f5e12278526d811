import { Alert, Box, Button, Card, MenuItem, TextField, Typography } from '@mui/material';
import AccountTreeOutlined from '@mui/icons-material/AccountTreeOutlined';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../../components/EmptyState';
import { Problem } from '../../../../components/Problem';
import { Waiting } from '../../../../components/Waiting';
import { useDeviceRequests, useDeviceValues } from '../../../../live/hooks';
import { loadModel } from '../../../../lwm2m/model';
import { buildTree, type ObjectNode } from '../../../../lwm2m/tree';
import { listResources, listSubscriptions, type Device } from '../../deviceApi';
import { InstanceCard } from './InstanceCard';
import { RequestLog } from './RequestLog';

/** The formats to ask objects and instances in. The device's own: it chooses. */
const accepts = ['', 'application/senml+json', 'application/vnd.oma.lwm2m+tlv', 'application/vnd.oma.lwm2m+cbor', 'application/senml+cbor', 'application/vnd.oma.lwm2m+json'] as const;

/** What the device has, with names and units of the registry, and everything that can be asked of it. */
export function ResourcesTab({ device }: { device: Device }) {
  const { t } = useTranslation('devices');
  const isRegistered = String(device.state) === 'registered';
  const model = useQuery({ queryKey: ['object-model'], queryFn: loadModel, staleTime: Infinity });
  const registered = useQuery({ queryKey: ['devices', 'resources', device.id, device.updated_at], queryFn: () => listResources(device.id), enabled: isRegistered, retry: 1 });
  const subscriptions = useQuery({ queryKey: ['devices', 'subscriptions', device.id], queryFn: () => listSubscriptions(device.id), enabled: isRegistered });
  const { values, version } = useDeviceValues(device.id);
  const requests = useDeviceRequests(device.id);
  const [search, setSearch] = useState('');
  const [accept, setAccept] = useState('');
  const tree = useMemo(
    () => (model.data ? buildTree(model.data, (registered.data ?? []).map(({ uri }) => uri), values) : []),
    // The map of values is one and the same object all the time; the version says that it has changed.
    [model.data, registered.data, values, version],
  );
  const shown = useMemo(() => find(tree, search), [tree, search]);
  // A new subscription is known when the device has answered.
  const ended = requests.filter(({ state }) => state === 'done').length;
  useEffect(() => void subscriptions.refetch(), [ended]);

  if (model.isError) return <Problem error={model.error} onRetry={() => void model.refetch()} />;
  if (model.isLoading || registered.isLoading) return <Waiting />;
  if (!isRegistered && tree.length === 0) return <EmptyState icon={AccountTreeOutlined} title={t('resources.notRegistered')} text={t('resources.notRegisteredText')} />;
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 320px' }, alignItems: 'start' }}>
      <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
        {!isRegistered && <Alert severity="warning">{t('resources.away')}</Alert>}
        {registered.isError && <Problem error={registered.error} onRetry={() => void registered.refetch()} />}
        <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
          <TextField value={search} onChange={(event) => setSearch(event.target.value)} placeholder={t('resources.search')} slotProps={{ htmlInput: { 'aria-label': t('resources.search') } }} sx={{ flex: '1 1 200px' }} />
          <TextField select value={accept} onChange={(event) => setAccept(event.target.value)} label={t('resources.format')} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }} sx={{ minWidth: 190 }}>
            {accepts.map((format) => <MenuItem key={format} value={format}>{format === '' ? t('resources.ownFormat') : format.replace('application/', '')}</MenuItem>)}
          </TextField>
          {search && <Button onClick={() => setSearch('')}>{t('filter.clear')}</Button>}
        </Box>
        {shown.map((object) => (
          <ObjectSection key={object.id} object={object} device={device} accept={accept} subscriptions={subscriptions.data ?? []} onSubscriptions={() => void subscriptions.refetch()} isSearching={search !== ''} />
        ))}
        {shown.length === 0 && <Typography color="textSecondary">{t('resources.nothing')}</Typography>}
      </Box>
      <RequestLog requests={requests} />
    </Box>
  );
}

function ObjectSection({ object, ...rest }: { object: ObjectNode; device: Device; accept: string; subscriptions: readonly string[]; onSubscriptions: () => void; isSearching: boolean }) {
  const { t } = useTranslation('devices');
  if (object.instances.length === 0) {
    return <Card sx={{ px: 2, py: 1 }}><Typography variant="h2" component="h2">{object.definition?.name ?? t('resources.object')} <Box component="code" sx={{ color: 'text.secondary' }}>{object.path}</Box></Typography><Typography variant="body2" color="textSecondary">{t('resources.noInstances')}</Typography></Card>;
  }
  return <>{object.instances.map((instance) => <InstanceCard key={instance.path} object={object} instance={instance} {...rest} />)}</>;
}

function find(tree: readonly ObjectNode[], search: string): readonly ObjectNode[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return tree;
  return tree.flatMap((object) => {
    if (object.definition?.name.toLowerCase().includes(wanted) || `${object.path}/`.startsWith(`${wanted}/`)) return [object];
    const instances = object.instances
      .map((instance) => ({ ...instance, resources: instance.resources.filter((r) => r.definition?.name.toLowerCase().includes(wanted) || r.path.startsWith(wanted)) }))
      .filter((instance) => instance.resources.length > 0);
    return instances.length > 0 ? [{ ...object, instances }] : [];
  });
}
