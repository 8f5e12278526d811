import { Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../../components/useNow';
import { useDeviceRequests } from '../../../../live/hooks';

const shownFor = 15_000;

/** What became of the last request for a resource: while it waits, for a while when it is done, and on when it has failed. */
export function LastRequest({ device, path }: { device: string; path: string }) {
  const { t } = useTranslation('devices');
  const last = useDeviceRequests(device).find((request) => request.uri.split('?')[0] === path);
  const now = useNow(last?.state === 'done' && Date.now() - (last.endedAt ?? 0) < shownFor + 2000 ? 2000 : null);
  if (!last || (last.state === 'done' && now - (last.endedAt ?? 0) > shownFor)) return null;
  const colour = { sending: 'text.secondary', queued: 'warning.main', done: 'success.main', failed: 'error.main' }[last.state];
  return (
    <Typography variant="caption" component="div" role="status" sx={{ color: colour }}>
      {t(`requests.methods.${last.method}`)}: {t(`requests.${last.state}`)}{last.state === 'failed' && last.error ? `: ${last.error}` : ''}
    </Typography>
  );
}
