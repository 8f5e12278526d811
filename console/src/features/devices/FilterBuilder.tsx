import { Autocomplete, Box, Button, IconButton, MenuItem, Popover, TextField, Typography } from '@mui/material';
import Add from '@mui/icons-material/Add';
import DeleteOutline from '@mui/icons-material/DeleteOutlined';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fields, formatFilter, parseFilter, type Condition } from './filter';

const blank: Condition = { field: 'endpoint_name', operator: 'like', value: '' };

/** Conditions to choose, all of which must hold. */
export function FilterBuilder({ anchor, filter, onApply, onClose }: { anchor: HTMLElement | null; filter: string; onApply: (filter: string) => void; onClose: () => void }) {
  const { t } = useTranslation('devices');
  const [conditions, setConditions] = useState<Condition[]>([]);
  const isOpen = anchor !== null;
  useEffect(() => {
    if (!isOpen) return;
    const present = parseFilter(filter);
    setConditions(present.length > 0 ? present : [blank]);
  }, [isOpen, filter]);
  const change = (index: number, next: Condition): void => setConditions(conditions.map((condition, i) => (i === index ? next : condition)));
  return (
    <Popover open={isOpen} anchorEl={anchor} onClose={onClose} anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }} slotProps={{ paper: { sx: { p: 2, width: 680, maxWidth: '95vw' } } }}>
      <Box component="form" onSubmit={(event: React.FormEvent) => (event.preventDefault(), onApply(formatFilter(conditions)), onClose())}>
        <Typography variant="h3" sx={{ mb: 1.5 }}>{t('filter.all')}</Typography>
        {conditions.map((condition, index) => (
          <ConditionRow key={index} condition={condition} onChange={(next) => change(index, next)} onRemove={() => setConditions(conditions.filter((_, i) => i !== index))} />
        ))}
        <Box sx={{ display: 'flex', gap: 1, mt: 1.5 }}>
          <Button startIcon={<Add />} onClick={() => setConditions([...conditions, blank])}>{t('filter.add')}</Button>
          <Box sx={{ flex: 1 }} />
          <Button type="submit" variant="contained">{t('filter.apply')}</Button>
        </Box>
      </Box>
    </Popover>
  );
}

function ConditionRow({ condition, onChange, onRemove }: { condition: Condition; onChange: (condition: Condition) => void; onRemove: () => void }) {
  const { t } = useTranslation('devices');
  const [name = '', key = ''] = condition.field.split(/__(.*)/s);
  const field = fields.find((f) => f.name === name);
  const choose = (chosen: string): void => {
    const next = fields.find((f) => f.name === chosen)!;
    onChange({ field: next.hasKey ? `${chosen}__` : chosen, operator: next.operators.includes(condition.operator) ? condition.operator : next.operators[0]!, value: next.values ? next.values[0]! : '' });
  };
  return (
    <Box sx={{ display: 'flex', gap: 1, mb: 1, flexWrap: 'wrap', alignItems: 'center' }}>
      <TextField select value={field ? name : ''} onChange={(event) => choose(event.target.value)} sx={{ flex: '1 1 150px' }} slotProps={{ select: { 'aria-label': t('filter.field') } }}>
        {fields.map((f) => <MenuItem key={f.name} value={f.name}>{t(`fields.${f.name}`)}</MenuItem>)}
      </TextField>
      {field?.hasKey && <TextField value={key} placeholder={t('filter.key')} onChange={(event) => onChange({ ...condition, field: `${name}__${event.target.value}` })} sx={{ flex: '1 1 90px' }} slotProps={{ htmlInput: { 'aria-label': t('filter.key') } }} />}
      <TextField select value={condition.operator} onChange={(event) => onChange({ ...condition, operator: event.target.value as Condition['operator'] })} sx={{ flex: '0 1 130px' }} slotProps={{ select: { 'aria-label': t('filter.operator') } }}>
        {(field?.operators ?? [condition.operator]).map((operator) => <MenuItem key={operator} value={operator}>{t(`operators.${operator}`)}</MenuItem>)}
      </TextField>
      <Autocomplete
        freeSolo options={field?.values ?? []} inputValue={condition.value} onInputChange={(_, value) => onChange({ ...condition, value })} sx={{ flex: '2 1 160px' }}
        renderInput={(props) => <TextField {...props} placeholder={field?.isTime ? '2026-01-31T12:00:00Z' : t('filter.value')} aria-label={t('filter.value')} />}
      />
      <IconButton aria-label={t('filter.remove')} onClick={onRemove}><DeleteOutline fontSize="small" /></IconButton>
    </Box>
  );
}
