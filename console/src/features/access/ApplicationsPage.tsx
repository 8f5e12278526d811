import { Box, Button, Chip, Dialog, DialogActions, DialogContent, DialogTitle, MenuItem } from '@mui/material';
import Add from '@mui/icons-material/Add';
import AppsOutlined from '@mui/icons-material/AppsOutlined';
import type { GridColDef } from '@mui/x-data-grid';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../api/client';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { EmptyState } from '../../components/EmptyState';
import { FormDialog } from '../../components/FormDialog';
import { ListTable } from '../../components/ListTable';
import { PageHeader } from '../../components/PageHeader';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Time } from '../../components/Time';
import { GroupsField } from './GroupsField';
import { RowActions } from '../../components/RowActions';
import { SecretDialog } from '../../components/SecretDialog';
import { Text } from '../../components/Text';

type Application = Schemas['ApplicationData'];
type AccessKey = Schemas['AccessKeyData'];

function ApplicationsPage() {
  const { t } = useTranslation('access');
  const [edited, setEdited] = useState<Application | 'new' | null>(null);
  const [deleted, setDeleted] = useState<Application | null>(null);
  const [keysOf, setKeysOf] = useState<Application | null>(null);
  const client = useQueryClient();
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: ['applications'] });
  const columns: GridColDef<Application>[] = [
    { field: 'name', headerName: t('fields.name'), flex: 1, minWidth: 160 },
    { field: 'description', headerName: t('fields.description'), flex: 1, minWidth: 160 },
    { field: 'status', headerName: t('fields.status'), width: 110, valueGetter: (value: string) => t(`status.${value}`) },
    { field: 'last_used_at', headerName: t('fields.last_used_at'), minWidth: 150, renderCell: ({ value }) => <Time value={value as string} relative /> },
    { field: 'keys', headerName: t('applications.keys'), width: 130, renderCell: ({ row }) => <Button onClick={() => setKeysOf(row)}>{t('applications.showKeys')}</Button> },
    { field: 'actions', headerName: '', width: 56, renderCell: ({ row }) => <RowActions name={row.name} items={[[t('edit'), () => setEdited(row)], [t('delete'), () => setDeleted(row)]]} /> },
  ];
  return (
    <>
      <PageHeader title={t('applications.title')} description={t('applications.description')}>
        <ShowAsCode call={{ method: 'GET', path: '/v3/applications' }} />
        <Button variant="contained" startIcon={<Add />} onClick={() => setEdited('new')}>{t('applications.new')}</Button>
      </PageHeader>
      <ListTable<Application> queryKey={['applications']} read={(query) => dataOf(api.GET('/v3/applications', { params: { query } }))} columns={columns} label={t('applications.title')} empty={<EmptyState icon={AppsOutlined} title={t('applications.empty')} text={t('applications.description')} />} />
      {edited && <ApplicationDialog of={edited === 'new' ? null : edited} onClose={() => setEdited(null)} onDone={changed} />}
      {keysOf && <KeysDialog of={keysOf} onClose={() => setKeysOf(null)} />}
      {deleted && (
        <ConfirmDialog title={t('deleteTitle', { name: deleted.name })} text={t('applications.deleteText')} action={t('delete')} danger onClose={() => setDeleted(null)}
          onConfirm={async () => { await api.DELETE('/v3/applications/{application_id}', { params: { path: { application_id: deleted.id } } }); await changed(); }} />
      )}
    </>
  );
}

function ApplicationDialog({ of, onClose, onDone }: { of: Application | null; onClose: () => void; onDone: () => Promise<void> }) {
  const { t } = useTranslation('access');
  const [name, setName] = useState(of?.name ?? '');
  const [description, setDescription] = useState(of?.description ?? '');
  const [status, setStatus] = useState(of?.status ?? 'ACTIVE');
  const [groups, setGroups] = useState((of?.groups ?? []) as string[]);
  const body = { name, description, status, ...(of || groups.length > 0 ? { groups } : {}) };
  const submit = async (): Promise<void> => {
    if (of) await api.PUT('/v3/applications/{application_id}', { params: { path: { application_id: of.id } }, body });
    else await api.POST('/v3/applications', { body });
    await onDone();
  };
  return (
    <FormDialog title={of ? t('editTitle', { name: of.name }) : t('applications.new')} action={of ? t('save', { ns: 'components' }) : t('create')} fields={['name', 'description', 'groups', 'status']} call={of ? { method: 'PUT', path: `/v3/applications/${of.id}`, body } : { method: 'POST', path: '/v3/applications', body }} onSubmit={submit} onClose={onClose}>
      <Text field="name" label={t('fields.name')} value={name} onText={setName} autoFocus />
      <Text field="description" label={t('fields.description')} value={description} onText={setDescription} />
      <GroupsField value={groups} onChange={setGroups} />
      {of && <Text field="status" select label={t('fields.status')} value={status} onText={(value) => setStatus(value as typeof status)}>{['ACTIVE', 'INACTIVE'].map((value) => <MenuItem key={value} value={value}>{t(`status.${value}`)}</MenuItem>)}</Text>}
    </FormDialog>
  );
}

