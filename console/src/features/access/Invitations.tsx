import MailOutlined from '@mui/icons-material/MailOutlined';
import type { GridColDef } from '@mui/x-data-grid';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../api/client';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { EmptyState } from '../../components/EmptyState';
import { FormDialog } from '../../components/FormDialog';
import { ListTable } from '../../components/ListTable';
import { Time } from '../../components/Time';
import { GroupsField } from './GroupsField';
import { RowActions } from '../../components/RowActions';
import { Text } from '../../components/Text';

type Invitation = Schemas['UserInvitationResp'];

/** Invitations that nobody has followed yet. */
export function Invitations() {
  const { t } = useTranslation('access');
  const [deleted, setDeleted] = useState<Invitation | null>(null);
  const client = useQueryClient();
  const columns: GridColDef<Invitation>[] = [
    { field: 'email', headerName: t('fields.email'), flex: 1, minWidth: 180 },
    { field: 'created_at', headerName: t('fields.created_at'), minWidth: 150, renderCell: ({ value }) => <Time value={value as string} relative /> },
    { field: 'expiration', headerName: t('fields.expiration'), minWidth: 205, renderCell: ({ value }) => <Time value={value as string} /> },
    { field: 'actions', headerName: '', width: 56, renderCell: ({ row }) => <RowActions name={row.email} items={[[t('users.withdraw'), () => setDeleted(row)]]} /> },
  ];
  return (
    <>
      <ListTable<Invitation> queryKey={['user-invitations']} read={(query) => dataOf(api.GET('/v3/user-invitations', { params: { query } }))} columns={columns} label={t('users.invitations')} empty={<EmptyState icon={MailOutlined} title={t('users.noInvitations')} text={t('users.inviteText')} />} />
      {deleted && (
        <ConfirmDialog title={t('users.withdraw')} text={t('users.withdrawText', { name: deleted.email })} action={t('users.withdraw')} danger onClose={() => setDeleted(null)}
          onConfirm={async () => { await api.DELETE('/v3/user-invitations/{invitation_id}', { params: { path: { invitation_id: deleted.id } } }); await Promise.all([client.invalidateQueries({ queryKey: ['user-invitations'] }), client.invalidateQueries({ queryKey: ['users'] })]); }} />
      )}
    </>
  );
}

/** Invites somebody by mail; without a mail server the link comes back, to be handed on. */
export function InviteDialog({ onClose, onDone }: { onClose: () => void; onDone: (link?: string) => Promise<void> }) {
  const { t } = useTranslation('access');
  const [email, setEmail] = useState('');
  const [days, setDays] = useState('30');
  const [groups, setGroups] = useState<string[]>([]);
  const body = { email, valid_for_days: Number(days), ...(groups.length > 0 ? { groups } : {}) };
  return (
    <FormDialog title={t('users.invite')} action={t('users.invite')} fields={['email', 'valid_for_days', 'groups']} call={{ method: 'POST', path: '/v3/user-invitations', body }} onClose={onClose}
      onSubmit={async () => onDone((await dataOf(api.POST('/v3/user-invitations', { body }))).link ?? undefined)}>
      <Text field="email" label={t('fields.email')} type="email" value={email} onText={setEmail} autoFocus help={t('users.inviteText')} />
      <Text field="valid_for_days" label={t('fields.days')} type="number" value={days} onText={setDays} />
      <GroupsField value={groups} onChange={setGroups} />
    </FormDialog>
  );
}
