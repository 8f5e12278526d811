import { Alert, Button, TextField } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mono } from '../../app/theme';
import { api, dataOf, type Schemas } from '../../api/client';
import { FormDialog, useFieldError } from '../../components/FormDialog';
import { useNotice } from '../../components/Notices';
import type { Group } from './groupApi';

type Change = Schemas['DeviceGroupChange'];

/** Adds to a group what a filter selects, or removes it, once it has said how many that are: an empty filter is every device. */
export function MatchingDialog({ group, direction, onClose }: { group: Group; direction: 'add' | 'remove'; onClose: () => void }) {
  const { t } = useTranslation('groups');
  const [filter, setFilter] = useState('');
  const [seen, setSeen] = useState<{ filter: string; change: Change } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const notify = useNotice();
  const client = useQueryClient();
  const run = (preview: boolean): Promise<Change> => {
    const request = { params: { path: { 'device-group-id': group.id } }, body: { filter, preview } };
    return dataOf(direction === 'add' ? api.POST('/v3/device-groups/{device-group-id}/devices/add-matching', request) : api.POST('/v3/device-groups/{device-group-id}/devices/remove-matching', request));
  };
  const look = async (): Promise<void> => {
    setFailure(null);
    try {
      setSeen({ filter, change: await run(true) });
    } catch (error) {
      setSeen(null);
      setFailure((error as Error).message);
    }
  };
  const submit = async (): Promise<void> => {
    const change = await run(false);
    notify(t('changed', { count: change.changed }));
    await Promise.all([client.invalidateQueries({ queryKey: ['devices'] }), client.invalidateQueries({ queryKey: ['device-groups'] })]);
  };
  // What was counted for another filter says nothing about this one.
  const change = seen?.filter === filter ? seen.change : null;
  return (
    <FormDialog title={t(`${direction}Title`)} action={t(direction)} fields={['filter']} call={{ method: 'POST', path: `/v3/device-groups/${group.id}/devices/${direction}-matching`, body: { filter } }} isReady={change !== null} onSubmit={submit} onClose={onClose}>
      <FilterField value={filter} onChange={setFilter} />
      <Button variant="outlined" sx={{ alignSelf: 'flex-start' }} onClick={() => void look()}>{t('preview')}</Button>
      {change && <Alert severity="info">{t(direction === 'add' ? 'wouldAdd' : 'wouldRemove', { count: change.changed, matched: change.matched })}</Alert>}
      {failure && <Alert severity="error">{failure}</Alert>}
    </FormDialog>
  );
}

function FilterField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('groups');
  return <TextField label={t('filter')} value={value} onChange={(event) => onChange(event.target.value)} autoFocus slotProps={{ htmlInput: { sx: { fontFamily: mono, fontSize: '0.82rem' }, spellCheck: false } }} {...useFieldError('filter', t('filterHelp'))} />;
}
