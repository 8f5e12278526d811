import { Alert } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../../api/client';
import { ApiError } from '../../../api/errors';
import { FormDialog } from '../../../components/FormDialog';
import { Text } from '../../../components/Text';
import type { Campaign } from './RenewalsPage';
import { stagesOf } from './stages';

export function CampaignDialog({ onClose, onDone }: { onClose: () => void; onDone: (made: Campaign) => Promise<void> }) {
  const { t } = useTranslation('identity');
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [certificate, setCertificate] = useState('LWM2M');
  const [filter, setFilter] = useState('');
  const [rate, setRate] = useState('60');
  const [failures, setFailures] = useState('10');
  const [stages, setStages] = useState('1, 10, 100');
  const settled = useDeferredValue(filter.trim());
  const matching = useQuery({
    queryKey: ['devices', 'count', settled], retry: 0, staleTime: 30_000,
    queryFn: async () => (await dataOf(api.GET('/v3/devices', { params: { query: { limit: 2, include: 'total_count', ...(settled ? { filter: settled } : {}) } } }))).total_count ?? 0,
  });
  const shares = stagesOf(stages);
  const body = { name, ...(description ? { description } : {}), certificate_name: certificate, device_filter: filter.trim(), rate_per_minute: Number(rate), max_failure_percent: Number(failures), stages: shares ?? [] };
  const submit = async (): Promise<void> => {
    if (!shares) throw new ApiError(400, 'validation_error', t('renewals.stagesWrong'), null, [{ name: 'stages', message: t('renewals.stagesWrong') }]);
    await onDone(await dataOf(api.POST('/v3/certificate-campaigns', { body })));
  };
  return (
    <FormDialog title={t('renewals.new')} action={t('create', { ns: 'components' })} fields={['name', 'description', 'certificate_name', 'device_filter', 'rate_per_minute', 'max_failure_percent', 'stages']} call={{ method: 'POST', path: '/v3/certificate-campaigns', body }} onSubmit={submit} onClose={onClose}>
      <Text field="name" label={t('fields.name')} value={name} onText={setName} autoFocus required />
      <Text field="description" label={t('fields.description')} value={description} onText={setDescription} />
      <Text field="device_filter" label={t('renewals.filter')} help={t('renewals.filterHelp')} value={filter} onText={setFilter} placeholder="device_class=meter" spellCheck={false} />
      <Alert severity={matching.isError ? 'warning' : 'info'} role="status">{matching.isError ? matching.error.message : matching.data === undefined ? '…' : t('renewals.matching', { count: matching.data })}</Alert>
      <Text field="certificate_name" label={t('renewals.certificate')} help={t('renewals.certificateHelp')} value={certificate} onText={setCertificate} />
      <Text field="stages" label={t('renewals.stages')} help={t('renewals.stagesHelp')} value={stages} onText={setStages} />
      <Text field="rate_per_minute" type="number" label={t('renewals.rate')} help={t('renewals.rateHelp')} value={rate} onText={setRate} />
      <Text field="max_failure_percent" type="number" label={t('renewals.failures')} help={t('renewals.failuresHelp')} value={failures} onText={setFailures} />
    </FormDialog>
  );
}
