import { Box, Button } from '@mui/material';
import DevicesOther from '@mui/icons-material/DevicesOther';
import FileUploadOutlined from '@mui/icons-material/FileUploadOutlined';
import type { GridColDef, GridRowSelectionModel } from '@mui/x-data-grid';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { ListPage } from '../../api/lists';
import { CopyableId } from '../../components/CopyableId';
import { EmptyState } from '../../components/EmptyState';
import { ListTable } from '../../components/ListTable';
import { PageHeader } from '../../components/PageHeader';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Time } from '../../components/Time';
import { useAdding } from './add/AddButtons';
import { BulkBar } from './BulkBar';
import { listDevices, type Device } from './deviceApi';
import { ExportButton } from './ExportButton';
import { FilterBar } from './FilterBar';
import { ImportDialog } from './ImportDialog';
import { StateChip } from './StateChip';
import { StateFilter } from './StateFilter';

const hidden = ['description', 'endpoint_type', 'device_class', 'vendor_id', 'ca_id', 'created_at', 'bootstrapped_timestamp', 'connector_expiration_date', 'deployed_state'];
const nothing: GridRowSelectionModel = { type: 'include', ids: new Set() };

function DirectoryPage() {
  const { t } = useTranslation('devices');
  const navigate = useNavigate();
  // The filter is in the address, so that it survives a reload and can be sent to somebody.
  const [query, setQuery] = useSearchParams();
  const filter = query.get('filter') ?? '';
  const [selection, setSelection] = useState(nothing);
  const [chosen, setChosen] = useState<readonly Device[]>([]);
  const [isAll, setAll] = useState(false);
  const [total, setTotal] = useState<number | null>(null);
  const [keys, setKeys] = useState<readonly string[]>([]);
  const [isImporting, setImporting] = useState(false);
  const adding = useAdding();

  const setFilter = (next: string): void => {
    setQuery(next ? { filter: next } : {});
    clear();
  };
  const clear = (): void => (setSelection(nothing), setChosen([]), setAll(false));
  const onSelection = (model: GridRowSelectionModel, rows: readonly Device[]): void => {
    // Whatever is chosen without exception is, for the grid, all but nothing; here that means the rows of the page.
    const picked = rows.filter((row) => (model.type === 'include' ? model.ids.has(row.id) : !model.ids.has(row.id)));
    setSelection({ type: 'include', ids: new Set(picked.map((row) => row.id)) });
    setChosen(picked);
    setAll(false);
  };
  const onRows = useCallback((page: ListPage<Device>) => {
    if (page.total_count !== null && page.total_count !== undefined) setTotal(page.total_count);
    const seen = page.data.flatMap((device) => Object.keys(device.custom_attributes));
    setKeys((known) => (seen.every((key) => known.includes(key)) ? known : [...new Set([...known, ...seen])].sort().slice(0, 20)));
  }, []);
  const columns = useColumns(keys);

  return (
    <>
      <PageHeader title={t('title')} description={t('description')}>
        <ShowAsCode call={{ method: 'GET', path: `/v3/devices?limit=50&order=DESC${filter ? `&filter=${encodeURIComponent(filter)}` : ''}` }} />
        <ExportButton filter={filter} />
        <Button variant="outlined" startIcon={<FileUploadOutlined />} onClick={() => setImporting(true)}>{t('import.button')}</Button>
        {adding.actions}
      </PageHeader>
      <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5, mb: 1.5 }}>
        <FilterBar filter={filter} onChange={setFilter} />
        <StateFilter filter={filter} onChange={setFilter} />
      </Box>
      <BulkBar chosen={chosen} total={total} isAll={isAll} filter={filter} onAll={() => setAll(true)} onClear={clear} />
      <ListTable<Device>
        queryKey={['devices', 'list']} read={listDevices} columns={columns} label={t('title')} filter={filter} storageKey="surety.devices.columns" hiddenColumns={hidden}
        selection={selection} onSelection={onSelection} onRows={onRows} onRowClick={(row) => void navigate(`/devices/${row.id}`)} showToolbar
        empty={<EmptyState icon={DevicesOther} title={t('empty.title')} text={t('empty.text')}>{adding.first}</EmptyState>}
      />
      {adding.dialog}
      {isImporting && <ImportDialog onClose={() => setImporting(false)} />}
    </>
  );
}

function useColumns(keys: readonly string[]): GridColDef<Device>[] {
  const { t } = useTranslation('devices');
  return useMemo(() => {
    const column = (field: string, more: Partial<GridColDef<Device>> = {}): GridColDef<Device> => ({ field, headerName: t(`fields.${field}`), flex: 1, minWidth: 130, ...more });
    const time = (field: string): GridColDef<Device> => column(field, { renderCell: ({ value }: { value?: string | null }) => <Time value={value} relative /> });
    return [
      column('endpoint_name', { flex: 1.4, minWidth: 170, renderCell: ({ row }) => <Box component={Link} to={`/devices/${row.id}`} sx={{ color: 'primary.main', fontWeight: 600, textDecoration: 'none', '&:hover': { textDecoration: 'underline' } }}>{row.endpoint_name || t('noName')}</Box> }),
      column('state', { minWidth: 140, flex: 0.7, renderCell: ({ row }) => <StateChip device={row} /> }),
      column('name'),
      column('serial_number'),
      column('id', { minWidth: 110, flex: 0.6, renderCell: ({ row }) => <CopyableId id={row.id} /> }),
      time('updated_at'),
      ...keys.map((key): GridColDef<Device> => ({ field: `custom_attributes.${key}`, headerName: key, minWidth: 110, flex: 0.8, valueGetter: (_, row) => row.custom_attributes[key] ?? '' })),
      column('description'), column('endpoint_type'), column('device_class'), column('vendor_id'), column('deployed_state'), column('ca_id'),
      time('created_at'), time('bootstrapped_timestamp'), column('connector_expiration_date'),
    ];
  }, [t, keys]);
}

export const Component = DirectoryPage;
