import { Button, Chip } from '@mui/material';
import HowToRegOutlined from '@mui/icons-material/HowToRegOutlined';
import type { GridColDef } from '@mui/x-data-grid';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../../api/client';
import type { ListRequest } from '../../../api/lists';
import { ConfirmDialog } from '../../../components/ConfirmDialog';
import { CopyableId } from '../../../components/CopyableId';
import { EmptyState } from '../../../components/EmptyState';
import { ListTable } from '../../../components/ListTable';
import { PageLink } from '../../../components/PageLink';
import { Time } from '../../../components/Time';

type Enrollment = Schemas['EnrollmentIdentity'];

export const readEnrollments = (query: ListRequest) => dataOf(api.GET('/v3/device-enrollments', { params: { query } }));

export function Enrollments({ onChange, onUpload }: { onChange: () => Promise<void>; onUpload: () => void }) {
  const { t } = useTranslation('identity');
  const [deleted, setDeleted] = useState<Enrollment | null>(null);
  const columns: GridColDef<Enrollment>[] = [
    { field: 'enrollment_identity', headerName: t('enrollments.identity'), flex: 2, minWidth: 240, renderCell: ({ row }) => <CopyableId id={row.enrollment_identity} whole /> },
    { field: 'state', headerName: t('fields.status'), width: 130, renderCell: ({ row }) => <Chip label={t(row.claimed_at ? 'enrollments.claimed' : 'enrollments.waiting')} variant="outlined" color={row.claimed_at ? 'success' : 'info'} /> },
    { field: 'enrolled_device_id', headerName: t('enrollments.device'), width: 120, renderCell: ({ row }) => (row.enrolled_device_id && row.claimed_at ? <PageLink to={`/devices/${row.enrolled_device_id}`}>…{row.enrolled_device_id.slice(-6)}</PageLink> : '–') },
    { field: 'created_at', headerName: t('fields.created_at'), minWidth: 140, renderCell: ({ row }) => <Time value={row.created_at} relative /> },
    { field: 'claimed_at', headerName: t('enrollments.claimed_at'), minWidth: 140, renderCell: ({ row }) => <Time value={row.claimed_at} relative /> },
    { field: 'expires_at', headerName: t('enrollments.expires_at'), minWidth: 140, renderCell: ({ row }) => (row.claimed_at ? '–' : <Time value={row.expires_at} relative />) },
    { field: 'actions', headerName: '', width: 100, renderCell: ({ row }) => <Button color="error" aria-label={`${t('delete', { ns: 'components' })}: ${row.enrollment_identity}`} onClick={() => setDeleted(row)}>{t('delete', { ns: 'components' })}</Button> },
  ];
  return (
    <>
      <ListTable<Enrollment> queryKey={['device-enrollments', 'list']} read={readEnrollments} columns={columns} label={t('enrollments.title')}
        empty={<EmptyState icon={HowToRegOutlined} title={t('enrollments.empty')} text={t('enrollments.emptyText')}><Button variant="outlined" onClick={onUpload}>{t('enrollments.bulkUpload')}</Button></EmptyState>} />
      {deleted && (
        <ConfirmDialog title={t('enrollments.deleteTitle')} text={<>{deleted.enrollment_identity}<br />{t('enrollments.deleteText')}</>} action={t('delete', { ns: 'components' })} danger onClose={() => setDeleted(null)}
          onConfirm={async () => { await api.DELETE('/v3/device-enrollments/{id}', { params: { path: { id: deleted.id } } }); await onChange(); }} />
      )}
    </>
  );
}
