import { Alert, Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNotice } from '../../components/Notices';
import { Problem } from '../../components/Problem';
import { importDevices, type ImportReport } from './deviceApi';

const mostRows = 100;

/** Changes devices by a file: first what it would do, row by row, then doing it. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('devices');
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isRunning, setRunning] = useState(false);
  const notify = useNotice();
  const client = useQueryClient();
  const run = async (chosen: File, preview: boolean): Promise<void> => {
    setRunning(true);
    setError(null);
    try {
      const result = await importDevices(chosen, preview);
      setReport(result);
      if (preview) return;
      await client.invalidateQueries({ queryKey: ['devices'] });
      notify(t('import.done', { count: result.changed ?? 0 }));
      if ((result.failed ?? 0) === 0) onClose();
    } catch (failure) {
      setError(failure);
    } finally {
      setRunning(false);
    }
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md">
      <DialogTitle>{t('import.title')}</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        <Typography color="textSecondary">{t('import.text')}</Typography>
        <Button variant="outlined" component="label" sx={{ alignSelf: 'flex-start' }} loading={isRunning}>
          {file ? file.name : t('import.choose')}
          <input hidden type="file" accept=".csv,.json,text/csv,application/json" onChange={(event) => {
            const chosen = event.target.files?.[0];
            if (chosen) (setFile(chosen), void run(chosen, true));
          }} />
        </Button>
        {error !== null && <Problem error={error} />}
        {report && <Report report={report} />}
      </DialogContent>
      <DialogActions>
        <Button color="inherit" onClick={onClose}>{t('close', { ns: 'components' })}</Button>
        <Button variant="contained" loading={isRunning} disabled={!file || !report?.preview || (report.changed ?? 0) === 0} onClick={() => file && void run(file, false)}>
          {t('import.apply', { count: report?.preview ? (report.changed ?? 0) : 0 })}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Report({ report }: { report: ImportReport }) {
  const { t } = useTranslation('devices');
  return (
    <Box>
      <Alert severity={report.failed ? 'warning' : 'info'}>{t(report.preview ? 'import.would' : 'import.did', { rows: report.rows, changed: report.changed, unchanged: report.unchanged, failed: report.failed })}</Alert>
      <Table size="small" sx={{ mt: 1 }}>
        <TableHead><TableRow><TableCell>{t('import.row')}</TableCell><TableCell>{t('fields.endpoint_name')}</TableCell><TableCell>{t('import.change')}</TableCell></TableRow></TableHead>
        <TableBody>
          {(report.errors ?? []).slice(0, mostRows).map((row) => (
            <TableRow key={`e${row.row}`}><TableCell>{row.row}</TableCell><TableCell>{row.endpoint_name ?? row.id}</TableCell><TableCell sx={{ color: 'error.main' }}>{row.fields.map((field) => `${field.name} ${field.message}`).join('; ')}</TableCell></TableRow>
          ))}
          {(report.changes ?? []).slice(0, mostRows).map((row) => (
            <TableRow key={`c${row.row}`}><TableCell>{row.row}</TableCell><TableCell>{row.endpoint_name}</TableCell><TableCell>{row.fields.map((field) => `${field.name}: ${field.before || '–'} → ${field.after || '–'}`).join('; ')}</TableCell></TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
