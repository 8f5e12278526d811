import { Box, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../../../components/FormDialog';
import { requests } from '../../../../live/RequestStore';
import type { Device } from '../../deviceApi';

/** When a device notifies (OMA-TS-LightweightM2M_Core, 7.3.2): seconds, thresholds, step. */
const attributes = ['pmin', 'pmax', 'gt', 'lt', 'st', 'epmin', 'epmax'] as const;

export function AttributesDialog({ device, path, name, onClose }: { device: Device; path: string; name: string; onClose: () => void }) {
  const { t } = useTranslation('devices');
  const [values, setValues] = useState<Partial<Record<(typeof attributes)[number], string>>>({});
  const query = attributes.flatMap((attribute) => {
    const value = values[attribute]?.trim();
    return value === undefined || value === '' ? [] : [value === '-' ? attribute : `${attribute}=${value}`];
  });
  const wrong = attributes.some((attribute) => !/^(-|-?\d+(\.\d+)?)?$/.test(values[attribute]?.trim() ?? ''));
  const uri = `${path}?${query.join('&')}`;
  const submit = (): Promise<void> => {
    if (query.length === 0 || wrong) return Promise.reject(new Error(t('attributes.wrong')));
    void requests.send(device.id, 'PUT', uri);
    return Promise.resolve();
  };
  return (
    <FormDialog title={t('attributes.title', { name })} action={t('attributes.write')} call={{ method: 'POST', path: `/v2/device-requests/${device.id}?async-id=attributes-1`, body: { method: 'PUT', uri } }} onSubmit={submit} onClose={onClose}>
      <Typography variant="body2" color="textSecondary">{t('attributes.text')}</Typography>
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' }, gap: 2 }}>
        {attributes.map((attribute) => (
          <TextField key={attribute} label={attribute} value={values[attribute] ?? ''} onChange={(event) => setValues({ ...values, [attribute]: event.target.value })} helperText={t(`attributes.${attribute}`)} slotProps={{ htmlInput: { inputMode: 'decimal' } }} />
        ))}
      </Box>
    </FormDialog>
  );
}
