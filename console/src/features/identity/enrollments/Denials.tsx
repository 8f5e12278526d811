import { Button } from '@mui/material';
import DoNotDisturbOutlined from '@mui/icons-material/DoNotDisturbOutlined';
import type { GridColDef } from '@mui/x-data-grid';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../../api/client';
import type { ListRequest } from '../../../api/lists';
import { ConfirmDialog } from '../../../components/ConfirmDialog';
import { EmptyState } from '../../../components/EmptyState';
import { ListTable } from '../../../components/ListTable';
import { useNotice } from '../../../components/Notices';
import { PageLink } from '../../../components/PageLink';
import { Time } from '../../../components/Time';

type Denial = Schemas['DeniedDevice'];

export const readDenials = (query: ListRequest) => dataOf(api.GET('/v3/device-enrollment-denials', { params: { query } }));

/** Who was refused, why, and the way to let them in the next time. */
export function Denials({ onChange }: { onChange: () => Promise<void> }) {
  const { t } = useTranslation('identity');
  const [enrolled, setEnrolled] = useState<Denial | null>(null);
  const notify = useNotice();
  const columns: GridColDef<Denial>[] = [
    { field: 'endpoint_name', headerName: t('denials.device'), flex: 1, minWidth: 160 },
    { field: 'reason', headerName: t('denials.reason'), flex: 2, minWidth: 240 },
    { field: 'count', headerName: t('denials.count'), type: 'number', width: 90 },
    { field: 'updated_at', headerName: t('denials.last'), minWidth: 140, renderCell: ({ row }) => <Time value={row.updated_at} relative /> },
    { field: 'created_at', headerName: t('denials.first'), minWidth: 140, renderCell: ({ row }) => <Time value={row.created_at} relative /> },
    { field: 'trusted_certificate_id', headerName: t('denials.certificate'), width: 130, renderCell: ({ row }) => <PageLink to={`/identity/certificates/${row.trusted_certificate_id}`}>…{row.trusted_certificate_id.slice(-6)}</PageLink> },
    { field: 'actions', headerName: '', width: 120, renderCell: ({ row }) => row.enrollment_identity && <Button aria-label={`${t('enrollments.enroll')}: ${row.endpoint_name}`} onClick={() => setEnrolled(row)}>{t('enrollments.enroll')}</Button> },
  ];
  return (
    <>
      <ListTable<Denial> queryKey={['device-enrollment-denials', 'list']} read={readDenials} columns={columns} label={t('denials.tab')} refetchInterval={10_000} empty={<EmptyState icon={DoNotDisturbOutlined} title={t('denials.empty')} text={t('denials.emptyText')} />} />
      {enrolled && (
        <ConfirmDialog title={t('denials.enrollTitle', { name: enrolled.endpoint_name })} text={<>{t('denials.enrollText')}<br /><code>{enrolled.enrollment_identity}</code></>} action={t('enrollments.enroll')} onClose={() => setEnrolled(null)}
          onConfirm={async () => { await api.POST('/v3/device-enrollments', { body: { enrollment_identity: enrolled.enrollment_identity } }); notify(t('denials.enrolled')); await onChange(); }} />
      )}
    </>
  );
}
