import { Box, Button, Card, IconButton, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import Add from '@mui/icons-material/Add';
import DeleteOutlined from '@mui/icons-material/DeleteOutlined';
import EditOutlined from '@mui/icons-material/EditOutlined';
import RssFeedOutlined from '@mui/icons-material/RssFeedOutlined';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../api/client';
import { ApiError } from '../../api/errors';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { EmptyState } from '../../components/EmptyState';
import { FormDialog } from '../../components/FormDialog';
import { PageHeader } from '../../components/PageHeader';
import { Problem } from '../../components/Problem';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Text } from '../../components/Text';
import { Waiting } from '../../components/Waiting';
import { ApplicationBar } from './ApplicationBar';
import { headersOf, useApplicationKey } from './applicationKey';
import { DeviceSubscriptions } from './DeviceSubscriptions';

type Rule = Schemas['Presubscription'];

/** What an application is told: by rules for devices as they come, and of single devices. */
function SubscriptionsPage() {
  const { t } = useTranslation('notifications');
  const key = useApplicationKey();
  const [edited, setEdited] = useState<number | null>(null);
  const [deleted, setDeleted] = useState<number | null>(null);
  const client = useQueryClient();
  const found = useQuery({ queryKey: ['presubscriptions', key], queryFn: () => dataOf(api.GET('/v2/subscriptions', headersOf(key))) });
  const rules = found.data ?? [];
  // The API replaces all rules at once.
  const put = async (next: Rule[]): Promise<void> => {
    await api.PUT('/v2/subscriptions', { body: next, ...headersOf(key) });
    await client.invalidateQueries({ queryKey: ['presubscriptions'] });
  };
  const add = <Button variant="contained" startIcon={<Add />} onClick={() => setEdited(rules.length)}>{t('subscriptions.new')}</Button>;
  return (
    <>
      <PageHeader title={t('subscriptions.title')} description={t('subscriptions.text')}>
        <ShowAsCode call={{ method: 'GET', path: '/v2/subscriptions' }} />
        {add}
      </PageHeader>
      <ApplicationBar />
      {found.isLoading && <Waiting />}
      {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && rules.length === 0 && <EmptyState icon={RssFeedOutlined} title={t('subscriptions.empty')} text={t('subscriptions.emptyText')}>{add}</EmptyState>}
      {rules.length > 0 && (
        <Card sx={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('subscriptions.title')}>
          <Table size="small">
            <TableHead><TableRow>{(['device', 'type', 'paths'] as const).map((field) => <TableCell key={field}>{t(`subscriptions.${field}`)}</TableCell>)}<TableCell /></TableRow></TableHead>
            <TableBody>
              {rules.map((rule, index) => (
                <TableRow key={index} hover>
                  <TableCell>{rule['endpoint-name'] || t('subscriptions.any')}</TableCell>
                  <TableCell>{rule['endpoint-type'] || t('subscriptions.any')}</TableCell>
                  <TableCell>{rule['resource-path']?.length ? rule['resource-path'].join(', ') : t('subscriptions.all')}</TableCell>
                  <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
                    <IconButton size="small" aria-label={t('subscriptions.editRow', { row: index + 1 })} onClick={() => setEdited(index)}><EditOutlined fontSize="small" /></IconButton>
                    <IconButton size="small" aria-label={t('subscriptions.deleteRow', { row: index + 1 })} onClick={() => setDeleted(index)}><DeleteOutlined fontSize="small" /></IconButton>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Card>
      )}
      <Box component="section" sx={{ mt: 3 }}>
        <Typography variant="h2">{t('single.title')}</Typography>
        <Typography variant="body2" color="textSecondary" sx={{ mb: 1.5 }}>{t('single.text')}</Typography>
        <DeviceSubscriptions apiKey={key} />
      </Box>
      {edited !== null && <RuleDialog of={rules[edited] ?? null} index={edited} rules={rules} onClose={() => setEdited(null)} onPut={put} />}
      {deleted !== null && (
        <ConfirmDialog title={t('subscriptions.deleteTitle')} text={t('subscriptions.deleteText')} action={t('delete', { ns: 'components' })} danger onClose={() => setDeleted(null)} onConfirm={() => put(rules.filter((_, index) => index !== deleted))} />
      )}
    </>
  );
}

function RuleDialog({ of, index, rules, onClose, onPut }: { of: Rule | null; index: number; rules: readonly Rule[]; onClose: () => void; onPut: (rules: Rule[]) => Promise<void> }) {
  const { t } = useTranslation('notifications');
  const [device, setDevice] = useState(of?.['endpoint-name'] ?? '');
  const [type, setType] = useState(of?.['endpoint-type'] ?? '');
  const [paths, setPaths] = useState((of?.['resource-path'] ?? []).join('\n'));
  const list = paths.split(/[\s,]+/).filter((path) => path !== '');
  const rule: Rule = { ...(device.trim() ? { 'endpoint-name': device.trim() } : {}), ...(type.trim() ? { 'endpoint-type': type.trim() } : {}), ...(list.length > 0 ? { 'resource-path': list } : {}) };
  const next = of ? rules.map((one, i) => (i === index ? rule : one)) : [...rules, rule];
  const submit = async (): Promise<void> => {
    try {
      await onPut(next);
    } catch (error) {
      // The server names the place in the list of rules: `[0].resource-path`.
      if (!(error instanceof ApiError)) throw error;
      throw new ApiError(error.status, error.type, error.message, error.requestId, error.fields.map((field) => ({ ...field, name: field.name.replace(`[${index}].`, '') })));
    }
  };
  return (
    <FormDialog title={t(of ? 'subscriptions.edit' : 'subscriptions.new')} action={t('save', { ns: 'components' })} fields={['endpoint-name', 'endpoint-type', 'resource-path']} call={{ method: 'PUT', path: '/v2/subscriptions', body: next }} onSubmit={submit} onClose={onClose}>
      <Typography color="textSecondary">{t('subscriptions.help')}</Typography>
      <Text field="endpoint-type" label={t('subscriptions.type')} value={type} onText={setType} placeholder="meter" autoFocus />
      <Text field="endpoint-name" label={t('subscriptions.device')} help={t('subscriptions.deviceHelp')} value={device} onText={setDevice} />
      <Text field="resource-path" label={t('subscriptions.paths')} help={t('subscriptions.pathsHelp')} value={paths} onText={setPaths} multiline minRows={3} placeholder={'/3303/0/5700\n/3/*'} spellCheck={false} />
    </FormDialog>
  );
}

export const Component = SubscriptionsPage;
