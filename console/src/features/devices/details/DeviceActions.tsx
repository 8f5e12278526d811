import { Button, MenuItem, TextField } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, dataOf } from '../../../api/client';
import { ConfirmDialog } from '../../../components/ConfirmDialog';
import { FormDialog } from '../../../components/FormDialog';
import { RowActions } from '../../../components/RowActions';
import { removeDevice, resume, suspend, type Device } from '../deviceApi';

const LabelDialog = lazy(async () => ({ default: (await import('./LabelDialog')).LabelDialog }));

/** Suspend or resume, delete, and print a label. */
export function DeviceActions({ device }: { device: Device }) {
  const { t } = useTranslation('devices');
  const [asked, setAsked] = useState<'suspend' | 'resume' | 'delete' | 'label' | null>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ['devices'] });
  const close = (): void => setAsked(null);
  const name = device.endpoint_name || device.id;
  return (
    <>
      {device.operator_suspended
        ? <Button variant="contained" onClick={() => setAsked('resume')}>{t('actions.resume')}</Button>
        : <Button variant="outlined" onClick={() => setAsked('suspend')}>{t('actions.suspend')}</Button>}
      <Button variant="outlined" color="error" onClick={() => setAsked('delete')}>{t('actions.delete')}</Button>
      <RowActions name={name} items={[[t('label.action'), () => setAsked('label')]]} />
      {asked === 'label' && <Suspense fallback={null}><LabelDialog device={device} onClose={close} /></Suspense>}
      {asked === 'suspend' && <SuspendDialog device={device} onDone={refresh} onClose={close} />}
      {asked === 'resume' && (
        <ConfirmDialog title={t('actions.resumeTitle', { name })} text={t('actions.resumeText')} action={t('actions.resume')} onClose={close}
          onConfirm={async () => (await resume(device.id, device.last_operator_suspended_category ?? '', ''), await refresh())} />
      )}
      {asked === 'delete' && (
        <ConfirmDialog danger title={t('actions.deleteTitle', { name })} text={t('actions.deleteText')} action={t('actions.delete')} onClose={close}
          onConfirm={async () => (await removeDevice(device.id), await navigate('/devices'), await client.invalidateQueries({ queryKey: ['devices', 'list'] }))} />
      )}
    </>
  );
}

function SuspendDialog({ device, onDone, onClose }: { device: Device; onDone: () => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation('devices');
  const [category, setCategory] = useState('maintenance');
  const [description, setDescription] = useState('');
  const categories = useQuery({
    queryKey: ['block-categories'], staleTime: Infinity,
    queryFn: async () => (await dataOf(api.GET('/v3/device-block-categories', { params: { query: { limit: 100 } } }))).data,
  });
  const body = { category, description };
  return (
    <FormDialog title={t('actions.suspendTitle', { name: device.endpoint_name || device.id })} action={t('actions.suspend')} fields={[]} call={{ method: 'POST', path: `/v3/devices/${device.id}/suspend`, body }} onClose={onClose}
      onSubmit={async () => (await suspend(device.id, category, description), await onDone())}>
      <span>{t('actions.suspendText')}</span>
      <TextField select label={t('actions.category')} value={category} onChange={(event) => setCategory(event.target.value)}>
        {[...new Set([category, ...(categories.data ?? []).map((c) => c.reference)])].map((reference) => <MenuItem key={reference} value={reference}>{reference.replaceAll('_', ' ')}</MenuItem>)}
      </TextField>
      <TextField label={t('actions.reason')} value={description} onChange={(event) => setDescription(event.target.value)} multiline minRows={2} />
    </FormDialog>
  );
}
