import { Alert, Box, Button, Card, Chip, MenuItem, TextField, Typography } from '@mui/material';
import type { GridColDef } from '@mui/x-data-grid';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../../../api/client';
import { CertificateChain } from '../../../../components/CertificateCard';
import { CopyableId } from '../../../../components/CopyableId';
import { Facts } from '../../../../components/Facts';
import { FormDialog, useFieldError } from '../../../../components/FormDialog';
import { ListTable } from '../../../../components/ListTable';
import { useNotice } from '../../../../components/Notices';
import { PageLink } from '../../../../components/PageLink';
import { Time } from '../../../../components/Time';
import { session } from '../../../../session/session';
import type { Device } from '../../deviceApi';

type Renewal = Schemas['CertificateEnrollmentData'];

const soon = 30 * 86_400_000;
const reasons = ['unspecified', 'key_compromise', 'affiliation_changed', 'cessation_of_operation', 'privilege_withdrawn'] as const;

/** What the device proves who it is with, who vouches for it, until when; and renewing or revoking that. */
export default function IdentityTab({ device }: { device: Device }) {
  const { t } = useTranslation('devices');
  const [dialog, setDialog] = useState<'renew' | 'revoke' | null>(null);
  const authority = useQuery({
    queryKey: ['trusted-certificates', device.ca_id], enabled: device.ca_id !== '', retry: 0,
    queryFn: () => dataOf(api.GET('/v3/trusted-certificates/{cert_id}', { params: { path: { cert_id: device.ca_id } } })),
  });
  const claim = useQuery({
    queryKey: ['device-enrollments', 'of', device.id], retry: 0,
    queryFn: async () => (await dataOf(api.GET('/v3/device-enrollments', { params: { query: { limit: 2, filter: `enrolled_device_id__eq=${device.id}` } } }))).data[0] ?? null,
  });
  const ends = device.connector_expiration_date ? Date.parse(device.connector_expiration_date) - Date.now() : null;
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: '1fr 1fr' }, alignItems: 'start' }}>
      <Card sx={{ p: 2 }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 1.5, flexWrap: 'wrap' }}>
          <Typography variant="h2" sx={{ flex: 1 }}>{t('identity.certificate')}</Typography>
          <Button variant="outlined" onClick={() => setDialog('renew')}>{t('identity.renew')}</Button>
          {session.isAdministrator && <Button variant="outlined" color="error" onClick={() => setDialog('revoke')}>{t('identity.revoke')}</Button>}
        </Box>
        {ends !== null && ends < 0 && <Alert severity="error" sx={{ mb: 1.5 }}>{t('identity.expired')}</Alert>}
        {ends !== null && ends >= 0 && ends < soon && <Alert severity="warning" sx={{ mb: 1.5 }}>{t('identity.expires')}</Alert>}
        <Facts items={[
          [t('fields.connector_expiration_date'), device.connector_expiration_date ? <Time value={device.connector_expiration_date} relative /> : null],
          [t('fields.bootstrap_expiration_date'), device.bootstrap_expiration_date ? <Time value={device.bootstrap_expiration_date} relative /> : null],
          [t('fields.device_key'), device.device_key && <CopyableId id={device.device_key} whole />],
          [t('fields.deployed_state'), t(`identity.${device.deployed_state}`)],
        ]} />
      </Card>
      <Card sx={{ p: 2 }}>
        <Typography variant="h2" sx={{ mb: 1.5 }}>{t('identity.source')}</Typography>
        <Facts items={[
          [t('identity.authority'), authority.data ? <><PageLink to={`/identity/certificates/${authority.data.id}`}>{authority.data.name}</PageLink> <Chip label={String(authority.data.status)} variant="outlined" sx={{ height: 20 }} color={String(authority.data.status) === 'ACTIVE' ? 'success' : 'error'} /></> : device.ca_id],
          [t('identity.subject'), authority.data?.subject],
          [t('fields.issuer_fingerprint'), device.issuer_fingerprint && <CopyableId id={device.issuer_fingerprint} whole />],
          [t('fields.enrolment_list_timestamp'), <Time value={device.enrolment_list_timestamp} />],
          ...(claim.data ? [[t('identity.claim'), <CopyableId id={claim.data.enrollment_identity} whole />] as const] : []),
          [t('fields.bootstrapped_timestamp'), <Time value={device.bootstrapped_timestamp} />],
          [t('fields.created_at'), <Time value={device.created_at} />],
        ]} />
        {authority.data && (
          <Box component="details" sx={{ mt: 1.5 }}>
            <Typography component="summary" variant="body2" sx={{ cursor: 'pointer', mb: 1 }}>{t('identity.chain')}</Typography>
            <CertificateChain pem={authority.data.certificate} />
          </Box>
        )}
      </Card>
      <Suspension device={device} />
      <Renewals device={device} />
      {dialog === 'renew' && <RenewDialog device={device} onClose={() => setDialog(null)} />}
      {dialog === 'revoke' && <RevokeDialog device={device} onClose={() => setDialog(null)} />}
    </Box>
  );
}

