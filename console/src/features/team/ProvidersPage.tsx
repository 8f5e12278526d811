import { Button, Chip, FormControlLabel, MenuItem, Switch, TextField } from '@mui/material';
import Add from '@mui/icons-material/Add';
import FingerprintOutlined from '@mui/icons-material/FingerprintOutlined';
import type { GridColDef } from '@mui/x-data-grid';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../api/client';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { CopyableId } from '../../components/CopyableId';
import { EmptyState } from '../../components/EmptyState';
import { FormDialog } from '../../components/FormDialog';
import { ListTable } from '../../components/ListTable';
import { PageHeader } from '../../components/PageHeader';
import { ShowAsCode } from '../../components/ShowAsCode';

type Provider = Schemas['IdentityProviderInfo'];

/** Where users sign in instead of here, by OpenID Connect. */
function ProvidersPage() {
  const { t } = useTranslation('team');
  const [edited, setEdited] = useState<Provider | 'new' | null>(null);
  const [deleted, setDeleted] = useState<Provider | null>(null);
  const client = useQueryClient();
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: ['identity-providers'] });
  const columns: GridColDef<Provider>[] = [
    { field: 'name', headerName: t('providers.name'), flex: 1, minWidth: 150 },
    { field: 'issuer', headerName: t('providers.issuer'), flex: 1.2, minWidth: 180, valueGetter: (_, row) => row.oidc_attributes?.issuer ?? '' },
    { field: 'status', headerName: t('providers.status'), width: 120, renderCell: ({ value }) => <Chip variant="outlined" color={value === 'ACTIVE' ? 'success' : 'default'} label={t(`providers.statuses.${value as string}`)} /> },
    { field: 'callback', headerName: t('providers.callback'), flex: 1.6, minWidth: 240, renderCell: ({ row }) => <CopyableId id={`${location.origin}/auth/oidc/${row.id}/callback`} whole /> },
    { field: 'actions', headerName: '', width: 190, renderCell: ({ row }) => <><Button onClick={() => setEdited(row)}>{t('providers.edit')}</Button><Button color="error" onClick={() => setDeleted(row)}>{t('delete', { ns: 'components' })}</Button></> },
  ];
  return (
    <>
      <PageHeader title={t('providers.title')} description={t('providers.text')}>
        <ShowAsCode call={{ method: 'GET', path: '/v3/identity-providers' }} />
        <Button variant="contained" startIcon={<Add />} onClick={() => setEdited('new')}>{t('providers.new')}</Button>
      </PageHeader>
      <ListTable<Provider> queryKey={['identity-providers', 'list']} read={(query) => dataOf(api.GET('/v3/identity-providers', { params: { query } }))} columns={columns} label={t('providers.title')} empty={<EmptyState icon={FingerprintOutlined} title={t('providers.empty')} text={t('providers.text')} />} />
      {edited && <ProviderDialog of={edited === 'new' ? null : edited} onClose={() => setEdited(null)} onDone={changed} />}
      {deleted && (
        <ConfirmDialog title={t('providers.deleteTitle', { name: deleted.name })} text={t('providers.deleteText')} action={t('delete', { ns: 'components' })} danger onClose={() => setDeleted(null)}
          onConfirm={async () => { await api.DELETE('/v3/identity-providers/{identity_provider_id}', { params: { path: { identity_provider_id: deleted.id } } }); await changed(); }} />
      )}
    </>
  );
}

/** Issuer, client and secret; endpoints and keys are read from what the issuer publishes. */
function ProviderDialog({ of, onClose, onDone }: { of: Provider | null; onClose: () => void; onDone: () => Promise<void> }) {
  const { t } = useTranslation('team');
  const [name, setName] = useState(of?.name ?? '');
  const [issuer, setIssuer] = useState(of?.oidc_attributes?.issuer ?? '');
  const [id, setId] = useState(of?.oidc_attributes?.client_id ?? '');
  const [secret, setSecret] = useState('');
  const [redirect, setRedirect] = useState(of?.oidc_attributes?.redirect_uri ?? '');
  const [isEnrolling, setEnrolling] = useState(of?.oidc_attributes?.auto_enrollment ?? false);
  const [status, setStatus] = useState(of?.status ?? 'ACTIVE');
  const bodyWith = (clientSecret: string): Schemas['IdentityProviderReq'] => ({
    name, type: 'OIDC', status,
    // What the form does not show, such as mappings, stays.
    oidc_attributes: { ...of?.oidc_attributes, issuer, client_id: id, auto_enrollment: isEnrolling, redirect_uri: redirect, ...(clientSecret ? { client_secret: clientSecret } : {}) },
  });
  const submit = async (): Promise<void> => {
    const query = { discovery: 'true' };
    if (of) await api.PUT('/v3/identity-providers/{identity_provider_id}', { params: { path: { identity_provider_id: of.id }, query }, body: bodyWith(secret) });
    else await api.POST('/v3/identity-providers', { params: { query }, body: bodyWith(secret) });
    await onDone();
  };
  const body = bodyWith(secret && '…');
  return (
    <FormDialog title={of ? of.name : t('providers.new')} action={t('save', { ns: 'components' })} call={of ? { method: 'PUT', path: `/v3/identity-providers/${of.id}?discovery=true`, body } : { method: 'POST', path: '/v3/identity-providers?discovery=true', body }} onSubmit={submit} onClose={onClose}>
      <TextField label={t('providers.name')} value={name} onChange={(event) => setName(event.target.value)} autoFocus />
      <TextField label={t('providers.issuer')} value={issuer} onChange={(event) => setIssuer(event.target.value)} placeholder="https://id.example.com" helperText={t('providers.issuerHelp')} />
      <TextField label={t('providers.client')} value={id} onChange={(event) => setId(event.target.value)} />
      <TextField label={t('providers.secret')} type="password" autoComplete="off" value={secret} onChange={(event) => setSecret(event.target.value)} helperText={of ? t('providers.secretKept') : undefined} />
      <TextField label={t('providers.redirect')} value={redirect} onChange={(event) => setRedirect(event.target.value)} helperText={t('providers.redirectHelp')} />
      <FormControlLabel control={<Switch checked={isEnrolling} onChange={(event) => setEnrolling(event.target.checked)} />} label={t('providers.enrolling')} />
      <TextField select label={t('providers.status')} value={status} onChange={(event) => setStatus(event.target.value as typeof status)}>
        {['ACTIVE', 'SUSPENDED'].map((value) => <MenuItem key={value} value={value}>{t(`providers.statuses.${value}`)}</MenuItem>)}
      </TextField>
    </FormDialog>
  );
}

export const Component = ProvidersPage;
