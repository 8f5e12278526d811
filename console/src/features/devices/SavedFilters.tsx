import { Button, Divider, IconButton, ListItemText, Menu, MenuItem, TextField } from '@mui/material';
import BookmarkBorder from '@mui/icons-material/BookmarkBorder';
import DeleteOutline from '@mui/icons-material/DeleteOutlined';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../api/client';
import { FormDialog, useFieldError } from '../../components/FormDialog';
import { useNotice } from '../../components/Notices';

/** Filters with names, which everybody of the account sees: device queries. */
export function SavedFilters({ filter, onChoose }: { filter: string; onChoose: (filter: string) => void }) {
  const { t } = useTranslation('devices');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isSaving, setSaving] = useState(false);
  const notify = useNotice();
  const client = useQueryClient();
  const saved = useQuery({
    queryKey: ['device-queries'], enabled: anchor !== null,
    queryFn: async () => (await dataOf(api.GET('/v3/device-queries', { params: { query: { limit: 100, order: 'DESC' } } }))).data,
  });
  const remove = async (id: string): Promise<void> => {
    try {
      await api.DELETE('/v3/device-queries/{query_id}', { params: { path: { query_id: id } } });
      await client.invalidateQueries({ queryKey: ['device-queries'] });
    } catch (error) {
      notify(error as Error);
    }
  };
  return (
    <>
      <Button variant="outlined" startIcon={<BookmarkBorder />} onClick={(event) => setAnchor(event.currentTarget)}>{t('saved.button')}</Button>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)} slotProps={{ paper: { sx: { minWidth: 280, maxWidth: 460 } } }}>
        <MenuItem disabled={filter === ''} onClick={() => (setAnchor(null), setSaving(true))}>{t('saved.save')}</MenuItem>
        <Divider />
        {saved.data?.length === 0 && <MenuItem disabled>{t('saved.none')}</MenuItem>}
        {(saved.data ?? []).map((query) => (
          <MenuItem key={query.id} onClick={() => (setAnchor(null), onChoose(query.query))}>
            <ListItemText primary={query.name} secondary={query.query} slotProps={{ secondary: { noWrap: true } }} />
            <IconButton size="small" aria-label={t('saved.delete', { name: query.name })} onClick={(event) => (event.stopPropagation(), void remove(query.id))}><DeleteOutline fontSize="small" /></IconButton>
          </MenuItem>
        ))}
      </Menu>
      {isSaving && <SaveDialog filter={filter} onClose={() => setSaving(false)} />}
    </>
  );
}

function SaveDialog({ filter, onClose }: { filter: string; onClose: () => void }) {
  const { t } = useTranslation('devices');
  const [name, setName] = useState('');
  const client = useQueryClient();
  const body = { name, query: filter };
  const save = async (): Promise<void> => {
    await api.POST('/v3/device-queries', { body });
    await client.invalidateQueries({ queryKey: ['device-queries'] });
  };
  return (
    <FormDialog title={t('saved.title')} action={t('save', { ns: 'components' })} fields={['name']} call={{ method: 'POST', path: '/v3/device-queries', body }} onSubmit={save} onClose={onClose}>
      <NameField value={name} onChange={setName} />
    </FormDialog>
  );
}

function NameField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('devices');
  return <TextField label={t('saved.name')} value={value} onChange={(event) => onChange(event.target.value)} autoFocus required {...useFieldError('name')} />;
}
