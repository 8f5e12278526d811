import { Box, Button, Card, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../api/client';
import { CertificateChain } from '../../components/CertificateCard';
import { CopyableId } from '../../components/CopyableId';
import { CopyButton } from '../../components/CopyButton';
import { Facts } from '../../components/Facts';
import { PageHeader } from '../../components/PageHeader';
import { Problem } from '../../components/Problem';
import { saveFile } from '../../components/saveFile';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Waiting } from '../../components/Waiting';

/** What a device has to know of the servers: where they are, and whom to believe that it is them. */
function ServersPage() {
  const { t } = useTranslation('identity');
  const servers = useQuery({ queryKey: ['server-credentials'], queryFn: () => dataOf(api.GET('/v3/server-credentials', {})) });
  return (
    <>
      <PageHeader title={t('servers.title')} description={t('servers.text')}><ShowAsCode call={{ method: 'GET', path: '/v3/server-credentials' }} /></PageHeader>
      {servers.isLoading && <Waiting />}
      {servers.isError && <Problem error={servers.error} onRetry={() => void servers.refetch()} />}
      {servers.data && (
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' }, alignItems: 'start' }}>
          <Server name="bootstrap" of={servers.data.bootstrap} />
          <Server name="lwm2m" of={servers.data.lwm2m} />
        </Box>
      )}
    </>
  );
}

function Server({ name, of }: { name: 'bootstrap' | 'lwm2m'; of: Schemas['CredentialsResponseData'] }) {
  const { t } = useTranslation('identity');
  return (
    <Card sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Typography variant="h2">{t(`servers.${name}`)}</Typography>
      <Typography color="textSecondary" variant="body2">{t(`servers.${name}Text`)}</Typography>
      <Facts items={[[t('servers.url'), <CopyableId id={of.url} whole />]]} />
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Typography variant="h3" sx={{ flex: 1 }}>{t('servers.certificate')}</Typography>
        <CopyButton text={of.certificate} label={t('servers.copyPem')} />
        <Button variant="outlined" onClick={() => saveFile(`${name}-server.pem`, of.certificate)}>{t('certificates.downloadPem')}</Button>
      </Box>
      <CertificateChain pem={of.certificate} />
    </Card>
  );
}

export const Component = ServersPage;
