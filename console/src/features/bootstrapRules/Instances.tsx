import { Autocomplete, Box, Button, IconButton, TextField } from '@mui/material';
import Add from '@mui/icons-material/Add';
import DeleteOutlined from '@mui/icons-material/DeleteOutlined';
import { useTranslation } from 'react-i18next';
import { useFieldError } from '../../components/FormDialog';
import { Text } from '../../components/Text';
import type { ObjectModel } from '../../lwm2m/model';
import { isMultiple, objectOf, type InstanceDraft } from './draft';
import { Part } from './Part';

/** What else is written to the device: instances of any object, resource by resource. */
export function Instances({ value, model, onChange }: { value: InstanceDraft[]; model: ObjectModel | undefined; onChange: (value: InstanceDraft[]) => void }) {
  const { t } = useTranslation('bootstrapRules');
  const set = (index: number, next: InstanceDraft): void => onChange(value.map((one, i) => (i === index ? next : one)));
  return (
    <Part title={t('parts.instances')} text={t('help.instances')}>
      {value.map((one, index) => <Instance key={index} value={one} model={model} onChange={(next) => set(index, next)} onRemove={() => onChange(value.filter((_, i) => i !== index))} />)}
      <Button variant="outlined" startIcon={<Add />} sx={{ alignSelf: 'flex-start' }} onClick={() => onChange([...value, { path: '', values: [{ resource: '', text: '' }] }])}>{t('addInstance')}</Button>
    </Part>
  );
}

function Instance({ value, model, onChange, onRemove }: { value: InstanceDraft; model: ObjectModel | undefined; onChange: (value: InstanceDraft) => void; onRemove: () => void }) {
  const { t } = useTranslation('bootstrapRules');
  const object = model?.get(objectOf(value.path) ?? -1);
  const options = object ? [...object.resources.values()].filter((resource) => resource.type !== '').map((resource) => String(resource.id)) : [];
  const labelOf = (id: string): string => {
    const name = id === '' ? undefined : object?.resources.get(Number(id))?.name;
    return name ? `${id} ${name}` : id;
  };
  const set = (index: number, part: Partial<InstanceDraft['values'][number]>): void => onChange({ ...value, values: value.values.map((one, i) => (i === index ? { ...one, ...part } : one)) });
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 1.5, display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
        <Text field={`instances.${value.path.trim()}`} label={t('path')} help={object ? object.name : t('help.instancePath')} value={value.path} onText={(path) => onChange({ ...value, path })} placeholder="/16/0" sx={{ flex: 1 }} />
        <IconButton aria-label={t('remove', { name: value.path || t('path') })} onClick={onRemove}><DeleteOutlined fontSize="small" /></IconButton>
      </Box>
      {value.values.map((one, index) => (
        <Box key={index} sx={{ display: 'flex', gap: 1, alignItems: 'flex-start', pl: { sm: 3 } }}>
          <Autocomplete freeSolo options={options} getOptionLabel={labelOf} value={one.resource} inputValue={labelOf(one.resource)} onChange={(_, next) => set(index, { resource: next ?? '' })} onInputChange={(_, next, why) => why === 'input' && set(index, { resource: next.replace(/\D.*$/, '') })}
            sx={{ flex: 1, minWidth: 120 }} renderInput={(props) => <TextField {...props} label={t('resource')} />} />
          <ValueField field={`instances.${value.path.trim()}.${one.resource}`} text={one.text} isMultiple={isMultiple(model, value.path, one.resource)} type={(one.resource !== '' && object?.resources.get(Number(one.resource))?.type) || ''} onText={(text) => set(index, { text })} />
          <IconButton aria-label={t('remove', { name: labelOf(one.resource) || t('resource') })} onClick={() => onChange({ ...value, values: value.values.filter((_, i) => i !== index) })}><DeleteOutlined fontSize="small" /></IconButton>
        </Box>
      ))}
      <Button startIcon={<Add />} sx={{ alignSelf: 'flex-start', ml: { sm: 3 } }} onClick={() => onChange({ ...value, values: [...value.values, { resource: '', text: '' }] })}>{t('addResource')}</Button>
    </Box>
  );
}

function ValueField({ field, text, isMultiple: isMany, type, onText }: { field: string; text: string; isMultiple: boolean; type: string; onText: (text: string) => void }) {
  const { t } = useTranslation('bootstrapRules');
  const help = [type, isMany ? t('help.lines') : ''].filter((part) => part !== '').join(', ');
  return <TextField label={t('value')} value={text} onChange={(event) => onText(event.target.value)} multiline={isMany} minRows={isMany ? 2 : 1} sx={{ flex: 2 }} {...useFieldError(field, help)} />;
}
