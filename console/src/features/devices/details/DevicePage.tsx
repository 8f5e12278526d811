import { Box, Tab, Tabs } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ApiError } from '../../../api/errors';
import { NotFound } from '../../../app/NotFound';
import { Problem } from '../../../components/Problem';
import { Waiting } from '../../../components/Waiting';
import { getDevice } from '../deviceApi';
import { DeviceHeader } from './DeviceHeader';
import { ResourcesTab } from './resources/ResourcesTab';

const pages = {
  resources: ResourcesTab,
  data: lazy(() => import('./data/DataTab')),
  events: lazy(() => import('./EventsTab')),
  trace: lazy(() => import('./trace/TraceTab')),
  identity: lazy(() => import('./identity/IdentityTab')),
  settings: lazy(() => import('./SettingsTab')),
};

type TabName = keyof typeof pages;

function DevicePage() {
  const { t } = useTranslation('devices');
  const { id = '', tab = 'resources' } = useParams();
  const device = useQuery({ queryKey: ['devices', 'one', id], queryFn: () => getDevice(id), refetchInterval: 60_000 });
  if (!(tab in pages) || (device.error instanceof ApiError && (device.error.status === 404 || device.error.status === 400))) return <NotFound />;
  if (device.isError && !device.data) return <Problem error={device.error} onRetry={() => void device.refetch()} />;
  if (!device.data) return <Waiting />;
  const Page = pages[tab as TabName];
  return (
    <>
      <DeviceHeader device={device.data} />
      <Box sx={{ borderBottom: 1, borderColor: 'divider', mb: 2 }}>
        <Tabs value={tab} variant="scrollable" scrollButtons="auto" aria-label={t('details.tabs')}>
          {(Object.keys(pages) as TabName[]).map((name) => <Tab key={name} value={name} label={t(`details.tab.${name}`)} component={Link} to={`/devices/${id}/${name}`} />)}
        </Tabs>
      </Box>
      <Suspense fallback={<Waiting />}><Page device={device.data} /></Suspense>
    </>
  );
}

export const Component = DevicePage;
