import { Box, Chip } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { countDevices } from './deviceApi';
import { parseFilter, withCondition, type Condition } from './filter';

const choices: readonly { key: string; condition: Condition | null }[] = [
  { key: 'all', condition: null },
  ...['registered', 'deregistered', 'bootstrapped', 'unenrolled'].map((value) => ({ key: value, condition: { field: 'state', operator: 'eq' as const, value } })),
  { key: 'blocked', condition: { field: 'lifecycle_status', operator: 'eq', value: 'blocked' } },
];

/** The states as chips with the number of devices in each. */
export function StateFilter({ filter, onChange }: { filter: string; onChange: (filter: string) => void }) {
  const { t, i18n } = useTranslation('devices');
  const rest = withCondition(withCondition(filter, 'state', null), 'lifecycle_status', null);
  const chosen = parseFilter(filter).find(({ field }) => field === 'state' || field === 'lifecycle_status');
  return (
    <Box role="group" aria-label={t('stateFilter')} sx={{ display: 'flex', gap: 0.75, flexWrap: 'wrap' }}>
      {choices.map(({ key, condition }) => {
        const isChosen = condition ? chosen?.field === condition.field && chosen.value === condition.value : !chosen;
        return <StateChoice key={key} name={t(`states.${key}`)} filter={condition ? withCondition(rest, condition.field, condition) : rest} isChosen={isChosen} language={i18n.language} onChoose={onChange} />;
      })}
    </Box>
  );
}

function StateChoice({ name, filter, isChosen, language, onChoose }: { name: string; filter: string; isChosen: boolean; language: string; onChoose: (filter: string) => void }) {
  const count = useQuery({ queryKey: ['devices', 'count', filter], queryFn: () => countDevices(filter), staleTime: 10_000 });
  const label = count.data === undefined ? name : `${name} ${new Intl.NumberFormat(language).format(count.data)}`;
  return <Chip label={label} clickable aria-pressed={isChosen} color={isChosen ? 'primary' : 'default'} variant={isChosen ? 'filled' : 'outlined'} onClick={() => onChoose(filter)} />;
}
