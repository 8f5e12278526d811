import { Alert, Box, Button, Typography } from '@mui/material';
import Add from '@mui/icons-material/Add';
import AssignmentTurnedInOutlined from '@mui/icons-material/AssignmentTurnedInOutlined';
import type { GridColDef } from '@mui/x-data-grid';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../../api/client';
import type { ListRequest } from '../../../api/lists';
import { ConfirmDialog } from '../../../components/ConfirmDialog';
import { CsvButton } from '../../../components/CsvButton';
import { EmptyState } from '../../../components/EmptyState';
import { FormDialog } from '../../../components/FormDialog';
import { ListTable } from '../../../components/ListTable';
import { PageHeader } from '../../../components/PageHeader';
import { RowActions } from '../../../components/RowActions';
import { ShowAsCode } from '../../../components/ShowAsCode';
import { Time } from '../../../components/Time';
import { Configurations } from './Configurations';
import { IssuerDialog } from './IssuerDialog';

export type Issuer = Schemas['CertificateIssuerInfo'];
type Open = { kind: 'edit'; of: Issuer | null } | { kind: 'verify' | 'delete'; of: Issuer };

const read = (query: ListRequest) => dataOf(api.GET('/v3/certificate-issuers', { params: { query } }));

/** Authorities elsewhere that issue for the devices, and which of a device's certificates they issue. */
function IssuersPage() {
  const { t } = useTranslation('identity');
  const [open, setOpen] = useState<Open | null>(null);
  const client = useQueryClient();
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: ['certificate-issuers'] });
  const columns: GridColDef<Issuer>[] = [
    { field: 'name', headerName: t('fields.name'), flex: 1, minWidth: 150 },
    { field: 'issuer_type', headerName: t('issuers.type'), width: 170, valueGetter: (value: string) => t(`issuers.types.${value}`) },
    { field: 'issuer_attributes', headerName: t('issuers.address'), flex: 1.4, minWidth: 180, valueGetter: (_, row) => row.issuer_attributes.host_url ?? '' },
    { field: 'description', headerName: t('fields.description'), flex: 1, minWidth: 140 },
    { field: 'created_at', headerName: t('fields.created_at'), minWidth: 140, renderCell: ({ row }) => <Time value={row.created_at} relative /> },
    { field: 'verify', headerName: '', width: 90, renderCell: ({ row }) => <Button onClick={() => setOpen({ kind: 'verify', of: row })}>{t('issuers.verify')}</Button> },
    { field: 'actions', headerName: '', width: 56, renderCell: ({ row }) => <RowActions name={row.name} items={[[t('edit', { ns: 'components' }), () => setOpen({ kind: 'edit', of: row })], [t('delete', { ns: 'components' }), () => setOpen({ kind: 'delete', of: row })]]} /> },
  ];
  const add = <Button variant="contained" startIcon={<Add />} onClick={() => setOpen({ kind: 'edit', of: null })}>{t('issuers.new')}</Button>;
  return (
    <>
      <PageHeader title={t('issuers.title')} description={t('issuers.text')}>
        <ShowAsCode call={{ method: 'GET', path: '/v3/certificate-issuers' }} />
        <CsvButton<Issuer> name="certificate-issuers" read={read} fields={['id', 'name', 'description', 'issuer_type', 'issuer_attributes', 'created_at']} />
        {add}
      </PageHeader>
      <ListTable<Issuer> queryKey={['certificate-issuers', 'list']} read={read} columns={columns} label={t('issuers.title')} empty={<EmptyState icon={AssignmentTurnedInOutlined} title={t('issuers.empty')} text={t('issuers.emptyText')}>{add}</EmptyState>} />
      <Box sx={{ mt: 3 }}><Configurations /></Box>
      {open?.kind === 'edit' && <IssuerDialog of={open.of} onClose={() => setOpen(null)} onDone={changed} />}
      {open?.kind === 'verify' && <VerifyDialog of={open.of} onClose={() => setOpen(null)} />}
      {open?.kind === 'delete' && (
        <ConfirmDialog title={t('deleteTitle', { name: open.of.name })} text={t('issuers.deleteText')} action={t('delete', { ns: 'components' })} danger onClose={() => setOpen(null)}
          onConfirm={async () => { await api.DELETE('/v3/certificate-issuers/{certificate-issuer-id}', { params: { path: { 'certificate-issuer-id': open.of.id } } }); await changed(); }} />
      )}
    </>
  );
}

/** Asks the issuer, with its credentials, whether it would issue. */
function VerifyDialog({ of, onClose }: { of: Issuer; onClose: () => void }) {
  const { t } = useTranslation('identity');
  const [result, setResult] = useState<Schemas['CertificateIssuerVerifyResponse'] | null>(null);
  return (
    <FormDialog title={t('issuers.verifyTitle', { name: of.name })} action={t('issuers.verify')} staysOpen call={{ method: 'POST', path: `/v3/certificate-issuers/${of.id}/verify` }} onClose={onClose}
      onSubmit={async () => { setResult(null); setResult(await dataOf(api.POST('/v3/certificate-issuers/{certificate-issuer-id}/verify', { params: { path: { 'certificate-issuer-id': of.id } } }))); }}>
      <Typography>{t('issuers.verifyText')}</Typography>
      {result && <Alert role="status" severity={result.successful ? 'success' : 'error'}>{result.message}</Alert>}
    </FormDialog>
  );
}

export const Component = IssuersPage;
