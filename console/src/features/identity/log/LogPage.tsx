import { Box, Card, Typography } from '@mui/material';
import type { GridColDef } from '@mui/x-data-grid';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../../api/client';
import type { ListRequest } from '../../../api/lists';
import { CopyableId } from '../../../components/CopyableId';
import { CsvButton } from '../../../components/CsvButton';
import { EmptyState } from '../../../components/EmptyState';
import { Facts } from '../../../components/Facts';
import { ListTable } from '../../../components/ListTable';
import { PageHeader } from '../../../components/PageHeader';
import { Problem } from '../../../components/Problem';
import { ShowAsCode } from '../../../components/ShowAsCode';
import { PageLink } from '../../../components/PageLink';
import { Time } from '../../../components/Time';
import { Waiting } from '../../../components/Waiting';
import { certificatesIn } from '../../../x509/certificate';
import { Inclusion } from './Inclusion';
import { Revocation } from './Revocation';

type Order = Schemas['CertificateEnrollmentData'];

const readOrders = (query: ListRequest) => dataOf(api.GET('/v3/certificate-enrollments', { params: { query } }));

/** What was issued and what is taken back, and where others ask about it. */
function LogPage() {
  const { t } = useTranslation('identity');
  const head = useQuery({ queryKey: ['certificate-log'], queryFn: () => dataOf(api.GET('/v3/certificate-log', {})) });
  return (
    <>
      <PageHeader title={t('log.title')} description={t('log.text')}><ShowAsCode call={{ method: 'GET', path: '/v3/certificate-log' }} /></PageHeader>
      {head.isLoading && <Waiting />}
      {head.isError && <Problem error={head.error} onRetry={() => void head.refetch()} />}
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' }, alignItems: 'start' }}>
        {head.data && (
          <>
            <Card sx={{ p: 2 }}>
              <Typography variant="h2">{t('log.head')}</Typography>
              <Typography color="textSecondary" variant="body2" sx={{ mb: 1.5 }}>{t('log.headText')}</Typography>
              <Facts items={[
                [t('log.size'), head.data.tree_size],
                [t('log.root'), <CopyableId id={head.data.root_hash} whole />],
                [t('log.at'), <Time value={head.data.timestamp} />],
                [t('log.signature'), <CopyableId id={head.data.signature} whole />],
              ]} />
            </Card>
            <Addresses certificate={head.data.certificate} />
            <Inclusion />
          </>
        )}
        <Revocation />
      </Box>
      <Orders />
    </>
  );
}

/** Where lists and answers about revoked certificates are, for those who verify devices: without a key. */
function Addresses({ certificate }: { certificate: string }) {
  const { t } = useTranslation('identity');
  const authority = certificatesIn(certificate)[0]?.subjectKeyIdentifier;
  const base = `${location.origin}/.well-known/surety`;
  return (
    <Card sx={{ p: 2 }}>
      <Typography variant="h2">{t('log.addresses')}</Typography>
      <Typography color="textSecondary" variant="body2" sx={{ mb: 1.5 }}>{t('log.addressesText')}</Typography>
      <Facts items={[
        ...(authority ? [
          [t('log.crl'), <CopyableId id={`${base}/crl/${authority}.crl`} whole />] as const,
          [t('log.delta'), <CopyableId id={`${base}/crl/${authority}/delta.crl`} whole />] as const,
          [t('log.issuing'), <CopyableId id={`${base}/ca/${authority}.cer`} whole />] as const,
        ] : []),
        ['OCSP', <CopyableId id={`${location.origin}/ocsp`} whole />],
      ]} />
    </Card>
  );
}

/** The orders to renew, of all devices. */
function Orders() {
  const { t } = useTranslation('identity');
  const columns = useMemo<GridColDef<Order>[]>(() => [
    { field: 'created_at', headerName: t('fields.created_at'), minWidth: 205, renderCell: ({ row }) => <Time value={row.created_at} /> },
    { field: 'device_id', headerName: t('enrollments.device'), width: 120, renderCell: ({ row }) => <PageLink to={`/devices/${row.device_id}/identity`}>…{row.device_id.slice(-6)}</PageLink> },
    { field: 'certificate_name', headerName: t('renewals.certificate'), width: 140 },
    { field: 'enroll_status', headerName: t('fields.status'), width: 130, valueGetter: (value: string) => t(`log.statuses.${value}`) },
    { field: 'enroll_result', headerName: t('log.result'), width: 130, valueGetter: (value: string | null) => (value ? t(`log.results.${value}`) : '') },
    { field: 'enroll_result_detail', headerName: t('denials.reason'), flex: 1, minWidth: 200 },
  ], [t]);
  return (
    <Box component="section" aria-labelledby="orders" sx={{ mt: 3 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 1, flexWrap: 'wrap' }}>
        <Typography variant="h2" id="orders" sx={{ flex: 1 }}>{t('log.orders')}</Typography>
        <ShowAsCode call={{ method: 'GET', path: '/v3/certificate-enrollments?order=DESC' }} />
        <CsvButton<Order> name="certificate-enrollments" read={readOrders} fields={['id', 'device_id', 'certificate_name', 'enroll_status', 'enroll_result', 'enroll_result_detail', 'created_at', 'updated_at']} />
      </Box>
      <ListTable<Order> queryKey={['certificate-enrollments']} read={readOrders} columns={columns} label={t('log.orders')} refetchInterval={10_000} empty={<EmptyState title={t('log.noOrders')} />} />
    </Box>
  );
}

export const Component = LogPage;