/** The access keys of an application: the next one is made and tried before the old one goes. */
function KeysDialog({ of, onClose }: { of: Application; onClose: () => void }) {
  const { t } = useTranslation('access');
  const [isAdding, setAdding] = useState(false);
  const [name, setName] = useState('');
  const [expiration, setExpiration] = useState('');
  const [secret, setSecret] = useState<string | null>(null);
  const [deleted, setDeleted] = useState<AccessKey | null>(null);
  const client = useQueryClient();
  const path = { application_id: of.id };
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: ['access-keys', of.id] });
  const body = { name, ...(expiration ? { expiration: new Date(expiration).toISOString() } : {}) };
  const columns: GridColDef<AccessKey>[] = [
    { field: 'name', headerName: t('fields.name'), flex: 1, minWidth: 120 },
    { field: 'status', headerName: t('fields.status'), width: 110, renderCell: ({ value }) => <Chip label={t(`status.${value as string}`)} color={value === 'ACTIVE' ? 'success' : 'default'} variant="outlined" /> },
    { field: 'expiration', headerName: t('fields.expiration'), minWidth: 205, renderCell: ({ value }) => <Time value={value as string} /> },
    { field: 'last_used_at', headerName: t('fields.last_used_at'), minWidth: 130, renderCell: ({ value }) => <Time value={value as string} relative /> },
    { field: 'actions', headerName: '', width: 56, renderCell: ({ row }) => (
      <RowActions name={row.name} items={[
        ...(row.status === 'EXPIRED' ? [] : [[t(row.status === 'ACTIVE' ? 'deactivate' : 'activate'), () => void api.PUT('/v3/applications/{application_id}/access-keys/{access_key_id}', { params: { path: { ...path, access_key_id: row.id } }, body: { name: row.name, expiration: row.expiration, status: row.status === 'ACTIVE' ? 'INACTIVE' : 'ACTIVE' } }).then(changed)] as const]),
        [t('delete'), () => setDeleted(row)],
      ]} />
    ) },
  ];
  return (
    <>
      <Dialog open onClose={onClose} fullWidth maxWidth="md">
        <DialogTitle>{t('applications.keysOf', { name: of.name })}</DialogTitle>
        <DialogContent>
          <Box sx={{ mb: 1 }}><Button startIcon={<Add />} variant="outlined" onClick={() => setAdding(true)}>{t('keys.newAccess')}</Button></Box>
          <ListTable<AccessKey> queryKey={['access-keys', of.id]} read={(query) => dataOf(api.GET('/v3/applications/{application_id}/access-keys', { params: { path, query } }))} columns={columns} label={t('applications.keys')} empty={<EmptyState title={t('applications.noKeys')} />} />
        </DialogContent>
        <DialogActions><Button color="inherit" onClick={onClose}>{t('close', { ns: 'components' })}</Button></DialogActions>
      </Dialog>
      {isAdding && (
        <FormDialog title={t('keys.newAccess')} action={t('create')} fields={['name', 'expiration']} call={{ method: 'POST', path: `/v3/applications/${of.id}/access-keys`, body }} onClose={() => setAdding(false)}
          onSubmit={async () => { const made = await dataOf(api.POST('/v3/applications/{application_id}/access-keys', { params: { path }, body })); await changed(); setSecret(made.key); }}>
          <Text field="name" label={t('fields.name')} value={name} onText={setName} autoFocus />
          <Text field="expiration" label={t('fields.expiration')} type="datetime-local" value={expiration} onText={setExpiration} slotProps={{ inputLabel: { shrink: true } }} help={t('keys.expirationHelp')} />
        </FormDialog>
      )}
      {deleted && <ConfirmDialog title={t('deleteTitle', { name: deleted.name })} text={t('keys.deleteText')} action={t('delete')} danger onClose={() => setDeleted(null)} onConfirm={async () => { await api.DELETE('/v3/applications/{application_id}/access-keys/{access_key_id}', { params: { path: { ...path, access_key_id: deleted.id } } }); await changed(); }} />}
      {secret && <SecretDialog title={t('keys.made')} secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}

export const Component = ApplicationsPage;
