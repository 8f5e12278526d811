import { Chip } from '@mui/material';
import type { GridColDef } from '@mui/x-data-grid';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../../api/client';
import { ListTable } from '../../../components/ListTable';
import { Time } from '../../../components/Time';
import type { Device } from '../deviceApi';

type DeviceEvent = Schemas['DeviceEventData'];

const colours: Record<string, 'success' | 'error' | 'info' | 'default'> = { SUCCESS: 'success', FAIL: 'error', INFO: 'info' };

/** What happened to the device, newest first. */
export default function EventsTab({ device }: { device: Device }) {
  const { t } = useTranslation('devices');
  const columns = useMemo<GridColDef<DeviceEvent>[]>(() => [
    { field: 'date_time', headerName: t('events.when'), width: 190, renderCell: ({ row }) => <Time value={row.date_time} /> },
    { field: 'event_type_description', headerName: t('events.outcome'), width: 110, renderCell: ({ row }) => <Chip label={t(`events.outcomes.${row.event_type_description}`)} color={colours[row.event_type_description] ?? 'default'} variant="outlined" sx={{ height: 22 }} /> },
    { field: 'event_type', headerName: t('events.type'), width: 250 },
    { field: 'description', headerName: t('events.what'), flex: 1, minWidth: 260 },
    { field: 'data', headerName: t('events.data'), flex: 1, minWidth: 200, valueGetter: (_, row) => Object.entries(row.data).map(([key, value]) => `${key}: ${value}`).join(', ') },
  ], [t]);
  return (
    <ListTable<DeviceEvent>
      queryKey={['devices', 'events', device.id]} label={t('details.tab.events')} columns={columns} filter={`device_id__eq=${device.id}`} refetchInterval={10_000}
      read={(query) => dataOf(api.GET('/v3/device-events', { params: { query } }))}
    />
  );
}
