import { TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../../../components/FormDialog';
import { requests } from '../../../../live/RequestStore';
import { toBase64 } from '../../../../lwm2m/base64';
import { formats } from '../../../../lwm2m/payload';
import type { Device } from '../../deviceApi';

/** Executes a resource, with arguments if somebody gives any (OMA-TS-LightweightM2M_Core, 6.3.5). */
export function ExecuteDialog({ device, path, name, onClose }: { device: Device; path: string; name: string; onClose: () => void }) {
  const { t } = useTranslation('devices');
  const [text, setText] = useState('');
  const payload = new TextEncoder().encode(text);
  const content = text === '' ? {} : { payload, contentType: formats.text };
  const body = { method: 'POST', uri: path, ...(text === '' ? {} : { 'content-type': formats.text, 'payload-b64': toBase64(payload) }) };
  return (
    <FormDialog title={t('execute.title', { name })} action={t('resources.execute')} call={{ method: 'POST', path: `/v2/device-requests/${device.id}?async-id=execute-1`, body }} onClose={onClose}
      onSubmit={() => (void requests.send(device.id, 'POST', path, content), Promise.resolve())}>
      <Typography>{t('execute.text', { device: device.endpoint_name || device.id, path })}</Typography>
      <TextField label={t('execute.arguments')} value={text} onChange={(event) => setText(event.target.value)} placeholder="0='on'" helperText={t('execute.help')} />
    </FormDialog>
  );
}
