import { Box, Button, Card, IconButton, Tooltip, Typography } from '@mui/material';
import ExpandLess from '@mui/icons-material/ExpandLess';
import ExpandMore from '@mui/icons-material/ExpandMore';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mono } from '../../../../app/theme';
import { useNotice } from '../../../../components/Notices';
import { requests } from '../../../../live/RequestStore';
import type { InstanceNode, ObjectNode } from '../../../../lwm2m/tree';
import { subscribe, unsubscribe, type Device } from '../../deviceApi';
import { ResourceRow } from './ResourceRow';

interface InstanceCardProps {
  object: ObjectNode;
  instance: InstanceNode;
  device: Device;
  accept: string;
  subscriptions: readonly string[];
  onSubscriptions: () => void;
  isSearching: boolean;
}

/** An object instance with its resources. Those without a value are shown on demand: a definition has more than a device. */
export function InstanceCard({ object, instance, device, accept, subscriptions, onSubscriptions, isSearching }: InstanceCardProps) {
  const { t } = useTranslation('devices');
  const notify = useNotice();
  const known = instance.resources.filter((resource) => resource.known || resource.instances.length > 0 || resource.definition?.executable);
  const [isOpen, setOpen] = useState(true);
  const [showAll, setShowAll] = useState(false);
  const isRegistered = String(device.state) === 'registered';
  const isKnown = instance.resources.some((resource) => resource.known);
  const read = (): void => void requests.send(device.id, 'GET', instance.path, accept ? { accept } : {});
  // The values are asked for once when they are first looked at; a device that sleeps is not bothered.
  useEffect(() => {
    if (isRegistered && !isKnown && !asked.has(device.id + instance.path)) {
      asked.add(device.id + instance.path);
      read();
    }
  }, [device.id, instance.path]);
  const observe = async (path: string, isObserved: boolean): Promise<void> => {
    try {
      await (isObserved ? unsubscribe : subscribe)(device.id, path);
      setTimeout(onSubscriptions, 500);
    } catch (error) {
      notify(error as Error);
    }
  };
  const rows = isSearching || showAll || known.length === 0 ? instance.resources : known;
  const isObserved = subscriptions.includes(instance.path);
  const hidden = instance.resources.length - known.length;
  return (
    <Card component="section" aria-label={`${object.definition?.name ?? ''} ${instance.path}`}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, pl: 0.75, pr: 1, py: 0.75, borderBottom: isOpen ? 1 : 0, borderColor: 'divider', flexWrap: 'wrap' }}>
        <Tooltip title={t(isOpen ? 'resources.fold' : 'resources.unfold')}>
          <IconButton size="small" aria-expanded={isOpen} aria-label={t(isOpen ? 'resources.fold' : 'resources.unfold')} onClick={() => setOpen(!isOpen)}>{isOpen ? <ExpandLess /> : <ExpandMore />}</IconButton>
        </Tooltip>
        <Typography variant="h2" component="h2" sx={{ flex: 1, minWidth: 140 }}>
          {object.definition?.name ?? t('resources.object')}{' '}
          <Box component="code" sx={{ fontFamily: mono, fontSize: '0.8rem', fontWeight: 400, color: 'text.secondary' }}>{instance.path}</Box>
        </Typography>
        <Button onClick={read} disabled={!isRegistered}>{t('resources.read')}</Button>
        <Button onClick={() => void observe(instance.path, isObserved)} disabled={!isRegistered} color={isObserved ? 'warning' : 'primary'}>{t(isObserved ? 'resources.stop' : 'resources.observe')}</Button>
      </Box>
      {isOpen && rows.length === 0 && <Typography variant="body2" color="textSecondary" sx={{ px: 2, py: 1 }}>{t('resources.noDefinition')}</Typography>}
      {isOpen && rows.map((resource) => (
        <ResourceRow key={resource.path} resource={resource} device={device} accept={accept} isObserved={subscriptions.includes(resource.path)} onObserve={observe} />
      ))}
      {isOpen && !isSearching && known.length > 0 && hidden > 0 && (
        <Button fullWidth onClick={() => setShowAll(!showAll)} sx={{ borderRadius: 0, color: 'text.secondary' }}>{t(showAll ? 'resources.fewer' : 'resources.more', { count: hidden })}</Button>
      )}
    </Card>
  );
}

const asked = new Set<string>();
