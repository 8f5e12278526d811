import { Box, Button } from '@mui/material';
import Add from '@mui/icons-material/Add';
import CasinoOutlined from '@mui/icons-material/CasinoOutlined';
import PasswordOutlined from '@mui/icons-material/PasswordOutlined';
import type { GridColDef } from '@mui/x-data-grid';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../../api/client';
import type { ListPage, ListRequest } from '../../../api/lists';
import { ConfirmDialog } from '../../../components/ConfirmDialog';
import { CsvButton } from '../../../components/CsvButton';
import { EmptyState } from '../../../components/EmptyState';
import { FormDialog } from '../../../components/FormDialog';
import { ListTable } from '../../../components/ListTable';
import { PageHeader } from '../../../components/PageHeader';
import { SecretDialog } from '../../../components/SecretDialog';
import { ShowAsCode } from '../../../components/ShowAsCode';
import { Text } from '../../../components/Text';
import { Time } from '../../../components/Time';

interface Key {
  id: string;
  endpoint_name: string;
  created_at: string | null;
}

// The list is older than the others of the API: its marker is not an id. A key's name is its id, and the marker of its page is kept beside it.
const markers = new Map<string, string>();

async function read({ limit, after }: ListRequest): Promise<ListPage<Key>> {
  const page = await dataOf(api.GET('/v2/device-shared-keys', { params: { query: { limit: String(limit), ...(after ? { after: markers.get(after) ?? after } : {}) } } }));
  const last = page.data.at(-1)?.endpoint_name;
  if (last && page.continuation_marker) markers.set(last, page.continuation_marker);
  return { data: page.data.map((key) => ({ ...key, id: key.endpoint_name })), has_more: page.has_more };
}

/** Secrets of devices that have no certificates, and bootstrap with a key that both sides know. */
function KeysPage() {
  const { t } = useTranslation('identity');
  const [open, setOpen] = useState<'new' | Key | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const client = useQueryClient();
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: ['device-shared-keys'] });
  const columns: GridColDef<Key>[] = [
    { field: 'endpoint_name', headerName: t('keys.name'), flex: 1, minWidth: 220 },
    { field: 'created_at', headerName: t('fields.created_at'), minWidth: 205, renderCell: ({ row }) => <Time value={row.created_at} /> },
    { field: 'actions', headerName: '', width: 100, renderCell: ({ row }) => <Button color="error" aria-label={`${t('delete', { ns: 'components' })}: ${row.endpoint_name}`} onClick={() => setOpen(row)}>{t('delete', { ns: 'components' })}</Button> },
  ];
  const add = <Button variant="contained" startIcon={<Add />} onClick={() => setOpen('new')}>{t('keys.new')}</Button>;
  return (
    <>
      <PageHeader title={t('keys.title')} description={t('keys.text')}>
        <ShowAsCode call={{ method: 'GET', path: '/v2/device-shared-keys' }} />
        <CsvButton<Key> name="pre-shared-keys" read={read} fields={['endpoint_name', 'created_at']} />
        {add}
      </PageHeader>
      <ListTable<Key> queryKey={['device-shared-keys']} read={read} columns={columns} label={t('keys.title')} empty={<EmptyState icon={PasswordOutlined} title={t('keys.empty')} text={t('keys.emptyText')}>{add}</EmptyState>} />
      {open === 'new' && <KeyDialog onClose={() => setOpen(null)} onDone={async (made) => { await changed(); setSecret(made); }} />}
      {open !== null && open !== 'new' && (
        <ConfirmDialog title={t('deleteTitle', { name: open.endpoint_name })} text={t('keys.deleteText')} action={t('delete', { ns: 'components' })} danger onClose={() => setOpen(null)}
          onConfirm={async () => { await api.DELETE('/v2/device-shared-keys/{endpoint_name}', { params: { path: { endpoint_name: open.endpoint_name } } }); await changed(); }} />
      )}
      {secret && <SecretDialog title={t('keys.made')} secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}

function KeyDialog({ onClose, onDone }: { onClose: () => void; onDone: (secret: string) => Promise<void> }) {
  const { t } = useTranslation('identity');
  const [name, setName] = useState('');
  const [secret, setSecret] = useState(randomKey);
  const body = { endpoint_name: name, secret_hex: secret };
  return (
    <FormDialog title={t('keys.new')} action={t('create', { ns: 'components' })} fields={['endpoint_name', 'secret_hex']} call={{ method: 'POST', path: '/v2/device-shared-keys', body: { ...body, secret_hex: '…' } }} onClose={onClose}
      onSubmit={async () => { await api.POST('/v2/device-shared-keys', { body }); await onDone(secret); }}>
      <Text field="endpoint_name" label={t('keys.name')} help={t('keys.nameHelp')} value={name} onText={setName} autoFocus required />
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
        <Text field="secret_hex" label={t('keys.secret')} help={t('keys.secretHelp')} value={secret} onText={setSecret} required sx={{ flex: 1 }} spellCheck={false} autoComplete="off" />
        <Button variant="outlined" startIcon={<CasinoOutlined />} onClick={() => setSecret(randomKey())} sx={{ mt: 0.5 }}>{t('keys.random')}</Button>
      </Box>
    </FormDialog>
  );
}

/** 32 bytes of the browser's random generator, which it has on every page. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(32)), (octet) => octet.toString(16).padStart(2, '0')).join('');
}

export const Component = KeysPage;
