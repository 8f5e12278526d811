import { Box, Button, FormHelperText, IconButton, MenuItem } from '@mui/material';
import Add from '@mui/icons-material/Add';
import DeleteOutlined from '@mui/icons-material/DeleteOutlined';
import { useTranslation } from 'react-i18next';
import { useFieldError } from '../../components/FormDialog';
import { Text } from '../../components/Text';
import type { ObjectModel } from '../../lwm2m/model';
import { attributeNames, type Choice, type ObservationDraft } from './draft';
import { Part } from './Part';

/** What is observed whenever the device registers, and when it notifies (Core TS 1.2.2, 7.3). */
export function Observations({ value, model, onChange }: { value: ObservationDraft[]; model: ObjectModel | undefined; onChange: (value: ObservationDraft[]) => void }) {
  const { t } = useTranslation('bootstrapRules');
  return (
    <Part title={t('parts.observations')} text={t('help.observations')}>
      {value.map((one, index) => <Observation key={index} index={index} value={one} model={model} onChange={(next) => onChange(value.map((other, i) => (i === index ? next : other)))} onRemove={() => onChange(value.filter((_, i) => i !== index))} />)}
      <Button variant="outlined" startIcon={<Add />} sx={{ alignSelf: 'flex-start' }} onClick={() => onChange([...value, { path: '', numbers: {}, con: '', edge: '' }])}>{t('addObservation')}</Button>
    </Part>
  );
}

function Observation({ index, value, model, onChange, onRemove }: { index: number; value: ObservationDraft; model: ObjectModel | undefined; onChange: (value: ObservationDraft) => void; onRemove: () => void }) {
  const { t } = useTranslation('bootstrapRules');
  const whole = useFieldError(`observations[${index}]`);
  return (
    <Box sx={{ border: 1, borderColor: whole.error ? 'error.main' : 'divider', borderRadius: 1, p: 1.5, display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
        <Text field={`observations[${index}].path`} label={t('path')} help={nameOf(value.path, model) ?? t('help.observationPath')} value={value.path} onText={(path) => onChange({ ...value, path })} placeholder="/3303/0/5700" sx={{ flex: 1 }} />
        <IconButton aria-label={t('remove', { name: value.path || t('path') })} onClick={onRemove}><DeleteOutlined fontSize="small" /></IconButton>
      </Box>
      <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))', gap: 1.5 }}>
        {attributeNames.map((name) => (
          <Text key={name} field={`observations[${index}].${name}`} label={name} help={t(`attributes.${name}`)} value={value.numbers[name] ?? ''} onText={(text) => onChange({ ...value, numbers: { ...value.numbers, [name]: text } })} slotProps={{ htmlInput: { inputMode: 'decimal' } }} />
        ))}
        {(['con', 'edge'] as const).map((name) => (
          <Text key={name} field={`observations[${index}].${name}`} select label={name} help={t(`attributes.${name}`)} value={value[name]} onText={(text) => onChange({ ...value, [name]: text as Choice })} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
            {(['', 'true', 'false'] as const).map((choice) => <MenuItem key={choice} value={choice}>{t(`choices.${name}.${choice || 'none'}`)}</MenuItem>)}
          </Text>
        ))}
      </Box>
      {whole.error && <FormHelperText error>{whole.helperText}</FormHelperText>}
    </Box>
  );
}

/** `Temperature, Sensor Value`. */
function nameOf(path: string, model: ObjectModel | undefined): string | undefined {
  const [object, , resource] = path.trim().replace(/^\//, '').split('/');
  const definition = object ? model?.get(Number(object)) : undefined;
  const name = resource ? definition?.resources.get(Number(resource))?.name : undefined;
  return definition && [definition.name, name].filter(Boolean).join(', ');
}