function Suspension({ device }: { device: Device }) {
  const { t } = useTranslation('devices');
  if (!device.operator_suspended && !device.system_suspended) return null;
  const category = device.operator_suspended ? device.last_operator_suspended_category : device.last_system_suspended_category;
  const words = device.operator_suspended ? device.last_operator_suspended_description : device.last_system_suspended_description;
  return <Alert severity="error" sx={{ gridColumn: '1 / -1' }}>{t(device.operator_suspended ? 'identity.suspended' : 'identity.suspendedBySystem', { category: category?.replaceAll('_', ' ') })} {words}</Alert>;
}

function Renewals({ device }: { device: Device }) {
  const { t } = useTranslation('devices');
  const columns = useMemo<GridColDef<Renewal>[]>(() => [
    { field: 'created_at', headerName: t('events.when'), width: 190, renderCell: ({ row }) => <Time value={row.created_at} /> },
    { field: 'certificate_name', headerName: t('identity.name'), width: 130 },
    { field: 'enroll_status', headerName: t('identity.status'), width: 120 },
    { field: 'enroll_result', headerName: t('events.outcome'), width: 130 },
    { field: 'enroll_result_detail', headerName: t('events.what'), flex: 1, minWidth: 180 },
  ], [t]);
  return (
    <Box sx={{ gridColumn: '1 / -1', minWidth: 0 }}>
      <Typography variant="h2" sx={{ mb: 1 }}>{t('identity.renewals')}</Typography>
      <ListTable<Renewal>
        queryKey={['devices', 'renewals', device.id]} label={t('identity.renewals')} columns={columns} filter={`device_id__eq=${device.id}`} refetchInterval={5_000}
        read={(query) => dataOf(api.GET('/v3/certificate-enrollments', { params: { query } }))}
      />
    </Box>
  );
}

function RenewDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const { t } = useTranslation('devices');
  const [name, setName] = useState('LWM2M');
  const notify = useNotice();
  const client = useQueryClient();
  const renew = async (): Promise<void> => {
    await api.POST('/v3/devices/{device-id}/certificates/{certificate-name}/renew', { params: { path: { 'device-id': device.id, 'certificate-name': name } } });
    notify(t('identity.renewing'));
    await client.invalidateQueries({ queryKey: ['devices', 'renewals', device.id] });
  };
  return (
    <FormDialog title={t('identity.renewTitle')} action={t('identity.renew')} fields={['certificate-name']} call={{ method: 'POST', path: `/v3/devices/${device.id}/certificates/${encodeURIComponent(name)}/renew` }} onSubmit={renew} onClose={onClose}>
      <Typography>{t('identity.renewText')}</Typography>
      <CertificateName value={name} onChange={setName} />
    </FormDialog>
  );
}

function RevokeDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const { t } = useTranslation('devices');
  const [name, setName] = useState('LWM2M');
  const [reason, setReason] = useState<string>(reasons[0]);
  const [description, setDescription] = useState('');
  const notify = useNotice();
  const client = useQueryClient();
  const body = { reason, description };
  const revoke = async (): Promise<void> => {
    await api.POST('/v3/devices/{device-id}/certificates/{certificate-name}/revoke', { params: { path: { 'device-id': device.id, 'certificate-name': name } }, body: body as never });
    notify(t('identity.revoked'));
    await client.invalidateQueries({ queryKey: ['devices'] });
  };
  return (
    <FormDialog title={t('identity.revokeTitle')} action={t('identity.revoke')} fields={['reason', 'description']} call={{ method: 'POST', path: `/v3/devices/${device.id}/certificates/${encodeURIComponent(name)}/revoke`, body }} onSubmit={revoke} onClose={onClose}>
      <Typography>{t('identity.revokeText')}</Typography>
      <CertificateName value={name} onChange={setName} />
      <TextField select label={t('identity.reason')} value={reason} onChange={(event) => setReason(event.target.value)}>
        {reasons.map((r) => <MenuItem key={r} value={r}>{t(`identity.reasons.${r}`)}</MenuItem>)}
      </TextField>
      <TextField label={t('actions.reason')} value={description} onChange={(event) => setDescription(event.target.value)} />
    </FormDialog>
  );
}

function CertificateName({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  const { t } = useTranslation('devices');
  return <TextField label={t('identity.name')} value={value} onChange={(event) => onChange(event.target.value)} required {...useFieldError('certificate-name', t('identity.nameHelp'))} />;
}
