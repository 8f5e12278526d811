import { Box, Button, IconButton, LinearProgress, List, ListItem, ListItemText, Typography } from '@mui/material';
import Close from '@mui/icons-material/Close';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { jobs, type Job } from './jobs';

export function JobProgress({ job }: { job: Job }) {
  const { t } = useTranslation('components');
  const [isOpen, setOpen] = useState(false);
  const share = job.total > 0 ? Math.min(100, (100 * job.done) / job.total) : 100;
  return (
    <Box sx={{ p: 1.5 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Typography variant="body2" sx={{ flex: 1, fontWeight: 600 }}>{job.title}</Typography>
        {job.state === 'running'
          ? <Button color="inherit" onClick={() => jobs.cancel(job.id)}>{t('job.stop')}</Button>
          : <IconButton size="small" aria-label={t('job.dismiss')} onClick={() => jobs.dismiss(job.id)}><Close fontSize="small" /></IconButton>}
      </Box>
      <LinearProgress variant="determinate" value={share} color={job.failures.length ? 'warning' : 'primary'} aria-label={job.title} sx={{ my: 0.75 }} />
      <Typography variant="caption" color="textSecondary">{t(`job.${job.state}`, { done: job.done, total: job.total })}</Typography>
      {job.failures.length > 0 && (
        <>
          <Button color="warning" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>{t('job.failed', { count: job.failures.length })}</Button>
          {isOpen && (
            <List dense disablePadding sx={{ maxHeight: 180, overflow: 'auto' }}>
              {job.failures.slice(0, 200).map((failure, index) => <ListItem key={index} disableGutters><ListItemText primary={failure.item} secondary={failure.message} /></ListItem>)}
            </List>
          )}
        </>
      )}
    </Box>
  );
}
