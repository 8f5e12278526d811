import { Autocomplete, TextField } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../api/client';
import { FormDialog } from '../../components/FormDialog';
import { useNotice } from '../../components/Notices';

type Group = Schemas['DeviceGroupData'];

/** Puts devices into a group that exists, or into a new one with the name that was typed. One call, all or none. */
export function GroupDialog({ filter, count, onClose, onDone }: { filter: string; count: number; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('devices');
  const [group, setGroup] = useState<Group | string | null>(null);
  const notify = useNotice();
  const client = useQueryClient();
  const groups = useQuery({
    queryKey: ['device-groups', 'choice'],
    queryFn: async () => (await dataOf(api.GET('/v3/device-groups', { params: { query: { limit: 1000, order: 'DESC' } } }))).data,
  });
  const submit = async (): Promise<void> => {
    if (group === null || group === '') throw new Error(t('group.missing'));
    const target = typeof group === 'string' ? await dataOf(api.POST('/v3/device-groups', { body: { name: group } })) : group;
    const change = await dataOf(api.POST('/v3/device-groups/{device-group-id}/devices/add-matching', { params: { path: { 'device-group-id': target.id } }, body: { filter } }));
    notify(t('group.done', { count: change.changed, name: target.name }));
    await Promise.all([client.invalidateQueries({ queryKey: ['devices'] }), client.invalidateQueries({ queryKey: ['device-groups'] })]);
    onDone();
  };
  const id = typeof group === 'object' && group ? group.id : '{group}';
  return (
    <FormDialog title={t('group.title', { count })} action={t('group.add')} call={{ method: 'POST', path: `/v3/device-groups/${id}/devices/add-matching`, body: { filter } }} onSubmit={submit} onClose={onClose}>
      <Autocomplete<Group, false, false, true>
        freeSolo options={groups.data ?? []} loading={groups.isLoading} getOptionLabel={(option) => (typeof option === 'string' ? option : option.name)} isOptionEqualToValue={(a, b) => typeof b !== 'string' && a.id === b.id}
        onChange={(_, value) => setGroup(value)} onInputChange={(_, value, reason) => reason === 'input' && setGroup((groups.data ?? []).find((g) => g.name === value) ?? value)}
        renderInput={(props) => <TextField {...props} label={t('group.name')} autoFocus helperText={t('group.help')} />}
      />
    </FormDialog>
  );
}
