import { Paper } from '@mui/material';
import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { JobProgress } from './JobProgress';
import { jobs } from './jobs';

/** The jobs that run, or have ended and were not put away, on every page. The browser asks before it closes a tab with one that runs. */
export function JobTray() {
  const { t } = useTranslation('components');
  const all = useSyncExternalStore(jobs.subscribe, () => jobs.all);
  const isRunning = all.some((job) => job.state === 'running');
  useEffect(() => {
    if (!isRunning) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isRunning]);
  if (all.length === 0) return null;
  return (
    <Paper component="section" aria-label={t('job.tray')} elevation={6} sx={{ position: 'fixed', right: 16, bottom: 16, width: 340, maxWidth: 'calc(100vw - 32px)', maxHeight: '60vh', overflow: 'auto', zIndex: 1250, border: 1, borderColor: 'divider' }}>
      {all.map((job) => <JobProgress key={job.id} job={job} />)}
    </Paper>
  );
}
