import { Box, Button, IconButton, InputAdornment, TextField, Tooltip } from '@mui/material';
import Clear from '@mui/icons-material/Clear';
import FilterList from '@mui/icons-material/FilterList';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { mono } from '../../app/theme';
import { FilterBuilder } from './FilterBuilder';
import { formatFilter, parseFilter } from './filter';
import { SavedFilters } from './SavedFilters';

/** The filter as text, as conditions to choose, and those that were saved. A word alone looks for endpoint names. */
export function FilterBar({ filter, onChange }: { filter: string; onChange: (filter: string) => void }) {
  const { t } = useTranslation('devices');
  const [text, setText] = useState(filter);
  const [builder, setBuilder] = useState<HTMLElement | null>(null);
  useEffect(() => setText(filter), [filter]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const typed = text.trim();
    onChange(typed === '' || typed.includes('=') ? formatFilter(parseFilter(typed)) : formatFilter([{ field: 'endpoint_name', operator: 'like', value: typed }]));
  };
  return (
    <Box component="form" role="search" onSubmit={submit} sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      <TextField
        value={text} onChange={(event) => setText(event.target.value)} placeholder={t('filter.placeholder')} sx={{ flex: '1 1 260px' }}
        slotProps={{
          htmlInput: { 'aria-label': t('filter.label'), spellCheck: false, sx: { fontFamily: mono, fontSize: '0.82rem' } },
          input: { endAdornment: text && <InputAdornment position="end"><Tooltip title={t('filter.clear')}><IconButton size="small" aria-label={t('filter.clear')} onClick={() => onChange('')}><Clear fontSize="small" /></IconButton></Tooltip></InputAdornment> },
        }}
      />
      <Button type="submit" variant="contained">{t('filter.apply')}</Button>
      <Button variant="outlined" startIcon={<FilterList />} onClick={(event) => setBuilder(event.currentTarget)}>{t('filter.build')}</Button>
      <SavedFilters filter={filter} onChoose={onChange} />
      <FilterBuilder anchor={builder} filter={filter} onClose={() => setBuilder(null)} onApply={onChange} />
    </Box>
  );
}
