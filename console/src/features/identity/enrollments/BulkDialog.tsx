import { Alert, Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, LinearProgress, Typography } from '@mui/material';
import FileDownloadOutlined from '@mui/icons-material/FileDownloadOutlined';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authorizedFetch, dataOf, download, api, type Schemas } from '../../../api/client';
import { mono } from '../../../app/theme';
import { useNotice } from '../../../components/Notices';
import { Problem } from '../../../components/Problem';
import { readBulkId, writeBulkId } from './bulkJob';

export type Bulk = 'uploads' | 'deletes';
type Job = Schemas['BulkResponse'];

async function start(kind: Bulk, file: File): Promise<Job> {
  const form = new FormData();
  form.append('enrollment_identities', file, file.name);
  return (await (await authorizedFetch(`/v3/device-enrollments-bulk-${kind}`, { method: 'POST', body: form })).json()) as Job;
}

function read(kind: Bulk, id: string): Promise<Job> {
  const params = { path: { id } };
  return dataOf(kind === 'uploads' ? api.GET('/v3/device-enrollments-bulk-uploads/{id}', { params }) : api.GET('/v3/device-enrollments-bulk-deletes/{id}', { params }));
}

/** Enrols or deletes what is in a file. The work goes on at the server when this is closed; opened again, it shows the last one. */
export function BulkDialog({ kind, onClose, onDone }: { kind: Bulk; onClose: () => void; onDone: () => Promise<void> }) {
  const { t } = useTranslation('identity');
  const [id, setId] = useState(() => readBulkId(kind));
  const [error, setError] = useState<unknown>(null);
  const [isSending, setSending] = useState(false);
  const notify = useNotice();
  const job = useQuery({ queryKey: ['enrollment-bulk', kind, id], enabled: id !== null, queryFn: () => read(kind, id!), retry: 1, refetchInterval: ({ state }) => (state.data?.status === 'completed' || state.error ? false : 1000) });
  const status = job.data?.status;
  useEffect(() => {
    if (status === 'completed') void onDone();
  }, [status]);
  const send = async (file: File): Promise<void> => {
    setSending(true);
    setError(null);
    try {
      const made = await start(kind, file);
      writeBulkId(kind, made.id);
      setId(made.id);
    } catch (failure) {
      setError(failure);
    } finally {
      setSending(false);
    }
  };
  const fetchReport = (report: 'errors_report' | 'full_report'): void => {
    void download(`/v3/device-enrollments-bulk-${kind}/${id}/${report}.csv`, `${report}.csv`).catch((failure: Error) => notify(failure));
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm">
      <DialogTitle>{t(`bulk.${kind}.title`)}</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        <Typography color="textSecondary">{t(`bulk.${kind}.text`)}</Typography>
        <Box component="pre" sx={{ m: 0, p: 1.5, bgcolor: 'background.default', borderRadius: 1, overflow: 'auto', fontFamily: mono, fontSize: '0.74rem' }} tabIndex={0}>{'enrollment_identity\nA-4E:63:2D:AE:14:BC:D1:09:77:21:95:44:ED:34:06:57:1E:03:B1:EF:0E:F2:59:44:71:93:23:22:15:43:23:12'}</Box>
        <Button variant={kind === 'deletes' ? 'outlined' : 'contained'} color={kind === 'deletes' ? 'error' : 'primary'} component="label" loading={isSending} disabled={status === 'new' || status === 'processing'} sx={{ alignSelf: 'flex-start' }}>
          {t(`bulk.${kind}.choose`)}
          <input hidden type="file" accept=".csv,.txt,text/csv" onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) void send(file);
            event.target.value = '';
          }} />
        </Button>
        {error !== null && <Problem error={error} />}
        {job.data && (
          <Box role="status" sx={{ display: 'flex', flexDirection: 'column', gap: 1 }}>
            <LinearProgress variant="determinate" value={job.data.total_count > 0 ? (100 * job.data.processed_count) / job.data.total_count : status === 'completed' ? 100 : 0} color={job.data.errors_count > 0 ? 'warning' : 'primary'} aria-label={t(`bulk.${kind}.title`)} />
            <Alert severity={status !== 'completed' ? 'info' : job.data.errors_count > 0 ? 'warning' : 'success'}>{t(`bulk.${job.data.status}`, { done: job.data.processed_count, total: job.data.total_count, errors: job.data.errors_count })}</Alert>
            {status === 'completed' && (
              <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
                {job.data.errors_count > 0 && <Button variant="outlined" color="warning" startIcon={<FileDownloadOutlined />} onClick={() => fetchReport('errors_report')}>{t('bulk.errors')}</Button>}
                <Button variant="outlined" startIcon={<FileDownloadOutlined />} onClick={() => fetchReport('full_report')}>{t('bulk.full')}</Button>
              </Box>
            )}
          </Box>
        )}
      </DialogContent>
      <DialogActions><Button color="inherit" onClick={onClose}>{t('close', { ns: 'components' })}</Button></DialogActions>
    </Dialog>
  );
}
