import { Box } from '@mui/material';
import { DataGrid, type DataGridProps, type GridColDef, type GridColumnVisibilityModel, type GridRowSelectionModel, type GridValidRowModel } from '@mui/x-data-grid';
import { deDE } from '@mui/x-data-grid/locales';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListPage, ListRequest } from '../api/lists';
import { nonce } from '../app/nonce';
import { Problem } from './Problem';

export interface ListTableProps<T extends GridValidRowModel & { id: string }> {
  /** Names the list to the cache; what the filter and the page are comes behind it. */
  queryKey: readonly unknown[];
  read: (request: ListRequest) => Promise<ListPage<T>>;
  columns: GridColDef<T>[];
  label: string;
  filter?: string;
  order?: 'ASC' | 'DESC';
  /** Remembers which columns somebody has chosen, under this name. */
  storageKey?: string;
  hiddenColumns?: readonly string[];
  onRowClick?: (row: T) => void;
  selection?: GridRowSelectionModel;
  onSelection?: (model: GridRowSelectionModel, rows: readonly T[]) => void;
  empty?: ReactNode;
  onRows?: (page: ListPage<T>) => void;
  showToolbar?: boolean;
  refetchInterval?: number;
}

const pageSizes = [25, 50, 100];

/**
 * A table on a list endpoint. The API pages by the id of the last item (`after`), so that a page is found as fast at the end of 100,000
 * items as at the beginning; the ids that the pages seen so far begin behind are kept here to go back.
 */
export function ListTable<T extends GridValidRowModel & { id: string }>(props: ListTableProps<T>) {
  const { queryKey, read, columns, label, filter = '', order = 'DESC', storageKey, hiddenColumns = [], onRowClick, selection, onSelection, empty, onRows, showToolbar = false, refetchInterval } = props;
  const { t, i18n } = useTranslation('components');
  const [pageSize, setPageSize] = useState(pageSizes[0]!);
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const [visible, setVisible] = useColumns(storageKey, hiddenColumns);
  useEffect(() => setCursors([undefined]), [filter, order, pageSize]);

  const after = cursors.at(-1);
  const page = useQuery({
    queryKey: [...queryKey, { filter, order, pageSize, after }],
    queryFn: () => read({ limit: pageSize, order, ...(filter ? { filter } : {}), ...(after ? { after } : {}), ...(after ? {} : { include: 'total_count' as const }) }),
    placeholderData: keepPreviousData,
    ...(refetchInterval ? { refetchInterval } : {}),
  });
  // The total is counted with the first page alone.
  const total = useRef<number>(-1);
  if (page.data?.total_count !== undefined && page.data.total_count !== null) total.current = page.data.total_count;
  useEffect(() => {
    if (page.data) onRows?.(page.data);
  }, [page.data, onRows]);

  const rows = page.data?.data ?? [];
  // On the last page the number is known also where the list does not count.
  const known = page.data && !page.data.has_more ? (cursors.length - 1) * pageSize + rows.length : total.current;
  const locale = useMemo(() => (i18n.language === 'de' ? deDE.components.MuiDataGrid.defaultProps.localeText : undefined), [i18n.language]);
  const onPage: DataGridProps['onPaginationModelChange'] = (model) => {
    if (model.pageSize !== pageSize) setPageSize(model.pageSize);
    else if (model.page < cursors.length - 1) setCursors(cursors.slice(0, model.page + 1));
    else if (model.page === cursors.length && rows.length > 0) setCursors([...cursors, rows.at(-1)!.id]);
  };
  if (page.isError && !page.data) return <Problem error={page.error} onRetry={() => void page.refetch()} />;
  if (empty && page.data && rows.length === 0 && cursors.length === 1 && filter === '') return <>{empty}</>;
  return (
    <Box sx={{ width: '100%' }}>
      {page.isError && <Problem error={page.error} onRetry={() => void page.refetch()} />}
      <DataGrid<T>
        rows={rows} columns={columns} aria-label={label} {...(nonce ? { nonce } : {})} loading={page.isLoading || page.isPlaceholderData} density="compact" autoHeight
        {...(locale ? { localeText: locale } : {})}
        disableColumnFilter disableColumnSorting showToolbar={showToolbar}
        slotProps={{ toolbar: { csvOptions: { disableToolbarButton: true }, printOptions: { disableToolbarButton: true }, showQuickFilter: false } }}
        columnVisibilityModel={visible} onColumnVisibilityModelChange={setVisible}
        paginationMode="server" pageSizeOptions={pageSizes} paginationModel={{ page: cursors.length - 1, pageSize }} onPaginationModelChange={onPage}
        rowCount={known} paginationMeta={{ hasNextPage: page.data?.has_more ?? false }}
        checkboxSelection={onSelection !== undefined} disableRowSelectionOnClick keepNonExistentRowsSelected={false}
        {...(selection ? { rowSelectionModel: selection } : {})}
        {...(onSelection ? { onRowSelectionModelChange: (model: GridRowSelectionModel) => onSelection(model, rows) } : {})}
        {...(onRowClick ? { onRowClick: ({ row }: { row: T }) => onRowClick(row) } : {})}
        sx={{ bgcolor: 'background.paper', ...(onRowClick ? { '& .MuiDataGrid-row': { cursor: 'pointer' } } : {}) }}
        slots={{ noRowsOverlay: () => <Box sx={{ display: 'grid', placeItems: 'center', height: '100%', minHeight: 80, color: 'text.secondary' }}>{t('table.nothing')}</Box> }}
      />
    </Box>
  );
}

function useColumns(storageKey: string | undefined, hidden: readonly string[]): [GridColumnVisibilityModel, (model: GridColumnVisibilityModel) => void] {
  const [model, setModel] = useState<GridColumnVisibilityModel>(() => {
    const initial = Object.fromEntries(hidden.map((name) => [name, false]));
    try {
      return { ...initial, ...(storageKey ? (JSON.parse(localStorage.getItem(storageKey) ?? '{}') as GridColumnVisibilityModel) : {}) };
    } catch {
      return initial;
    }
  });
  return [model, (next) => {
    setModel(next);
    if (storageKey) localStorage.setItem(storageKey, JSON.stringify(next));
  }];
}
