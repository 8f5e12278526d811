import { Box, Button, Card, IconButton, TextField, Typography } from '@mui/material';
import Add from '@mui/icons-material/Add';
import DeleteOutline from '@mui/icons-material/DeleteOutlined';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import { ApiError } from '../../../api/errors';
import { useNotice } from '../../../components/Notices';
import { Problem } from '../../../components/Problem';
import { ShowAsCode } from '../../../components/ShowAsCode';
import { useWork } from '../../../components/useWork';
import type { Device } from '../deviceApi';

const mostAttributes = 5;

/** What people call the device, and up to five attributes of their own. */
export default function SettingsTab({ device }: { device: Device }) {
  const { t } = useTranslation('devices');
  const [name, setName] = useState(device.name);
  const [description, setDescription] = useState(device.description);
  const [attributes, setAttributes] = useState<(readonly [key: string, value: string])[]>(() => Object.entries(device.custom_attributes));
  const { isRunning, error, run } = useWork();
  const notify = useNotice();
  const client = useQueryClient();
  const body = { name, description, custom_attributes: Object.fromEntries(attributes.filter(([key]) => key !== '')) };
  const of = (field: string): { error: boolean; helperText: string | undefined } => {
    const message = error instanceof ApiError ? error.messageOf(field) : undefined;
    return { error: message !== undefined, helperText: message };
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await run(async () => {
      await api.PUT('/v3/devices/{id}', { params: { path: { id: device.id } }, body });
      await client.invalidateQueries({ queryKey: ['devices'] });
      notify(t('settings.saved'));
    });
  };
  return (
    <Card component="form" onSubmit={(event: FormEvent) => void submit(event)} sx={{ p: 2, maxWidth: 640, display: 'flex', flexDirection: 'column', gap: 2 }}>
      <TextField label={t('fields.name')} value={name} onChange={(event) => setName(event.target.value)} {...of('name')} />
      <TextField label={t('fields.description')} value={description} onChange={(event) => setDescription(event.target.value)} multiline minRows={2} {...of('description')} />
      <Typography variant="h3">{t('fields.custom_attributes')}</Typography>
      {attributes.map(([key, value], index) => (
        <Box key={index} sx={{ display: 'flex', gap: 1 }}>
          <TextField label={t('filter.key')} value={key} onChange={(event) => setAttributes(attributes.map((a, i) => (i === index ? [event.target.value, a[1]] : a)))} sx={{ flex: 1 }} />
          <TextField label={t('filter.value')} value={value} onChange={(event) => setAttributes(attributes.map((a, i) => (i === index ? [a[0], event.target.value] : a)))} sx={{ flex: 2 }} />
          <IconButton aria-label={t('settings.remove', { key })} onClick={() => setAttributes(attributes.filter((_, i) => i !== index))}><DeleteOutline /></IconButton>
        </Box>
      ))}
      {error !== null && <Problem error={error} />}
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <Button startIcon={<Add />} disabled={attributes.length >= mostAttributes} onClick={() => setAttributes([...attributes, ['', '']])}>{t('settings.add')}</Button>
        <Box sx={{ flex: 1 }} />
        <ShowAsCode call={{ method: 'PUT', path: `/v3/devices/${device.id}`, body }} />
        <Button type="submit" variant="contained" loading={isRunning}>{t('save', { ns: 'components' })}</Button>
      </Box>
    </Card>
  );
}
