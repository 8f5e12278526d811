import { Autocomplete, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../api/client';
import { useFieldError } from '../../components/FormDialog';

/** Policy groups, as ids. */
export function GroupsField({ value, onChange }: { value: readonly string[]; onChange: (ids: string[]) => void }) {
  const { t } = useTranslation('access');
  const groups = useQuery({
    queryKey: ['policy-groups', 'choice'],
    queryFn: async () => (await dataOf(api.GET('/v3/policy-groups', { params: { query: { limit: 1000 } } }))).data,
  });
  const all = groups.data ?? [];
  const field = useFieldError('groups', t('groupsHelp'));
  return (
    <Autocomplete
      multiple options={all} loading={groups.isLoading} getOptionLabel={(group) => group.name} value={all.filter((group) => value.includes(group.id))} onChange={(_, chosen) => onChange(chosen.map((group) => group.id))}
      renderInput={(props) => <TextField {...props} label={t('groupsOf')} {...field} />}
    />
  );
}
