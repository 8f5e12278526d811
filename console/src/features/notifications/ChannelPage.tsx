import { Alert, Box, Button, Card, Chip, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { CopyableId } from '../../components/CopyableId';
import { Facts } from '../../components/Facts';
import { FormDialog } from '../../components/FormDialog';
import { PageHeader } from '../../components/PageHeader';
import { Problem } from '../../components/Problem';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Waiting } from '../../components/Waiting';
import { ApplicationBar } from './ApplicationBar';
import { headersOf, useApplicationKey } from './applicationKey';
import { addressOf, deleteChannel, readChannel, type Channel } from './channelApi';
import { ChannelDialog } from './ChannelDialog';

const kinds = ['CALLBACK', 'WEB_SOCKET', 'EVENT_STREAM', 'KAFKA'] as const;

export type NewChannel = (typeof kinds)[number];

/** How an application is told: one channel, of one kind. */
function ChannelPage() {
  const { t } = useTranslation('notifications');
  const key = useApplicationKey();
  const [edited, setEdited] = useState<NewChannel | null>(null);
  const [isDeleting, setDeleting] = useState(false);
  const client = useQueryClient();
  const channel = useQuery({ queryKey: ['channel', key], queryFn: () => readChannel(key), refetchInterval: 5_000 });
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: ['channel'] });
  const isOwnStream = key === null && channel.data?.kind === 'EVENT_STREAM';
  return (
    <>
      <PageHeader title={t('channel.title')} description={t('channel.text')}><ShowAsCode call={{ method: 'GET', path: '/v2/notification/channel' }} /></PageHeader>
      <ApplicationBar />
      {channel.isLoading && <Waiting />}
      {channel.isError && <Problem error={channel.error} onRetry={() => void channel.refetch()} />}
      {channel.data && (
        <Card sx={{ p: 2, maxWidth: 760, display: 'flex', flexDirection: 'column', gap: 1.5 }}>
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, flexWrap: 'wrap' }}>
            <Typography variant="h2" sx={{ flex: 1 }}>{t(`kinds.${channel.data.kind}.name`, { defaultValue: channel.data.kind })}</Typography>
            {!isOwnStream && channel.data.kind in addressOf && channel.data.kind !== 'LONG_POLLING' && <Button variant="outlined" onClick={() => setEdited(channel.data!.kind as NewChannel)}>{t('edit', { ns: 'components' })}</Button>}
            {channel.data.webhook && <TestButton of={channel.data.webhook} apiKey={key} />}
            {!isOwnStream && <Button variant="outlined" color="error" onClick={() => setDeleting(true)}>{t('delete', { ns: 'components' })}</Button>}
          </Box>
          <Typography color="textSecondary" variant="body2">{t(`kinds.${channel.data.kind}.text`, { defaultValue: '' })}</Typography>
          {isOwnStream && <Alert severity="info">{t('channel.own')}</Alert>}
          <Details of={channel.data} />
        </Card>
      )}
      {channel.data === null && (
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(260px, 1fr))', maxWidth: 1160 }}>
          {kinds.map((kind) => (
            <Card key={kind} sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 1 }}>
              <Typography variant="h2">{t(`kinds.${kind}.name`)}</Typography>
              <Typography color="textSecondary" variant="body2" sx={{ flex: 1 }}>{t(`kinds.${kind}.text`)}</Typography>
              <Button variant="outlined" onClick={() => setEdited(kind)} aria-label={t('channel.setUpOf', { kind: t(`kinds.${kind}.name`) })}>{t('channel.setUp')}</Button>
            </Card>
          ))}
        </Box>
      )}
      {edited && <ChannelDialog kind={edited} of={channel.data ?? null} apiKey={key} onClose={() => setEdited(null)} onDone={changed} />}
      {isDeleting && channel.data && (
        <ConfirmDialog title={t('channel.deleteTitle')} text={t('channel.deleteText')} action={t('delete', { ns: 'components' })} danger onClose={() => setDeleting(false)}
          onConfirm={async () => { await deleteChannel(channel.data!.kind, key); await changed(); }} />
      )}
    </>
  );
}

function Details({ of }: { of: Channel }) {
  const { t } = useTranslation('notifications');
  const options = (of.webhook ?? of.websocket ?? of.kafka)?.serialization?.cfg as Record<string, unknown> | null | undefined;
  const chosen = Object.entries(options ?? {}).flatMap(([name, value]) => (value === true ? [<Chip key={name} variant="outlined" label={t(`options.${name}`, { defaultValue: name })} sx={{ mr: 0.5 }} />] : []));
  return (
    <Facts items={[
      ...(of.webhook ? [[t('fields.url'), of.webhook.url] as const, [t('fields.headers'), Object.keys(of.webhook.headers ?? {}).join(', ')] as const] : []),
      ...(of.websocket ? [
        [t('fields.status'), <Chip variant="outlined" color={of.websocket.status === 'connected' ? 'success' : 'warning'} label={t(`statuses.${of.websocket.status}`, { defaultValue: of.websocket.status })} />] as const,
        [t('fields.queue'), of.websocket.queue_size] as const,
        [t('fields.connect'), <CopyableId id={`${location.origin.replace(/^http/, 'ws')}/v2/notification/websocket-connect`} whole />] as const,
      ] : []),
      ...(of.kafka ? [[t('fields.servers'), of.kafka.servers] as const, [t('fields.topic'), of.kafka.topic] as const, [t('fields.security'), of.kafka.security] as const, [t('fields.mechanism'), of.kafka.mechanism] as const, [t('fields.username'), of.kafka.username] as const] : []),
      ...(of.kind === 'EVENT_STREAM' ? [[t('fields.connect'), <CopyableId id={`${location.origin}/v3/events/stream`} whole />] as const] : []),
      ...(chosen.length > 0 ? [[t('fields.options'), <>{chosen}</>] as const] : []),
    ]} />
  );
}

/** Sets the webhook up again as it is: the server calls it before it takes it, and says what was wrong. */
function TestButton({ of, apiKey }: { of: NonNullable<Channel['webhook']>; apiKey: string | null }) {
  const { t } = useTranslation('notifications');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="outlined" onClick={() => setOpen(true)}>{t('channel.test')}</Button>
      {isOpen && <TestDialog of={of} apiKey={apiKey} onClose={() => setOpen(false)} />}
    </>
  );
}

function TestDialog({ of, apiKey, onClose }: { of: NonNullable<Channel['webhook']>; apiKey: string | null; onClose: () => void }) {
  const { t } = useTranslation('notifications');
  const [isDone, setDone] = useState(false);
  const shown = { ...of, headers: Object.fromEntries(Object.keys(of.headers ?? {}).map((name) => [name, '…'])) };
  return (
    <FormDialog title={t('channel.test')} action={t('channel.test')} staysOpen call={{ method: 'PUT', path: '/v2/notification/callback', body: shown }} onClose={onClose}
      onSubmit={async () => { setDone(false); await api.PUT('/v2/notification/callback', { body: of, ...headersOf(apiKey) }); setDone(true); }}>
      <Typography>{t('channel.testText', { url: of.url })}</Typography>
      {isDone && <Alert severity="success" role="status">{t('channel.testDone')}</Alert>}
    </FormDialog>
  );
}

export const Component = ChannelPage;
