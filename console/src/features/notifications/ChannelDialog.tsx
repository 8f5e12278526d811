import { Box, Checkbox, FormControlLabel, MenuItem, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { FormDialog } from '../../components/FormDialog';
import { PemField } from '../../components/PemField';
import { Text } from '../../components/Text';
import { headersOf } from './applicationKey';
import { addressOf, headersIn, withFields, type Channel } from './channelApi';
import type { NewChannel } from './ChannelPage';

const options = ['include_uid', 'include_timestamp', 'include_original_ep', 'deregistrations_as_object'] as const;
const kafkaTexts = ['servers', 'topic', 'username', 'password'] as const;

/** Sets a channel up, or changes it. */
export function ChannelDialog({ kind, of, apiKey, onClose, onDone }: { kind: NewChannel; of: Channel | null; apiKey: string | null; onClose: () => void; onDone: () => Promise<void> }) {
  const { t } = useTranslation('notifications');
  const known = (of?.webhook ?? of?.websocket ?? of?.kafka)?.serialization;
  const [url, setUrl] = useState(of?.webhook?.url ?? '');
  const [headers, setHeaders] = useState(Object.entries(of?.webhook?.headers ?? {}).map(([name, value]) => `${name}: ${value}`).join('\n'));
  const [kafka, setKafka] = useState<Record<string, string>>(() => Object.fromEntries(Object.entries(of?.kafka ?? {}).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))));
  const [chosen, setChosen] = useState<Record<string, boolean>>(() => Object.fromEntries(options.map((name) => [name, (known?.cfg as Record<string, unknown> | null | undefined)?.[name] === true])));
  const [size, setSize] = useState(typeof known?.max_chunk_size === 'number' ? String(known.max_chunk_size) : '');
  const serialization = { type: 'v2', cfg: chosen, ...(size.trim() ? { max_chunk_size: Number(size) } : {}) };
  const kafkaOf = (values: Record<string, string>) => ({ servers: values.servers ?? '', topic: values.topic ?? '', ...Object.fromEntries(['security', 'mechanism', 'username', 'password', 'ca'].flatMap((name) => (values[name]?.trim() ? [[name, values[name]]] : []))), serialization });
  const bodyOf = (isShown: boolean) => {
    if (kind === 'CALLBACK') return { url, headers: isShown ? undefined : headersIn(headers, t('headersWrong')), serialization };
    if (kind === 'KAFKA') return kafkaOf(isShown && kafka.password ? { ...kafka, password: '…' } : kafka);
    return { serialization };
  };
  const submit = async (): Promise<void> => {
    const own = headersOf(apiKey);
    try {
      if (kind === 'CALLBACK') await api.PUT('/v2/notification/callback', { body: { url, headers: headersIn(headers, t('headersWrong')), serialization }, ...own });
      else if (kind === 'KAFKA') await api.PUT('/v3/events/kafka', { body: kafkaOf(kafka), ...own });
      else if (kind === 'WEB_SOCKET') await api.PUT('/v2/notification/websocket', { body: { serialization }, ...own });
      else await api.PUT('/v3/events/stream', { body: { serialization }, ...own });
    } catch (error) {
      throw withFields(error);
    }
    await onDone();
  };
  const setOne = (name: string) => (text: string): void => setKafka((now) => ({ ...now, [name]: text }));
  const shown = kind === 'CALLBACK' ? { ...bodyOf(true), headers: Object.fromEntries(headers.split('\n').flatMap((line) => (line.includes(':') ? [[line.split(':')[0]!.trim(), '…']] : []))) } : bodyOf(true);
  return (
    <FormDialog title={t(`kinds.${kind}.name`)} action={t(of ? 'save' : 'create', { ns: 'components' })} fields={['url', 'headers', 'servers', 'topic', 'security', 'mechanism', 'username', 'password', 'ca']} call={{ method: 'PUT', path: addressOf[kind]!, body: shown }} onSubmit={submit} onClose={onClose}>
      <Typography color="textSecondary">{t(`kinds.${kind}.text`)}</Typography>
      {kind === 'CALLBACK' && (
        <>
          <Text field="url" label={t('fields.url')} help={t('help.url')} value={url} onText={setUrl} placeholder="https://example.com/surety" autoFocus required />
          <Text field="headers" label={t('fields.headers')} help={t('help.headers')} value={headers} onText={setHeaders} multiline minRows={2} placeholder="X-Secret: …" spellCheck={false} />
        </>
      )}
      {kind === 'KAFKA' && (
        <>
          {kafkaTexts.slice(0, 2).map((name) => <Text key={name} field={name} label={t(`fields.${name}`)} value={kafka[name] ?? ''} onText={setOne(name)} required {...(name === 'servers' ? { placeholder: 'kafka.example.org:9093', help: t('help.servers') } : {})} />)}
          <Text field="security" select label={t('fields.security')} value={kafka.security ?? 'tls'} onText={setOne('security')}>{['tls', 'plaintext'].map((value) => <MenuItem key={value} value={value}>{t(`security.${value}`)}</MenuItem>)}</Text>
          <Text field="mechanism" select label={t('fields.mechanism')} value={kafka.mechanism ?? ''} onText={setOne('mechanism')} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
            <MenuItem value="">{t('noMechanism')}</MenuItem>
            {['SCRAM-SHA-512', 'SCRAM-SHA-256', 'PLAIN'].map((value) => <MenuItem key={value} value={value}>{value}</MenuItem>)}
          </Text>
          {kafka.mechanism && kafkaTexts.slice(2).map((name) => <Text key={name} field={name} label={t(`fields.${name}`)} value={kafka[name] ?? ''} onText={setOne(name)} autoComplete="off" {...(name === 'password' ? { type: 'password', help: t(of ? 'help.passwordAgain' : 'help.password') } : {})} />)}
          {(kafka.security ?? 'tls') === 'tls' && <PemField field="ca" label={t('fields.ca')} help={t('help.ca')} value={kafka.ca ?? ''} onText={setOne('ca')} />}
        </>
      )}
      <Box>
        <Typography variant="h3" id="options">{t('fields.options')}</Typography>
        <Box role="group" aria-labelledby="options" sx={{ display: 'flex', flexDirection: 'column' }}>
          {options.map((name) => <FormControlLabel key={name} control={<Checkbox size="small" checked={chosen[name] ?? false} onChange={(event) => setChosen((now) => ({ ...now, [name]: event.target.checked }))} />} label={t(`options.${name}`)} />)}
        </Box>
      </Box>
      <Text field="serialization.max_chunk_size" label={t('fields.size')} help={t('help.size')} value={size} onText={setSize} slotProps={{ htmlInput: { inputMode: 'numeric' } }} />
    </FormDialog>
  );
}
