import { MenuItem, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../../../components/FormDialog';
import { requests } from '../../../../live/RequestStore';
import { toBase64 } from '../../../../lwm2m/base64';
import { encodeValue, interpret } from '../../../../lwm2m/interpret';
import type { ResourceNode } from '../../../../lwm2m/tree';
import type { Device } from '../../deviceApi';

/** Writes a resource. The server has the value at once; the device gets it when it listens, and the row says when. */
export function WriteDialog({ device, resource, name, onClose }: { device: Device; resource: ResourceNode; name: string; onClose: () => void }) {
  const { t } = useTranslation('devices');
  const { definition, path, known } = resource;
  const isBoolean = definition?.type === 'Boolean';
  const [text, setText] = useState(() => initial(resource));
  const encoded = encodeValue(text, definition);
  const body = 'payload' in encoded ? { method: 'PUT', uri: path, 'content-type': encoded.contentType, 'payload-b64': toBase64(encoded.payload) } : undefined;
  const submit = (): Promise<void> => {
    if ('problem' in encoded) return Promise.reject(new Error(t(`write.${encoded.problem}`)));
    const written = definition?.type === 'Opaque' ? encoded.payload : new TextDecoder().decode(encoded.payload);
    void requests.send(device.id, 'PUT', path, { payload: encoded.payload, contentType: encoded.contentType, written });
    return Promise.resolve();
  };
  const help = [definition?.type, definition?.range, resource.units].filter(Boolean).join(' · ');
  const problem = 'problem' in encoded && text !== '' ? t(`write.${encoded.problem}`) : null;
  return (
    <FormDialog title={t('write.title', { name })} action={t('resources.write')} call={{ method: 'POST', path: `/v2/device-requests/${device.id}?async-id=write-1`, ...(body ? { body } : {}) }} onSubmit={submit} onClose={onClose}>
      <Typography variant="body2" color="textSecondary">{t('write.text')}</Typography>
      <TextField
        label={path} value={text} onChange={(event) => setText(event.target.value)} autoFocus select={isBoolean} multiline={definition?.type === 'Opaque'}
        error={problem !== null} helperText={problem ?? help} slotProps={{ inputLabel: { shrink: true } }}
      >
        {isBoolean && ['0', '1'].map((value) => <MenuItem key={value} value={value}>{t(value === '1' ? 'resources.true' : 'resources.false')}</MenuItem>)}
      </TextField>
      {known && <Typography variant="caption" color="textSecondary">{t('write.now', { value: describe(resource) })}</Typography>}
    </FormDialog>
  );
}

function initial({ known, definition }: ResourceNode): string {
  if (definition?.type === 'Boolean') {
    const value = known ? interpret(known.value, definition) : null;
    return value?.kind === 'boolean' && !value.value ? '1' : '0';
  }
  return known && definition?.type !== 'Opaque' ? describe({ known, definition }) : '';
}

function describe({ known, definition }: Pick<ResourceNode, 'known' | 'definition'>): string {
  if (!known) return '';
  const value = interpret(known.value, definition);
  switch (value.kind) {
    case 'number': return String(value.number);
    case 'boolean': return value.value ? '1' : '0';
    case 'time': return new Date(value.at).toISOString();
    default: return value.text;
  }
}
