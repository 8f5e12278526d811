import { Box, Button, TextField, Typography } from '@mui/material';
import DevicesOther from '@mui/icons-material/DevicesOther';
import type { GridColDef } from '@mui/x-data-grid';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { Schemas } from '../../api/client';
import type { ListRequest } from '../../api/lists';
import { mono } from '../../app/theme';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { CopyableId } from '../../components/CopyableId';
import { EmptyState } from '../../components/EmptyState';
import { ListTable } from '../../components/ListTable';
import { useNotice } from '../../components/Notices';
import { PageHeader } from '../../components/PageHeader';
import { Problem } from '../../components/Problem';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Waiting } from '../../components/Waiting';
import { StateChip } from '../devices/StateChip';
import { EditGroupDialog } from './EditGroupDialog';
import { getGroup, listMembers, removeGroup, takeOut } from './groupApi';
import { MatchingDialog } from './MatchingDialog';

type Device = Schemas['DeviceData'];

function GroupPage() {
  const { t } = useTranslation('groups');
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const notify = useNotice();
  const [query, setQuery] = useSearchParams();
  const filter = query.get('filter') ?? '';
  const [text, setText] = useState(filter);
  const [dialog, setDialog] = useState<'edit' | 'delete' | 'add' | 'remove' | null>(null);
  useEffect(() => setText(filter), [filter]);
  const group = useQuery({ queryKey: ['device-groups', id], queryFn: () => getGroup(id) });
  const read = useCallback((request: ListRequest) => listMembers(id, request), [id]);
  const remove = useCallback(async (device: Device): Promise<void> => {
    try {
      await takeOut(id, device.id);
      await Promise.all([client.invalidateQueries({ queryKey: ['devices'] }), client.invalidateQueries({ queryKey: ['device-groups'] })]);
    } catch (error) {
      notify(error as Error);
    }
  }, [id, client, notify]);
  const columns = useMemo((): GridColDef<Device>[] => [
    { field: 'endpoint_name', headerName: t('fields.endpoint_name'), flex: 1.4, minWidth: 170, renderCell: ({ row }) => <Box component={Link} to={`/devices/${row.id}`} sx={{ color: 'primary.main', fontWeight: 600, textDecoration: 'none' }}>{row.endpoint_name || t('noName')}</Box> },
    { field: 'state', headerName: t('fields.state'), minWidth: 130, flex: 0.7, renderCell: ({ row }) => <StateChip device={row} /> },
    { field: 'name', headerName: t('fields.name'), minWidth: 120, flex: 1 },
    { field: 'id', headerName: t('fields.id'), minWidth: 110, flex: 0.6, renderCell: ({ row }) => <CopyableId id={row.id} /> },
    { field: 'actions', headerName: '', minWidth: 140, renderCell: ({ row }) => <Button size="small" aria-label={t('takeOutOf', { name: row.endpoint_name || row.id })} onClick={() => void remove(row)}>{t('takeOut')}</Button> },
  ], [t, remove]);

  if (group.isError) return <Problem error={group.error} onRetry={() => void group.refetch()} />;
  if (!group.data) return <Waiting />;
  const { name, description, custom_attributes } = group.data;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setQuery(text.trim() ? { filter: text.trim() } : {});
  };
  const close = (): void => setDialog(null);
  return (
    <>
      <PageHeader title={name || t('noName')} description={description} trail={[{ label: t('title'), to: '/groups' }]}>
        <ShowAsCode call={{ method: 'GET', path: `/v3/device-groups/${id}/devices?limit=50` }} />
        <Button variant="outlined" component={Link} to={`/devices?filter=${encodeURIComponent(`groups__in=${id}`)}`}>{t('showDevices')}</Button>
        <Button variant="outlined" onClick={() => setDialog('edit')}>{t('edit')}</Button>
        <Button variant="outlined" color="error" onClick={() => setDialog('delete')}>{t('delete')}</Button>
      </PageHeader>
      <Box sx={{ mb: 2, display: 'flex', gap: 2, flexWrap: 'wrap', color: 'text.secondary' }}>
        <CopyableId id={id} />
        {Object.entries(custom_attributes).map(([key, value]) => <Box key={key} component="span" sx={{ fontFamily: mono, fontSize: '0.82rem' }}>{key}={value}</Box>)}
      </Box>
      <Typography variant="h2" sx={{ mb: 1 }}>{t('members')}</Typography>
      <Box component="form" role="search" onSubmit={submit} sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', mb: 1.5 }}>
        <TextField value={text} onChange={(event) => setText(event.target.value)} placeholder="state=registered" sx={{ flex: '1 1 220px' }} slotProps={{ htmlInput: { 'aria-label': t('memberFilter'), spellCheck: false, sx: { fontFamily: mono, fontSize: '0.82rem' } } }} />
        <Button type="submit" variant="outlined">{t('apply')}</Button>
        <Button variant="contained" onClick={() => setDialog('add')}>{t('add')}</Button>
        <Button variant="outlined" onClick={() => setDialog('remove')}>{t('remove')}</Button>
      </Box>
      <ListTable<Device>
        queryKey={['device-groups', id, 'devices']} read={read} columns={columns} label={t('members')} filter={filter}
        empty={<EmptyState icon={DevicesOther} title={t('noMembers.title')} text={t('noMembers.text')} />}
      />
      {dialog === 'edit' && <EditGroupDialog group={group.data} onClose={close} />}
      {(dialog === 'add' || dialog === 'remove') && <MatchingDialog group={group.data} direction={dialog} onClose={close} />}
      {dialog === 'delete' && (
        <ConfirmDialog
          title={t('deleteTitle', { name })} text={t('deleteText')} action={t('delete')} danger onClose={close}
          onConfirm={async () => {
            await removeGroup(id);
            await navigate('/groups');
            await Promise.all([client.invalidateQueries({ queryKey: ['device-groups', 'list'] }), client.invalidateQueries({ queryKey: ['devices'] })]);
          }}
        />
      )}
    </>
  );
}

export const Component = GroupPage;
