import { Button, Chip, MenuItem } from '@mui/material';
import Add from '@mui/icons-material/Add';
import KeyOutlined from '@mui/icons-material/KeyOutlined';
import type { GridColDef } from '@mui/x-data-grid';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../api/client';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { CopyableId } from '../../components/CopyableId';
import { EmptyState } from '../../components/EmptyState';
import { FormDialog } from '../../components/FormDialog';
import { ListTable } from '../../components/ListTable';
import { PageHeader } from '../../components/PageHeader';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Time } from '../../components/Time';
import { session } from '../../session/session';
import { GroupsField } from './GroupsField';
import { RowActions } from '../../components/RowActions';
import { SecretDialog } from '../../components/SecretDialog';
import { Text } from '../../components/Text';

type Key = Schemas['ApiKeyInfoResp'];
type Open = { kind: 'edit'; key: Key | null } | { kind: 'delete' | 'reset'; key: Key } | { kind: 'secret'; secret: string };

function ApiKeysPage() {
  const { t } = useTranslation('access');
  const [open, setOpen] = useState<Open | null>(null);
  const client = useQueryClient();
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: ['api-keys'] });
  const close = (): void => setOpen((now) => (now?.kind === 'secret' ? now : null));
  const columns: GridColDef<Key>[] = [
    { field: 'name', headerName: t('fields.name'), flex: 1, minWidth: 160 },
    { field: 'status', headerName: t('fields.status'), width: 110, renderCell: ({ value }) => <Chip label={t(`status.${value as string}`)} color={value === 'ACTIVE' ? 'success' : 'default'} variant="outlined" /> },
    { field: 'owner', headerName: t('fields.owner'), minWidth: 130, renderCell: ({ row }) => (row.owner === session.current?.userId ? t('you') : row.owner ? <CopyableId id={row.owner} /> : '–') },
    { field: 'id', headerName: 'ID', minWidth: 110, renderCell: ({ value }) => <CopyableId id={value as string} /> },
    { field: 'created_at', headerName: t('fields.created_at'), minWidth: 150, renderCell: ({ value }) => <Time value={value as string} relative /> },
    { field: 'last_login_time', headerName: t('fields.last_used_at'), minWidth: 150, renderCell: ({ value }) => <Time value={(value as number) || null} relative /> },
    { field: 'actions', headerName: '', width: 56, hideable: false, renderCell: ({ row }) => (
      <RowActions name={row.name} items={[[t('edit'), () => setOpen({ kind: 'edit', key: row })], [t('keys.reset'), () => setOpen({ kind: 'reset', key: row })], [t('delete'), () => setOpen({ kind: 'delete', key: row })]]} />
    ) },
  ];
  return (
    <>
      <PageHeader title={t('keys.title')} description={t('keys.description')}>
        <ShowAsCode call={{ method: 'GET', path: '/v3/api-keys' }} />
        <Button variant="contained" startIcon={<Add />} onClick={() => setOpen({ kind: 'edit', key: null })}>{t('keys.new')}</Button>
      </PageHeader>
      <ListTable<Key> queryKey={['api-keys']} read={(query) => dataOf(api.GET('/v3/api-keys', { params: { query } }))} columns={columns} label={t('keys.title')} empty={<EmptyState icon={KeyOutlined} title={t('keys.empty')} text={t('keys.description')} />} />
      {open?.kind === 'edit' && <KeyDialog of={open.key} onClose={close} onDone={async (secret) => { await changed(); if (secret) setOpen({ kind: 'secret', secret }); }} />}
      {open?.kind === 'reset' && (
        <ConfirmDialog title={t('keys.resetTitle', { name: open.key.name })} text={t('keys.resetText')} action={t('keys.reset')} danger onClose={close}
          onConfirm={async () => { const made = await dataOf(api.POST('/v3/api-keys/{apikey_id}/reset-secret', { params: { path: { apikey_id: open.key.id } } })); setOpen({ kind: 'secret', secret: made.key }); }} />
      )}
      {open?.kind === 'delete' && (
        <ConfirmDialog title={t('deleteTitle', { name: open.key.name })} text={t('keys.deleteText')} action={t('delete')} danger onClose={close}
          onConfirm={async () => { await api.DELETE('/v3/api-keys/{apikey_id}', { params: { path: { apikey_id: open.key.id } } }); await changed(); }} />
      )}
      {open?.kind === 'secret' && <SecretDialog title={t('keys.made')} secret={open.secret} onClose={() => setOpen(null)} />}
    </>
  );
}

function KeyDialog({ of, onClose, onDone }: { of: Key | null; onClose: () => void; onDone: (secret?: string) => Promise<void> }) {
  const { t } = useTranslation('access');
  const [name, setName] = useState(of?.name ?? '');
  const [status, setStatus] = useState(of?.status ?? 'ACTIVE');
  const [groups, setGroups] = useState((of?.groups ?? []) as string[]);
  const body = { name, status, ...(of || groups.length > 0 ? { groups } : {}) };
  const submit = async (): Promise<void> => {
    if (!of) return onDone((await dataOf(api.POST('/v3/api-keys', { body }))).key);
    await api.PUT('/v3/api-keys/{apikey_id}', { params: { path: { apikey_id: of.id } }, body });
    await onDone();
  };
  return (
    <FormDialog title={of ? t('editTitle', { name: of.name }) : t('keys.new')} action={of ? t('save', { ns: 'components' }) : t('create')} fields={['name', 'groups', 'status']} call={of ? { method: 'PUT', path: `/v3/api-keys/${of.id}`, body } : { method: 'POST', path: '/v3/api-keys', body }} onSubmit={submit} onClose={onClose}>
      <Text field="name" label={t('fields.name')} value={name} onText={setName} autoFocus />
      <GroupsField value={groups} onChange={setGroups} />
      {of && <Text field="status" select label={t('fields.status')} value={status} onText={(value) => setStatus(value as typeof status)}>{['ACTIVE', 'INACTIVE'].map((value) => <MenuItem key={value} value={value}>{t(`status.${value}`)}</MenuItem>)}</Text>}
    </FormDialog>
  );
}

export const Component = ApiKeysPage;
