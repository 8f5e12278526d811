import { Box, Card, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { mono } from '../../../../app/theme';
import { Time } from '../../../../components/Time';
import type { DeviceRequest } from '../../../../live/RequestStore';

const colours = { sending: 'text.disabled', queued: 'warning.main', done: 'success.main', failed: 'error.main' };

/** The requests of this tab to the device, with what became of them. */
export function RequestLog({ requests }: { requests: readonly DeviceRequest[] }) {
  const { t } = useTranslation('devices');
  return (
    <Card component="section" aria-label={t('requests.title')} sx={{ position: { lg: 'sticky' }, top: 64 }}>
      <Typography variant="h2" sx={{ px: 2, py: 1, borderBottom: 1, borderColor: 'divider' }}>{t('requests.title')}</Typography>
      {requests.length === 0 && <Typography variant="body2" color="textSecondary" sx={{ p: 2 }}>{t('requests.none')}</Typography>}
      <Box component="ol" tabIndex={0} aria-label={t('requests.title')} sx={{ listStyle: 'none', m: 0, p: 0, maxHeight: 460, overflow: 'auto' }}>
        {requests.slice(0, 50).map((request) => (
          <Box component="li" key={request.id} sx={{ px: 2, py: 0.75, display: 'grid', gridTemplateColumns: '12px 1fr auto', gap: 1, borderBottom: 1, borderColor: 'divider', alignItems: 'baseline' }}>
            <Box sx={{ width: 8, height: 8, borderRadius: '50%', bgcolor: colours[request.state] }} />
            <Box sx={{ minWidth: 0 }}>
              <Typography variant="body2">{t(`requests.methods.${request.method}`)} <Box component="code" sx={{ fontFamily: mono, fontSize: '0.78rem', overflowWrap: 'anywhere' }}>{request.uri}</Box></Typography>
              <Typography variant="caption" color={request.state === 'failed' ? 'error' : 'textSecondary'} component="div" sx={{ overflowWrap: 'anywhere' }}>
                {t(`requests.${request.state}`)}{request.status ? ` (${request.status})` : ''}{request.error ? `: ${request.error}` : ''}
              </Typography>
            </Box>
            <Typography variant="caption" color="textSecondary"><Time value={request.sentAt} relative /></Typography>
          </Box>
        ))}
      </Box>
    </Card>
  );
}
