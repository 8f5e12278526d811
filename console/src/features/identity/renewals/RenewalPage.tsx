import { Alert, Box, Button, Card, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { api, dataOf, type Schemas } from '../../../api/client';
import { ApiError } from '../../../api/errors';
import { NotFound } from '../../../app/NotFound';
import { ConfirmDialog } from '../../../components/ConfirmDialog';
import { Facts } from '../../../components/Facts';
import { PageHeader } from '../../../components/PageHeader';
import { Problem } from '../../../components/Problem';
import { ShowAsCode } from '../../../components/ShowAsCode';
import { PageLink } from '../../../components/PageLink';
import { Time } from '../../../components/Time';
import { Waiting } from '../../../components/Waiting';
import { StateChip } from './RenewalsPage';

const interval = 3_000;
const mostLate = 50;

/** One campaign: how far it is, and who will be too late. */
function RenewalPage() {
  const { t } = useTranslation('identity');
  const { id = '' } = useParams();
  const [asked, setAsked] = useState<'start' | 'stop' | 'delete' | null>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const params = { path: { 'certificate-campaign-id': id } };
  const found = useQuery({ queryKey: ['certificate-campaigns', id], refetchInterval: interval, queryFn: () => dataOf(api.GET('/v3/certificate-campaigns/{certificate-campaign-id}', { params })) });
  const one = found.data;
  const hasStarted = one !== undefined && one.state !== 'draft';
  const statistics = useQuery({ queryKey: ['certificate-campaigns', id, 'statistics'], enabled: hasStarted, refetchInterval: interval, queryFn: () => dataOf(api.GET('/v3/certificate-campaigns/{certificate-campaign-id}/statistics', { params })) });
  const forecast = useQuery({ queryKey: ['certificate-campaigns', id, 'forecast'], enabled: one !== undefined, refetchInterval: 30_000, queryFn: () => dataOf(api.GET('/v3/certificate-campaigns/{certificate-campaign-id}/forecast', { params })) });
  if (found.error instanceof ApiError && (found.error.status === 404 || found.error.status === 400)) return <NotFound />;
  if (found.isError && !one) return <Problem error={found.error} onRetry={() => void found.refetch()} />;
  if (!one) return <Waiting />;
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: ['certificate-campaigns'] });
  const runs = {
    start: async () => { await api.POST('/v3/certificate-campaigns/{certificate-campaign-id}/start', { params }); await changed(); },
    stop: async () => { await api.POST('/v3/certificate-campaigns/{certificate-campaign-id}/stop', { params }); await changed(); },
    delete: async () => { await api.DELETE('/v3/certificate-campaigns/{certificate-campaign-id}', { params }); await navigate('/identity/renewals'); await changed(); },
  };
  return (
    <>
      <PageHeader title={one.name} description={one.description} trail={[{ label: t('renewals.title'), to: '/identity/renewals' }]}>
        <ShowAsCode call={{ method: 'GET', path: `/v3/certificate-campaigns/${id}/statistics` }} />
        {one.state === 'running' && <Button variant="contained" color="warning" onClick={() => setAsked('stop')}>{t('renewals.stop')}</Button>}
        {(one.state === 'draft' || one.state === 'stopped') && <Button variant="contained" onClick={() => setAsked('start')}>{t(one.state === 'draft' ? 'renewals.start' : 'renewals.goOn')}</Button>}
        {one.state !== 'running' && <Button variant="outlined" color="error" onClick={() => setAsked('delete')}>{t('delete', { ns: 'components' })}</Button>}
      </PageHeader>
      {one.state_detail && <Alert severity="warning" sx={{ mb: 2 }}>{one.state_detail}</Alert>}
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' }, alignItems: 'start' }}>
        <Card sx={{ p: 2 }}>
          <Box sx={{ display: 'flex', alignItems: 'center', mb: 1.5 }}><Typography variant="h2" sx={{ flex: 1 }}>{t('renewals.progress')}</Typography><StateChip state={one.state} /></Box>
          {hasStarted && statistics.data ? <Progress of={statistics.data} /> : <Typography color="textSecondary">{t('renewals.notStarted')}</Typography>}
        </Card>
        <Card sx={{ p: 2 }}>
          <Typography variant="h2" sx={{ mb: 1.5 }}>{t('renewals.settings')}</Typography>
          <Facts items={[
            [t('renewals.certificate'), one.certificate_name],
            [t('renewals.filter'), one.device_filter || t('renewals.allDevices')],
            [t('renewals.devices'), hasStarted ? one.device_count : null],
            [t('renewals.stages'), one.stages.map((share, index) => `${share} %${index === one.stage && hasStarted ? ` (${t('renewals.now')})` : ''}`).join(' → ')],
            [t('renewals.rate'), one.rate_per_minute],
            [t('renewals.failures'), `${one.max_failure_percent} %`],
            [t('fields.updated_at'), <Time value={one.updated_at} />],
          ]} />
        </Card>
        <Card sx={{ p: 2, gridColumn: '1 / -1', minWidth: 0 }}>
          <Typography variant="h2" sx={{ mb: 1.5 }}>{t('renewals.forecast')}</Typography>
          {forecast.isError && <Problem error={forecast.error} />}
          {forecast.data && <Forecast of={forecast.data} />}
        </Card>
      </Box>
      {asked && <ConfirmDialog title={t(`renewals.${asked}Title`, { name: one.name })} text={t(`renewals.${asked}Text`)} action={asked === 'delete' ? t('delete', { ns: 'components' }) : t(`renewals.${asked}`)} danger={asked !== 'start'} onClose={() => setAsked(null)} onConfirm={runs[asked]} />}
    </>
  );
}

