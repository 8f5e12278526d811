import { Autocomplete, Button, Card, MenuItem, TextField, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../../api/client';
import { FormDialog, useFieldError } from '../../../components/FormDialog';
import { useNotice } from '../../../components/Notices';
import { Text } from '../../../components/Text';

type Device = Pick<Schemas['DeviceData'], 'id' | 'endpoint_name' | 'name'>;
const reasons = ['unspecified', 'key_compromise', 'affiliation_changed', 'cessation_of_operation', 'privilege_withdrawn'] as const;

/** Takes a device's certificate back. */
export function Revocation() {
  const { t } = useTranslation('identity');
  const [isOpen, setOpen] = useState(false);
  return (
    <Card sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 1.5, alignItems: 'flex-start' }}>
      <Typography variant="h2">{t('revoke.title')}</Typography>
      <Typography color="textSecondary" variant="body2">{t('revoke.text')}</Typography>
      <Button variant="outlined" color="error" onClick={() => setOpen(true)}>{t('revoke.action')}</Button>
      {isOpen && <RevokeDialog onClose={() => setOpen(false)} />}
    </Card>
  );
}

function RevokeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('identity');
  const [device, setDevice] = useState<Device | null>(null);
  const [name, setName] = useState('LWM2M');
  const [reason, setReason] = useState<(typeof reasons)[number]>('unspecified');
  const [description, setDescription] = useState('');
  const notify = useNotice();
  const client = useQueryClient();
  const body = { reason, description };
  return (
    <FormDialog title={t('revoke.action')} action={t('revoke.action')} fields={['device-id', 'certificate-name', 'reason', 'description']} isReady={device !== null} onClose={onClose}
      call={{ method: 'POST', path: `/v3/devices/${device?.id ?? '{device-id}'}/certificates/${encodeURIComponent(name)}/revoke`, body }}
      onSubmit={async () => {
        await api.POST('/v3/devices/{device-id}/certificates/{certificate-name}/revoke', { params: { path: { 'device-id': device!.id, 'certificate-name': name } }, body });
        notify(t('revoke.done'));
        await client.invalidateQueries({ queryKey: ['devices'] });
      }}>
      <DeviceField value={device} onChange={setDevice} />
      <Text field="certificate-name" label={t('renewals.certificate')} help={t('renewals.certificateHelp')} value={name} onText={setName} />
      <Text field="reason" select label={t('revoke.reason')} value={reason} onText={(value) => setReason(value as typeof reason)}>{reasons.map((value) => <MenuItem key={value} value={value}>{t(`revoke.reasons.${value}`)}</MenuItem>)}</Text>
      <Text field="description" label={t('revoke.remark')} value={description} onText={setDescription} />
    </FormDialog>
  );
}

function DeviceField({ value, onChange }: { value: Device | null; onChange: (device: Device | null) => void }) {
  const { t } = useTranslation('identity');
  const [text, setText] = useState('');
  const typed = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ['devices', 'choice', typed], staleTime: 10_000,
    queryFn: async () => (await dataOf(api.GET('/v3/devices', { params: { query: { limit: 20, ...(typed ? { filter: `endpoint_name__like=${encodeURIComponent(typed)}` } : {}) } } }))).data as Device[],
  });
  return (
    <Autocomplete<Device> options={found.data ?? []} filterOptions={(all) => all} loading={found.isFetching} value={value} onChange={(_, device) => onChange(device)} onInputChange={(_, next, why) => why === 'input' && setText(next)}
      getOptionLabel={(device) => device.endpoint_name} isOptionEqualToValue={(a, b) => a.id === b.id} renderInput={(props) => <TextField {...props} label={t('enrollments.device')} {...useFieldError('device-id', t('revoke.deviceHelp'))} autoFocus />} />
  );
}
