import { Button, Chip } from '@mui/material';
import Add from '@mui/icons-material/Add';
import WorkspacePremiumOutlined from '@mui/icons-material/WorkspacePremiumOutlined';
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
import { CertificateDialog } from './CertificateDialog';
import { DeveloperWizard } from './DeveloperWizard';
import { isDeveloper, StatusChip, Validity } from './StatusChip';

type Trusted = Schemas['TrustedCertificateResp'];

const read = (query: ListRequest) => dataOf(api.GET('/v3/trusted-certificates', { params: { query } }));

/** The authorities whose devices are the account's. */
function CertificatesPage() {
  const { t } = useTranslation('identity');
  const [open, setOpen] = useState<'upload' | 'developer' | null>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: ['trusted-certificates'] });
  const columns: GridColDef<Trusted>[] = [
    { field: 'name', headerName: t('fields.name'), flex: 1, minWidth: 160, renderCell: ({ row }) => <>{row.name}{isDeveloper(row) && <Chip label={t('certificates.developer')} variant="outlined" sx={{ ml: 1, height: 20 }} />}</> },
    { field: 'service', headerName: t('certificates.service'), width: 150, valueGetter: (value: string) => t(`certificates.services.${value}`) },
    { field: 'status', headerName: t('fields.status'), width: 110, renderCell: ({ row }) => <StatusChip status={row.status} /> },
    { field: 'enrollment_mode', headerName: t('certificates.mode'), width: 170, valueGetter: (value: boolean) => t(value ? 'certificates.claimed' : 'certificates.all') },
    { field: 'subject', headerName: t('certificates.subject'), flex: 1.4, minWidth: 180 },
    { field: 'validity', headerName: t('certificates.validity'), minWidth: 150, renderCell: ({ row }) => <Validity value={row.validity} /> },
    { field: 'created_at', headerName: t('fields.created_at'), minWidth: 140, renderCell: ({ row }) => <Time value={row.created_at} relative /> },
  ];
  const buttons = (
    <>
      <Button variant="outlined" onClick={() => setOpen('developer')}>{t('certificates.newDeveloper')}</Button>
      <Button variant="contained" startIcon={<Add />} onClick={() => setOpen('upload')}>{t('certificates.upload')}</Button>
    </>
  );
  return (
    <>
      <PageHeader title={t('certificates.title')} description={t('certificates.text')}>
        <ShowAsCode call={{ method: 'GET', path: '/v3/trusted-certificates' }} />
        <CsvButton<Trusted> name="trusted-certificates" read={read} fields={['id', 'name', 'description', 'service', 'status', 'enrollment_mode', 'subject', 'issuer', 'validity', 'certificate_fingerprint', 'created_at']} />
        {buttons}
      </PageHeader>
      <ListTable<Trusted>
        queryKey={['trusted-certificates', 'list']} read={read} columns={columns} label={t('certificates.title')} onRowClick={(row) => void navigate(`/identity/certificates/${row.id}`)}
        empty={<EmptyState icon={WorkspacePremiumOutlined} title={t('certificates.empty')} text={t('certificates.emptyText')}>{buttons}</EmptyState>}
      />
      {open === 'upload' && <CertificateDialog of={null} onClose={() => setOpen(null)} onDone={changed} />}
      {open === 'developer' && <DeveloperWizard onClose={() => setOpen(null)} onDone={changed} />}
    </>
  );
}

export const Component = CertificatesPage;
