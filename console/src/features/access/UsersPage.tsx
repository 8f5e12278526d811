import { Button, Chip, Tab, Tabs } from '@mui/material';
import Add from '@mui/icons-material/Add';
import MailOutlined from '@mui/icons-material/MailOutlined';
import type { GridColDef } from '@mui/x-data-grid';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api, dataOf, type Schemas } from '../../api/client';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { ListTable } from '../../components/ListTable';
import { PageHeader } from '../../components/PageHeader';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Time } from '../../components/Time';
import { session } from '../../session/session';
import { Invitations, InviteDialog } from './Invitations';
import { RowActions } from '../../components/RowActions';
import { SecretDialog } from '../../components/SecretDialog';
import { SignInsDialog } from './SignInsDialog';
import { UserDialog } from './UserDialog';

type User = Schemas['UserInfoResp'];
type Open = { kind: 'edit'; user: User | null } | { kind: 'history' | 'delete'; user: User } | { kind: 'invite' } | { kind: 'secret'; secret: string; title: string };

const colours = { ACTIVE: 'success', RESET: 'warning', INVITED: 'info', ENROLLING: 'info', INACTIVE: 'default' } as const;

function UsersPage() {
  const { t } = useTranslation('access');
  const [query, setQuery] = useSearchParams();
  const tab = query.get('tab') === 'invitations' ? 'invitations' : 'users';
  const [open, setOpen] = useState<Open | null>(null);
  const client = useQueryClient();
  const changed = async (): Promise<void> => void (await Promise.all(['users', 'user-invitations', 'policy-groups'].map((name) => client.invalidateQueries({ queryKey: [name] }))));
  const close = (): void => setOpen((now) => (now?.kind === 'secret' ? now : null));
  const columns: GridColDef<User>[] = [
    { field: 'email', headerName: t('fields.email'), flex: 1.2, minWidth: 180 },
    { field: 'full_name', headerName: t('fields.full_name'), flex: 1, minWidth: 140 },
    { field: 'status', headerName: t('fields.status'), width: 150, renderCell: ({ row }) => <Chip label={t(`status.${row.status}`)} color={colours[row.status]} variant="outlined" /> },
    { field: 'is_totp_enabled', headerName: t('fields.second'), width: 120, valueGetter: (value: boolean) => t(value ? 'yes' : 'no') },
    { field: 'groups', headerName: t('fields.groups'), width: 90, type: 'number', valueGetter: (value: unknown[]) => value.length },
    { field: 'last_login_time', headerName: t('fields.last_login'), minWidth: 150, renderCell: ({ value }) => <Time value={(value as number) || null} relative /> },
    { field: 'actions', headerName: '', width: 56, renderCell: ({ row }) => (
      <RowActions name={row.email} items={[
        [t('edit'), () => setOpen({ kind: 'edit', user: row })], [t('users.history'), () => setOpen({ kind: 'history', user: row })],
        ...(row.id === session.current?.userId ? [] : [[t('delete'), () => setOpen({ kind: 'delete', user: row })] as const]),
      ]} />
    ) },
  ];
  return (
    <>
      <PageHeader title={t('users.title')} description={t('users.description')}>
        <ShowAsCode call={{ method: 'GET', path: tab === 'users' ? '/v3/users' : '/v3/user-invitations' }} />
        <Button variant="outlined" startIcon={<Add />} onClick={() => setOpen({ kind: 'edit', user: null })}>{t('users.new')}</Button>
        <Button variant="contained" startIcon={<MailOutlined />} onClick={() => setOpen({ kind: 'invite' })}>{t('users.invite')}</Button>
      </PageHeader>
      <Tabs value={tab} onChange={(_, value: string) => setQuery(value === 'users' ? {} : { tab: value })} sx={{ mb: 1.5 }}>
        <Tab value="users" label={t('users.title')} />
        <Tab value="invitations" label={t('users.invitations')} />
      </Tabs>
      {tab === 'users' ? <ListTable<User> queryKey={['users']} read={(request) => dataOf(api.GET('/v3/users', { params: { query: request } }))} columns={columns} label={t('users.title')} onRowClick={(user) => setOpen({ kind: 'edit', user })} /> : <Invitations />}
      {open?.kind === 'edit' && <UserDialog of={open.user} onClose={close} onDone={async (secret) => { await changed(); if (secret) setOpen({ kind: 'secret', secret, title: t('users.password') }); }} />}
      {open?.kind === 'invite' && <InviteDialog onClose={close} onDone={async (secret) => { await changed(); if (secret) setOpen({ kind: 'secret', secret, title: t('users.link') }); }} />}
      {open?.kind === 'history' && <SignInsDialog user={open.user} onClose={close} />}
      {open?.kind === 'delete' && (
        <ConfirmDialog title={t('deleteTitle', { name: open.user.email })} text={t('users.deleteText')} action={t('delete')} danger onClose={close}
          onConfirm={async () => { await api.DELETE('/v3/users/{user_id}', { params: { path: { user_id: open.user.id } } }); await changed(); }} />
      )}
      {open?.kind === 'secret' && <SecretDialog title={open.title} secret={open.secret} onClose={() => setOpen(null)} />}
    </>
  );
}

export const Component = UsersPage;
