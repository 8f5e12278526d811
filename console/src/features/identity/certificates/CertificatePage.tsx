import { Box, Button, Card, Chip, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { api, dataOf, type Schemas } from '../../../api/client';
import { ApiError } from '../../../api/errors';
import { NotFound } from '../../../app/NotFound';
import { CertificateChain } from '../../../components/CertificateCard';
import { ConfirmDialog } from '../../../components/ConfirmDialog';
import { CopyableId } from '../../../components/CopyableId';
import { Facts } from '../../../components/Facts';
import { PageHeader } from '../../../components/PageHeader';
import { Problem } from '../../../components/Problem';
import { saveFile } from '../../../components/saveFile';
import { ShowAsCode } from '../../../components/ShowAsCode';
import { PageLink } from '../../../components/PageLink';
import { Time } from '../../../components/Time';
import { Waiting } from '../../../components/Waiting';
import { CertificateDialog } from './CertificateDialog';
import { DeveloperFiles } from './DeveloperWizard';
import { isDeveloper, StatusChip, Validity } from './StatusChip';

type Open = 'edit' | 'switch' | 'delete' | Schemas['DeveloperCertificateResponseData'];

/** A trusted certificate with all that is in it. */
function CertificatePage() {
  const { t } = useTranslation('identity');
  const { id = '' } = useParams();
  const [open, setOpen] = useState<Open | null>(null);
  const [isLoading, setLoading] = useState(false);
  const client = useQueryClient();
  const navigate = useNavigate();
  const path = { cert_id: id };
  const found = useQuery({ queryKey: ['trusted-certificates', id], queryFn: () => dataOf(api.GET('/v3/trusted-certificates/{cert_id}', { params: { path } })) });
  if (found.error instanceof ApiError && (found.error.status === 404 || found.error.status === 400)) return <NotFound />;
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Waiting />;
  const one = found.data;
  const other = one.status === 'ACTIVE' ? 'INACTIVE' : 'ACTIVE';
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: ['trusted-certificates'] });
  const showFiles = async (): Promise<void> => {
    setLoading(true);
    try {
      setOpen(await dataOf(api.GET('/v3/developer-certificates/{developerCertificateId}', { params: { path: { developerCertificateId: id } } })));
    } finally {
      setLoading(false);
    }
  };
  return (
    <>
      <PageHeader title={one.name} description={one.description} trail={[{ label: t('certificates.title'), to: '/identity/certificates' }]}>
        <ShowAsCode call={{ method: 'GET', path: `/v3/trusted-certificates/${id}` }} />
        {isDeveloper(one) && <Button variant="outlined" loading={isLoading} onClick={() => void showFiles()}>{t('developer.show')}</Button>}
        <Button variant="outlined" onClick={() => saveFile(`${one.name}.pem`, one.certificate)}>{t('certificates.downloadPem')}</Button>
        <Button variant="outlined" onClick={() => setOpen('edit')}>{t('edit', { ns: 'components' })}</Button>
        <Button variant="outlined" color={one.status === 'ACTIVE' ? 'warning' : 'success'} onClick={() => setOpen('switch')}>{t(`certificates.to.${other}`)}</Button>
        <Button variant="outlined" color="error" onClick={() => setOpen('delete')}>{t('delete', { ns: 'components' })}</Button>
      </PageHeader>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' }, alignItems: 'start' }}>
        <Card sx={{ p: 2 }}>
          <Typography variant="h2" sx={{ mb: 1.5 }}>{t('certificates.trustOf')}</Typography>
          <Facts items={[
            [t('fields.status'), <StatusChip status={one.status} />],
            [t('certificates.service'), t(`certificates.services.${one.service}`)],
            [t('certificates.mode'), t(one.enrollment_mode ? 'certificates.claimed' : 'certificates.all')],
            [t('certificates.kind'), isDeveloper(one) ? <Chip label={t('certificates.developer')} variant="outlined" /> : t('certificates.authority')],
            [t('certificates.validity'), <Validity value={one.validity} />],
            [t('certificates.devices'), <PageLink to={`/devices?filter=${encodeURIComponent(`ca_id=${id}`)}`}>{t('certificates.showDevices')}</PageLink>],
            ['ID', <CopyableId id={one.id} whole />],
            [t('fields.created_at'), <Time value={one.created_at} />],
            [t('fields.updated_at'), <Time value={one.updated_at} />],
          ]} />
        </Card>
        <Box sx={{ minWidth: 0 }}>
          <CertificateChain pem={one.certificate} />
        </Box>
      </Box>
      {open === 'edit' && <CertificateDialog of={one} onClose={() => setOpen(null)} onDone={changed} />}
      {open === 'switch' && (
        <ConfirmDialog title={t(`certificates.toTitle.${other}`, { name: one.name })} text={t(`certificates.toText.${other}`)} action={t(`certificates.to.${other}`)} danger={other === 'INACTIVE'} onClose={() => setOpen(null)}
          onConfirm={async () => { await api.PUT('/v3/trusted-certificates/{cert_id}', { params: { path }, body: { status: other } }); await changed(); }} />
      )}
      {open === 'delete' && (
        <ConfirmDialog title={t('deleteTitle', { name: one.name })} text={t('certificates.deleteText')} action={t('delete', { ns: 'components' })} danger onClose={() => setOpen(null)}
          onConfirm={async () => { await api.DELETE('/v3/trusted-certificates/{cert_id}', { params: { path } }); await navigate('/identity/certificates'); await changed(); }} />
      )}
      {open !== null && typeof open === 'object' && <DeveloperFiles of={open} onClose={() => setOpen(null)} />}
    </>
  );
}

export const Component = CertificatePage;
