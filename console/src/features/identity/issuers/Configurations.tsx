import { Box, Button, MenuItem, Typography } from '@mui/material';
import Add from '@mui/icons-material/Add';
import type { GridColDef } from '@mui/x-data-grid';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../../api/client';
import type { ListRequest } from '../../../api/lists';
import { ConfirmDialog } from '../../../components/ConfirmDialog';
import { FormDialog } from '../../../components/FormDialog';
import { ListTable } from '../../../components/ListTable';
import { RowActions } from '../../../components/RowActions';
import { ShowAsCode } from '../../../components/ShowAsCode';
import { Text } from '../../../components/Text';
import { Time } from '../../../components/Time';

type Configuration = Schemas['CertificateIssuerConfigResponse'];
type Open = { kind: 'edit'; of: Configuration | null } | { kind: 'delete'; of: Configuration };

const read = (query: ListRequest) => dataOf(api.GET('/v3/certificate-issuer-configurations', { params: { query } }));

function useIssuers() {
  return useQuery({ queryKey: ['certificate-issuers', 'choice'], queryFn: async () => (await dataOf(api.GET('/v3/certificate-issuers', { params: { query: { limit: 100 } } }))).data }).data ?? [];
}

/** Which issuer makes which of a device's certificates. */
export function Configurations() {
  const { t } = useTranslation('identity');
  const [open, setOpen] = useState<Open | null>(null);
  const issuers = useIssuers();
  const client = useQueryClient();
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: ['certificate-issuer-configurations'] });
  const columns: GridColDef<Configuration>[] = [
    { field: 'reference', headerName: t('configurations.reference'), flex: 1, minWidth: 160 },
    { field: 'certificate_issuer_id', headerName: t('configurations.issuer'), flex: 1, minWidth: 180, valueGetter: (value: string | null) => (value === null ? t('configurations.own') : (issuers.find((issuer) => issuer.id === value)?.name ?? value)) },
    { field: 'updated_at', headerName: t('fields.updated_at'), minWidth: 150, renderCell: ({ row }) => <Time value={row.updated_at} relative /> },
    { field: 'actions', headerName: '', width: 56, renderCell: ({ row }) => (
      <RowActions name={row.reference} items={[[t('edit', { ns: 'components' }), () => setOpen({ kind: 'edit', of: row })], ...(row.is_custom ? [[t('delete', { ns: 'components' }), () => setOpen({ kind: 'delete', of: row })] as const] : [])]} />
    ) },
  ];
  return (
    <section aria-labelledby="configurations">
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-end', flexWrap: 'wrap', mb: 1.5 }}>
        <Box sx={{ flex: '1 1 260px' }}>
          <Typography variant="h2" id="configurations">{t('configurations.title')}</Typography>
          <Typography color="textSecondary" variant="body2">{t('configurations.text')}</Typography>
        </Box>
        <ShowAsCode call={{ method: 'GET', path: '/v3/certificate-issuer-configurations' }} />
        <Button variant="outlined" startIcon={<Add />} onClick={() => setOpen({ kind: 'edit', of: null })}>{t('configurations.new')}</Button>
      </Box>
      <ListTable<Configuration> queryKey={['certificate-issuer-configurations', 'list']} read={read} columns={columns} label={t('configurations.title')} order="ASC" />
      {open?.kind === 'edit' && <ConfigurationDialog of={open.of} onClose={() => setOpen(null)} onDone={changed} />}
      {open?.kind === 'delete' && (
        <ConfirmDialog title={t('deleteTitle', { name: open.of.reference })} text={t('configurations.deleteText')} action={t('delete', { ns: 'components' })} danger onClose={() => setOpen(null)}
          onConfirm={async () => { await api.DELETE('/v3/certificate-issuer-configurations/{certificate-issuer-configuration-id}', { params: { path: { 'certificate-issuer-configuration-id': open.of.id } } }); await changed(); }} />
      )}
    </section>
  );
}

function ConfigurationDialog({ of, onClose, onDone }: { of: Configuration | null; onClose: () => void; onDone: () => Promise<void> }) {
  const { t } = useTranslation('identity');
  const issuers = useIssuers();
  const [reference, setReference] = useState(of?.reference ?? '');
  const [issuer, setIssuer] = useState<string>(of?.certificate_issuer_id ?? '');
  const change = { certificate_issuer_id: issuer || null };
  const submit = async (): Promise<void> => {
    if (!of) await api.POST('/v3/certificate-issuer-configurations', { body: { reference, ...change } });
    else await api.PUT('/v3/certificate-issuer-configurations/{certificate-issuer-configuration-id}', { params: { path: { 'certificate-issuer-configuration-id': of.id } }, body: change });
    await onDone();
  };
  return (
    <FormDialog title={of ? of.reference : t('configurations.new')} action={t(of ? 'save' : 'create', { ns: 'components' })} fields={['reference', 'certificate_issuer_id']} onSubmit={submit} onClose={onClose}
      call={of ? { method: 'PUT', path: `/v3/certificate-issuer-configurations/${of.id}`, body: change } : { method: 'POST', path: '/v3/certificate-issuer-configurations', body: { reference, ...change } }}>
      {!of && <Text field="reference" label={t('configurations.reference')} help={t('configurations.referenceHelp')} value={reference} onText={setReference} autoFocus required />}
      <Text field="certificate_issuer_id" select label={t('configurations.issuer')} value={issuer} onText={setIssuer} help={t('configurations.issuerHelp')} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
        <MenuItem value="">{t('configurations.own')}</MenuItem>
        {issuers.map((one) => <MenuItem key={one.id} value={one.id}>{one.name}</MenuItem>)}
      </Text>
    </FormDialog>
  );
}
