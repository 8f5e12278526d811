import { Button, Chip } from '@mui/material';
import Add from '@mui/icons-material/Add';
import AutorenewOutlined from '@mui/icons-material/AutorenewOutlined';
import type { GridColDef } from '@mui/x-data-grid';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, dataOf, type Schemas } from '../../../api/client';
import type { ListRequest } from '../../../api/lists';
import { CsvButton } from '../../../components/CsvButton';
import { EmptyState } from '../../../components/EmptyState';
import { ListTable } from '../../../components/ListTable';
import { PageHeader } from '../../../components/PageHeader';
import { ShowAsCode } from '../../../components/ShowAsCode';
import { Time } from '../../../components/Time';
import { CampaignDialog } from './CampaignDialog';

export type Campaign = Schemas['CertificateCampaignData'];

const read = (query: ListRequest) => dataOf(api.GET('/v3/certificate-campaigns', { params: { query } }));
const colours = { draft: 'default', running: 'info', stopped: 'warning', completed: 'success' } as const;

export function StateChip({ state }: { state: Campaign['state'] }) {
  const { t } = useTranslation('identity');
  return <Chip label={t(`renewals.states.${state}`)} variant="outlined" color={colours[state]} />;
}

/** Renewals of the certificates of many devices. */
function RenewalsPage() {
  const { t } = useTranslation('identity');
  const [isNew, setNew] = useState(false);
  const client = useQueryClient();
  const navigate = useNavigate();
  const columns: GridColDef<Campaign>[] = [
    { field: 'name', headerName: t('fields.name'), flex: 1, minWidth: 160 },
    { field: 'state', headerName: t('fields.status'), width: 130, renderCell: ({ row }) => <StateChip state={row.state} /> },
    { field: 'certificate_name', headerName: t('renewals.certificate'), width: 130 },
    { field: 'device_filter', headerName: t('renewals.filter'), flex: 1.4, minWidth: 180, valueGetter: (value: string) => value || t('renewals.allDevices') },
    { field: 'device_count', headerName: t('renewals.devices'), type: 'number', width: 100 },
    { field: 'stage', headerName: t('renewals.stage'), width: 110, valueGetter: (_, row) => `${row.stage + 1} / ${row.stages.length}` },
    { field: 'created_at', headerName: t('fields.created_at'), minWidth: 140, renderCell: ({ row }) => <Time value={row.created_at} relative /> },
  ];
  const add = <Button variant="contained" startIcon={<Add />} onClick={() => setNew(true)}>{t('renewals.new')}</Button>;
  return (
    <>
      <PageHeader title={t('renewals.title')} description={t('renewals.text')}>
        <ShowAsCode call={{ method: 'GET', path: '/v3/certificate-campaigns' }} />
        <CsvButton<Campaign> name="certificate-campaigns" read={read} fields={['id', 'name', 'description', 'state', 'state_detail', 'certificate_name', 'device_filter', 'device_count', 'rate_per_minute', 'max_failure_percent', 'stages', 'created_at']} />
        {add}
      </PageHeader>
      <ListTable<Campaign> queryKey={['certificate-campaigns', 'list']} read={read} columns={columns} label={t('renewals.title')} refetchInterval={5_000} onRowClick={(row) => void navigate(`/identity/renewals/${row.id}`)}
        empty={<EmptyState icon={AutorenewOutlined} title={t('renewals.empty')} text={t('renewals.emptyText')}>{add}</EmptyState>} />
      {isNew && <CampaignDialog onClose={() => setNew(false)} onDone={async (made) => { await client.invalidateQueries({ queryKey: ['certificate-campaigns'] }); void navigate(`/identity/renewals/${made.id}`); }} />}
    </>
  );
}

export const Component = RenewalsPage;
