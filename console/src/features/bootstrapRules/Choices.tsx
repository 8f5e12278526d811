import { MenuItem } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../api/client';
import { Text } from '../../components/Text';

interface Named {
  id: string;
  name: string;
}

export function GroupField({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const groups = useQuery({ queryKey: ['device-groups', 'choice'], queryFn: async () => (await dataOf(api.GET('/v3/device-groups', { params: { query: { limit: 1000 } } }))).data });
  return <Choice field="group_id" value={value} options={groups.data ?? []} onChange={onChange} />;
}

export function TrustedField({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const certificates = useQuery({ queryKey: ['trusted-certificates', 'choice'], queryFn: async () => (await dataOf(api.GET('/v3/trusted-certificates', { params: { query: { limit: 100 } } }))).data });
  return <Choice field="trusted_certificate_id" value={value} options={certificates.data ?? []} onChange={onChange} />;
}

/** One of these, or any. What was chosen and is not there any more stays visible. */
function Choice({ field, value, options, onChange }: { field: string; value: string; options: readonly Named[]; onChange: (id: string) => void }) {
  const { t } = useTranslation('bootstrapRules');
  const known = options.some((option) => option.id === value);
  return (
    <Text field={`match.${field}`} select label={t(`fields.${field}`)} value={value} onText={onChange} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
      <MenuItem value="">{t('any')}</MenuItem>
      {value !== '' && !known && <MenuItem value={value}>{value}</MenuItem>}
      {options.map((option) => <MenuItem key={option.id} value={option.id}>{option.name}</MenuItem>)}
    </Text>
  );
}
