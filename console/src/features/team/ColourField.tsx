import { Box, TextField } from '@mui/material';
import { useTranslation } from 'react-i18next';

/** A colour, typed or picked. */
export function ColourField({ label, value, hex, isWrong, onText }: { label: string; value: string; hex: string | undefined; isWrong: boolean; onText: (text: string) => void }) {
  const { t } = useTranslation('team');
  return (
    <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
      <Box component="input" type="color" aria-label={t('branding.pick', { name: label })} value={hex ?? '#888888'} onChange={(event: React.ChangeEvent<HTMLInputElement>) => onText(event.target.value)}
        sx={{ width: 38, height: 38, p: 0.25, border: 1, borderColor: 'divider', borderRadius: 1, bgcolor: 'background.paper', cursor: 'pointer', opacity: hex ? 1 : 0.35, flexShrink: 0 }} />
      <TextField label={label} value={value} onChange={(event) => onText(event.target.value)} placeholder={t('branding.default')} error={isWrong} {...(isWrong ? { helperText: t('branding.wrong') } : {})} spellCheck={false} fullWidth slotProps={{ inputLabel: { shrink: true } }} />
    </Box>
  );
}
