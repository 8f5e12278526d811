import { Box, Button } from '@mui/material';
import Add from '@mui/icons-material/Add';
import FolderOutlined from '@mui/icons-material/FolderOutlined';
import type { GridColDef } from '@mui/x-data-grid';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { CopyableId } from '../../components/CopyableId';
import { EmptyState } from '../../components/EmptyState';
import { ListTable } from '../../components/ListTable';
import { PageHeader } from '../../components/PageHeader';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Time } from '../../components/Time';
import { EditGroupDialog } from './EditGroupDialog';
import { listGroups, type Group } from './groupApi';

function GroupsPage() {
  const { t } = useTranslation('groups');
  const navigate = useNavigate();
  const [isNew, setNew] = useState(false);
  const columns = useMemo((): GridColDef<Group>[] => {
    const column = (field: string, more: Partial<GridColDef<Group>> = {}): GridColDef<Group> => ({ field, headerName: t(`fields.${field}`), flex: 1, minWidth: 120, ...more });
    return [
      column('name', { minWidth: 160, renderCell: ({ row }) => <Box component={Link} to={`/groups/${row.id}`} sx={{ color: 'primary.main', fontWeight: 600, textDecoration: 'none', '&:hover': { textDecoration: 'underline' } }}>{row.name || t('noName')}</Box> }),
      column('devices_count', { type: 'number', flex: 0.4, minWidth: 90 }),
      column('description'),
      column('id', { flex: 0.6, renderCell: ({ row }) => <CopyableId id={row.id} /> }),
      column('updated_at', { renderCell: ({ row }) => <Time value={row.updated_at} relative /> }),
    ];
  }, [t]);
  const button = <Button variant="contained" startIcon={<Add />} onClick={() => setNew(true)}>{t('new')}</Button>;
  return (
    <>
      <PageHeader title={t('title')} description={t('description')}>
        <ShowAsCode call={{ method: 'GET', path: '/v3/device-groups?limit=50&order=DESC' }} />
        {button}
      </PageHeader>
      <ListTable<Group>
        queryKey={['device-groups', 'list']} read={listGroups} columns={columns} label={t('title')} storageKey="surety.groups.columns" onRowClick={(row) => void navigate(`/groups/${row.id}`)}
        empty={<EmptyState icon={FolderOutlined} title={t('empty.title')} text={t('empty.text')} />}
      />
      {isNew && <EditGroupDialog onClose={() => setNew(false)} />}
    </>
  );
}

export const Component = GroupsPage;
