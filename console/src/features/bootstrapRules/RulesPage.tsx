import { Button, Chip } from '@mui/material';
import RuleOutlined from '@mui/icons-material/RuleOutlined';
import type { GridColDef } from '@mui/x-data-grid';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../api/client';
import type { ListPage } from '../../api/lists';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { EmptyState } from '../../components/EmptyState';
import { ListTable } from '../../components/ListTable';
import { PageHeader } from '../../components/PageHeader';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Time } from '../../components/Time';
import { DryRunDialog } from './DryRunDialog';
import { conditionsOf, type Rule } from './rule';

// All rules at once, in the order in which they are asked: this list has no pages.
async function listRules(): Promise<ListPage<Rule>> {
  return dataOf(api.GET('/v3/bootstrap-rules'));
}

function RulesPage() {
  const { t } = useTranslation('bootstrapRules');
  const client = useQueryClient();
  const [isDry, setDry] = useState(false);
  const [removed, setRemoved] = useState<Rule | null>(null);
  const columns = useMemo((): GridColDef<Rule>[] => {
    const column = (field: string, more: Partial<GridColDef<Rule>> = {}): GridColDef<Rule> => ({ field, headerName: t(`fields.${field}`), flex: 1, minWidth: 120, ...more });
    return [
      column('priority', { type: 'number', flex: 0.4, minWidth: 80 }),
      column('name', { minWidth: 160 }),
      column('match', { flex: 2, minWidth: 220, valueGetter: (_, row) => conditionsOf(row.match).map(({ field, value }) => `${t(`fields.${field}`)}: ${value}`).join(', ') || t('everyDevice') }),
      column('server', { valueGetter: (_, row) => row.redirect || row.server.uri || t('accountServer') }),
      column('enabled', { flex: 0.6, renderCell: ({ row }) => <Chip size="small" variant="outlined" color={row.enabled ? 'success' : 'default'} label={t(row.enabled ? 'on' : 'off')} /> }),
      column('updated_at', { renderCell: ({ row }) => <Time value={row.updated_at} relative /> }),
      column('actions', { flex: 0.6, renderCell: ({ row }) => <Button size="small" color="error" aria-label={`${t('delete')}: ${row.name}`} onClick={() => setRemoved(row)}>{t('delete')}</Button> }),
    ];
  }, [t]);
  return (
    <>
      <PageHeader title={t('title')} description={t('description')}>
        <ShowAsCode call={{ method: 'GET', path: '/v3/bootstrap-rules' }} />
        <Button variant="contained" onClick={() => setDry(true)}>{t('dryRun')}</Button>
      </PageHeader>
      <ListTable<Rule> queryKey={['bootstrap-rules', 'list']} read={listRules} columns={columns} label={t('title')} order="ASC" empty={<EmptyState icon={RuleOutlined} title={t('empty.title')} text={t('empty.text')} />} />
      {isDry && <DryRunDialog onClose={() => setDry(false)} />}
      {removed && (
        <ConfirmDialog
          title={t('deleteTitle', { name: removed.name })} text={t('deleteText')} action={t('delete')} danger onClose={() => setRemoved(null)}
          onConfirm={async () => {
            await api.DELETE('/v3/bootstrap-rules/{id}', { params: { path: { id: removed.id } } });
            await client.invalidateQueries({ queryKey: ['bootstrap-rules'] });
          }}
        />
      )}
    </>
  );
}

export const Component = RulesPage;
