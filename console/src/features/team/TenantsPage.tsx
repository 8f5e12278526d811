import { Button, Chip } from '@mui/material';
import Add from '@mui/icons-material/Add';
import ApartmentOutlined from '@mui/icons-material/ApartmentOutlined';
import type { GridColDef } from '@mui/x-data-grid';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../api/client';
import { ApiError } from '../../api/errors';
import type { ListPage, ListRequest } from '../../api/lists';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { CopyableId } from '../../components/CopyableId';
import { CsvButton } from '../../components/CsvButton';
import { EmptyState } from '../../components/EmptyState';
import { ListTable } from '../../components/ListTable';
import { useNotice } from '../../components/Notices';
import { PageHeader } from '../../components/PageHeader';
import { RowActions } from '../../components/RowActions';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Text } from '../../components/Text';
import { Time } from '../../components/Time';
import { switchAccount } from '../../session/signIn';
import { AccountDialog } from './AccountDialog';
import { TenantDialog } from './TenantDialog';

type Tenant = Schemas['AccountInfo'] & { id: string };
type Open = { kind: 'new' } | { kind: 'edit' | 'suspend' | 'activate' | 'delete'; of: Tenant };

// The list has no pages beyond the first, and no order: an account has few tenants.
const read = (query: ListRequest) => dataOf(api.GET('/v3/accounts', { params: { query } })) as Promise<ListPage<Tenant>>;

/** Accounts below this one, each with its own devices, users and keys. */
function TenantsPage() {
  const { t } = useTranslation('team');
  const [open, setOpen] = useState<Open | null>(null);
  const [reason, setReason] = useState('');
  const notify = useNotice();
  const client = useQueryClient();
  const close = (): void => setOpen(null);
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: ['tenants'] });
  const enter = async (tenant: Tenant): Promise<void> => {
    try {
      await switchAccount(tenant.id);
      // Whatever is on the screen is another account's.
      location.assign(import.meta.env.BASE_URL);
    } catch (error) {
      if (error instanceof ApiError && error.status === 403) notify(t('tenants.noEntry', { name: tenant.display_name }), 'warning');
      else notify(error as Error);
    }
  };
  const put = async (tenant: Tenant, body: Schemas['AccountUpdateRootReq']): Promise<void> => {
    await api.PUT('/v3/accounts/{account_id}', { params: { path: { account_id: tenant.id } }, body });
    await changed();
  };
  const columns: GridColDef<Tenant>[] = [
    { field: 'display_name', headerName: t('account.fields.display_name'), flex: 1, minWidth: 160 },
    { field: 'status', headerName: t('account.status'), width: 140, renderCell: ({ row }) => <Chip variant="outlined" color={row.status === 'ACTIVE' ? 'success' : 'warning'} label={t(`account.statuses.${row.status}`, { defaultValue: row.status })} title={row.reason ?? ''} /> },
    { field: 'id', headerName: 'ID', width: 120, renderCell: ({ row }) => <CopyableId id={row.id} /> },
    { field: 'company', headerName: t('account.fields.company'), flex: 1, minWidth: 130 },
    { field: 'email', headerName: t('account.fields.email'), flex: 1, minWidth: 150 },
    { field: 'end_market', headerName: t('tenants.end_market'), width: 130 },
    { field: 'created_at', headerName: t('account.created'), minWidth: 140, renderCell: ({ row }) => <Time value={row.created_at} relative /> },
    { field: 'enter', headerName: '', width: 90, renderCell: ({ row }) => <Button disabled={row.status !== 'ACTIVE'} aria-label={`${t('tenants.enter')}: ${row.display_name}`} onClick={() => void enter(row)}>{t('tenants.enter')}</Button> },
    { field: 'actions', headerName: '', width: 56, renderCell: ({ row }) => (
      <RowActions name={row.display_name ?? row.id} items={[
        [t('edit', { ns: 'components' }), () => setOpen({ kind: 'edit', of: row })],
        row.status === 'SUSPENDED' ? [t('tenants.activate'), () => setOpen({ kind: 'activate', of: row })] : [t('tenants.suspend'), () => setOpen({ kind: 'suspend', of: row })],
        [t('delete', { ns: 'components' }), () => setOpen({ kind: 'delete', of: row })],
      ]} />
    ) },
  ];
  const add = <Button variant="contained" startIcon={<Add />} onClick={() => setOpen({ kind: 'new' })}>{t('tenants.new')}</Button>;
  return (
    <>
      <PageHeader title={t('tenants.title')} description={t('tenants.text')}>
        <ShowAsCode call={{ method: 'GET', path: '/v3/accounts' }} />
        <CsvButton<Tenant> name="tenants" read={read} fields={['id', 'display_name', 'status', 'reason', 'company', 'email', 'country', 'end_market', 'created_at']} />
        {add}
      </PageHeader>
      <ListTable<Tenant> queryKey={['tenants']} read={read} columns={columns} label={t('tenants.title')} empty={<EmptyState icon={ApartmentOutlined} title={t('tenants.empty')} text={t('tenants.emptyText')}>{add}</EmptyState>} />
      {open?.kind === 'new' && <TenantDialog onClose={close} onDone={changed} />}
      {open?.kind === 'edit' && <AccountDialog of={open.of} call={`/v3/accounts/${open.of.id}`} onClose={close} onSend={(body) => put(open.of, body as Schemas['AccountUpdateRootReq'])} />}
      {open?.kind === 'suspend' && (
        <ConfirmDialog title={t('tenants.suspendTitle', { name: open.of.display_name })} text={t('tenants.suspendText')} action={t('tenants.suspend')} danger onClose={close} onConfirm={() => put(open.of, { status: 'SUSPENDED', ...(reason ? { reason } : {}) })}>
          <Text field="reason" label={t('tenants.reason')} value={reason} onText={setReason} fullWidth sx={{ mt: 2 }} />
        </ConfirmDialog>
      )}
      {open?.kind === 'activate' && <ConfirmDialog title={t('tenants.activateTitle', { name: open.of.display_name })} text={t('tenants.activateText')} action={t('tenants.activate')} onClose={close} onConfirm={() => put(open.of, { status: 'ACTIVE' })} />}
      {open?.kind === 'delete' && (
        <ConfirmDialog title={t('tenants.deleteTitle', { name: open.of.display_name })} text={t('tenants.deleteText')} action={t('delete', { ns: 'components' })} danger onClose={close}
          onConfirm={async () => { await api.DELETE('/v3/accounts/{account_id}', { params: { path: { account_id: open.of.id } } }); await changed(); }} />
      )}
    </>
  );
}

export const Component = TenantsPage;