const parts = [['succeeded', 'success.main'], ['ordered', 'info.main'], ['failed', 'error.main'], ['waiting', 'divider']] as const;

function Progress({ of }: { of: Schemas['CertificateCampaignStatistics'] }) {
  const { t } = useTranslation('identity');
  const total = Math.max(1, parts.reduce((sum, [name]) => sum + of[name], 0));
  return (
    <>
      <Box role="img" aria-label={parts.map(([name]) => `${t(`renewals.parts.${name}`)} ${of[name]}`).join(', ')} sx={{ display: 'flex', height: 14, borderRadius: 1, overflow: 'hidden', bgcolor: 'divider', mb: 1.5 }}>
        {parts.map(([name, colour]) => <Box key={name} sx={{ width: `${(100 * of[name]) / total}%`, bgcolor: colour, transition: 'width .3s' }} />)}
      </Box>
      <Box sx={{ display: 'flex', gap: 2.5, flexWrap: 'wrap' }}>
        {parts.map(([name, colour]) => (
          <Box key={name} sx={{ display: 'flex', alignItems: 'center', gap: 0.75 }}>
            <Box sx={{ width: 10, height: 10, borderRadius: '50%', bgcolor: colour }} />
            <Typography variant="body2">{t(`renewals.parts.${name}`)} <strong>{of[name]}</strong></Typography>
          </Box>
        ))}
      </Box>
    </>
  );
}

function Forecast({ of }: { of: Schemas['CampaignForecast'] }) {
  const { t } = useTranslation('identity');
  return (
    <>
      <Alert severity={of.late_count > 0 ? 'warning' : 'success'}>
        {t('renewals.open', { count: of.open })} {of.ordered_until && <>{t('renewals.until')} <Time value={of.ordered_until} />.</>} {of.late_count > 0 ? t('renewals.late', { count: of.late_count }) : t('renewals.noneLate')}
      </Alert>
      {of.late.length > 0 && (
        <Box sx={{ overflowX: 'auto', mt: 1 }} tabIndex={0} role="region" aria-label={t('renewals.forecast')}>
          <Table size="small">
            <TableHead><TableRow><TableCell>{t('enrollments.device')}</TableCell><TableCell>{t('renewals.ends')}</TableCell><TableCell>{t('renewals.contact')}</TableCell><TableCell>{t('denials.reason')}</TableCell></TableRow></TableHead>
            <TableBody>
              {of.late.slice(0, mostLate).map((late) => (
                <TableRow key={late.device_id}>
                  <TableCell><PageLink to={`/devices/${late.device_id}/identity`}>…{late.device_id.slice(-6)}</PageLink></TableCell>
                  <TableCell><Time value={late.not_after} relative /></TableCell>
                  <TableCell>{late.next_contact ? <Time value={late.next_contact} relative /> : t('renewals.unknown')}</TableCell>
                  <TableCell>{late.reason}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Box>
      )}
    </>
  );
}

export const Component = RenewalPage;
