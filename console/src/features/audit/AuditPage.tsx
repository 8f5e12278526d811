import { Alert, Box, Button, Link as MuiLink, MenuItem, TextField } from '@mui/material';
import FileDownloadOutlined from '@mui/icons-material/FileDownloadOutlined';
import HistoryOutlined from '@mui/icons-material/HistoryOutlined';
import VerifiedOutlined from '@mui/icons-material/VerifiedOutlined';
import type { GridColDef } from '@mui/x-data-grid';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api, dataOf, download, type Schemas } from '../../api/client';
import type { ListPage, ListRequest } from '../../api/lists';
import { EmptyState } from '../../components/EmptyState';
import { ListTable } from '../../components/ListTable';
import { useNotice } from '../../components/Notices';
import { PageHeader } from '../../components/PageHeader';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Time } from '../../components/Time';
import { auditFields, auditFilterOf, conditionsOf, type AuditFilter } from './auditFilter';
import { EntryDialog } from './EntryDialog';

type Entry = Schemas['AuditEntryData'];

const actions = ['create', 'update', 'delete', 'sign_in', 'sign_in_failed', 'sign_out', 'device_request', 'device_response'];
const actors = ['user', 'api_key', 'platform', 'anonymous'];
const read = (query: ListRequest): Promise<ListPage<Entry>> => dataOf(api.GET('/v3/audit-log', { params: { query } }));

function AuditPage() {
  const { t } = useTranslation('audit');
  const [query, setQuery] = useSearchParams();
  const [entry, setEntry] = useState<Entry | null>(null);
  const [chain, setChain] = useState<Schemas['AuditVerification'] | null>(null);
  const [isVerifying, setVerifying] = useState(false);
  const notify = useNotice();
  const asked = auditFilterOf(query);
  const filter = conditionsOf(asked);
  const set = (field: keyof AuditFilter, value: string): void => {
    const next = { ...asked, [field]: value };
    setQuery(Object.fromEntries(auditFields.filter((name) => next[name] !== '').map((name) => [name, next[name]])), { replace: true });
  };
  const verify = async (): Promise<void> => {
    setVerifying(true);
    try {
      setChain(await dataOf(api.GET('/v3/audit-log/verification', {})));
    } catch (failure) {
      notify(failure instanceof Error ? failure : String(failure), 'error');
    } finally {
      setVerifying(false);
    }
  };
  const columns = useMemo((): GridColDef<Entry>[] => [
    { field: 'created_at', headerName: t('fields.created_at'), minWidth: 205, renderCell: ({ value }) => <Time value={value as string} /> },
    { field: 'actor_name', headerName: t('fields.actor_name'), flex: 1, minWidth: 150 },
    { field: 'action', headerName: t('fields.action'), minWidth: 120, valueGetter: (value: string) => t(`actions.${value}`, value) },
    { field: 'entity_type', headerName: t('fields.entity_type'), minWidth: 175 },
    {
      field: 'entity_name', headerName: t('fields.entity_name'), flex: 1.4, minWidth: 180,
      renderCell: ({ row }) => <MuiLink component="button" onClick={() => setEntry(row)} sx={{ font: 'inherit' }}>{row.count > 1 ? t('many', { count: row.count }) : row.entity_name || t('details')}</MuiLink>,
    },
    { field: 'changes', headerName: t('changes'), flex: 1.4, minWidth: 180, valueGetter: (_, row) => row.changes.map((change) => change.member).join(', ') },
    { field: 'address', headerName: t('fields.address'), minWidth: 130 },
  ], [t]);
  const path = filter ? `?filter=${encodeURIComponent(filter)}` : '';
  const choice = (field: 'who' | 'action', values: string[], texts: string) => (
    <TextField select label={t(`filter.${field}`)} value={asked[field]} onChange={(event) => set(field, event.target.value)} sx={{ minWidth: 150, flex: '1 1 150px' }} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
      <MenuItem value="">{t('filter.any')}</MenuItem>
      {values.map((value) => <MenuItem key={value} value={value}>{t(`${texts}.${value}`)}</MenuItem>)}
    </TextField>
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('description')}>
        <ShowAsCode call={{ method: 'GET', path: `/v3/audit-log?order=DESC${filter ? `&filter=${encodeURIComponent(filter)}` : ''}` }} />
        <Button variant="outlined" startIcon={<VerifiedOutlined />} loading={isVerifying} onClick={() => void verify()}>{t('verify')}</Button>
        <Button variant="outlined" startIcon={<FileDownloadOutlined />} onClick={() => void download(`/v3/audit-log/export${path}`, 'audit.csv').catch((failure: Error) => notify(failure))}>{t('export')}</Button>
      </PageHeader>
      {chain && (
        <Alert severity={chain.valid ? 'success' : 'error'} onClose={() => setChain(null)} sx={{ mb: 1.5 }}>
          {chain.valid ? t('valid', { first: chain.first_sequence, last: chain.last_sequence }) : `${t('invalid')} ${chain.reason ?? ''}`}
        </Alert>
      )}
      <Box role="search" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mb: 1.5 }}>
        {choice('who', actors, 'actors')}
        {choice('action', actions, 'actions')}
        <TextField label={t('filter.entity')} value={asked.entity} onChange={(event) => set('entity', event.target.value)} placeholder="api_key" sx={{ flex: '1 1 130px' }} />
        <TextField label={t('filter.name')} value={asked.name} onChange={(event) => set('name', event.target.value)} sx={{ flex: '1 1 160px' }} />
        <TextField label={t('filter.since')} type="datetime-local" value={asked.since} onChange={(event) => set('since', event.target.value)} slotProps={{ inputLabel: { shrink: true } }} sx={{ flex: '1 1 170px' }} />
        <TextField label={t('filter.until')} type="datetime-local" value={asked.until} onChange={(event) => set('until', event.target.value)} slotProps={{ inputLabel: { shrink: true } }} sx={{ flex: '1 1 170px' }} />
        {filter !== '' && <Button color="inherit" onClick={() => setQuery({}, { replace: true })}>{t('filter.clear')}</Button>}
      </Box>
      <ListTable<Entry> queryKey={['audit-log']} read={read} columns={columns} label={t('title')} filter={filter} onRowClick={setEntry} empty={<EmptyState icon={HistoryOutlined} title={t('empty')} />} />
      {entry && <EntryDialog entry={entry} onClose={() => setEntry(null)} />}
    </>
  );
}

export const Component = AuditPage;
