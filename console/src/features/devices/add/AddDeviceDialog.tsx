import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Tab, Tabs, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../../api/client';
import { Problem } from '../../../components/Problem';
import { Waiting } from '../../../components/Waiting';
import { CertificatePanel } from './CertificatePanel';
import { clients, isKeyClient, type Client } from './clients';
import { KeyPanel } from './KeyPanel';
import { SimulatorPanel } from './SimulatorPanel';

/** From nothing to a registered device: choose what it runs, paste what stands there, and see it come. */
export function AddDeviceDialog({ client, started, onClient, onClose }: { client: Client; started?: string; onClient: (client: Client) => void; onClose: () => void }) {
  const { t } = useTranslation('devices');
  const servers = useQuery({ queryKey: ['server-credentials'], queryFn: () => dataOf(api.GET('/v3/server-credentials', {})) });
  return (
    // A click beside it must not take away a key that comes only once.
    <Dialog open fullWidth maxWidth="md" onClose={(_, reason) => reason === 'escapeKeyDown' && onClose()} aria-labelledby="add-device">
      <DialogTitle id="add-device">{t('add.title')}</DialogTitle>
      <DialogContent>
        <Tabs value={client} onChange={(_, chosen: Client) => onClient(chosen)} variant="scrollable" scrollButtons="auto" aria-label={t('add.clients')} sx={{ borderBottom: 1, borderColor: 'divider', mb: 2 }}>
          {clients.map((one) => <Tab key={one} value={one} id={`add-${one}`} aria-controls="add-panel" label={t(`add.client.${one}`)} />)}
        </Tabs>
        <Box role="tabpanel" id="add-panel" aria-labelledby={`add-${client}`} sx={{ display: 'flex', flexDirection: 'column', gap: 2, minHeight: 280 }}>
          {servers.isLoading && <Waiting />}
          {servers.isError && <Problem error={servers.error} onRetry={() => void servers.refetch()} />}
          {client === 'simulator' && <SimulatorPanel started={started} />}
          {servers.data && isKeyClient(client) && <KeyPanel key={client} client={client} server={servers.data.lwm2m.url} />}
          {servers.data && (client === 'csharp' || client === 'pelion') && <CertificatePanel key={client} client={client} bootstrap={servers.data.bootstrap} />}
          {servers.data && client !== 'simulator' && <Typography variant="caption" color="textSecondary" sx={{ mt: 'auto' }}>{t('add.host', { host: hostOf(servers.data.lwm2m.url) })}</Typography>}
        </Box>
      </DialogContent>
      <DialogActions><Button onClick={onClose}>{t('close', { ns: 'components' })}</Button></DialogActions>
    </Dialog>
  );
}

function hostOf(url: string): string {
  return url.replace(/^[a-z+]+:\/\//, '').replace(/:\d+$/, '');
}
