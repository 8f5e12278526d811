import { Box, Button, Chip, IconButton, Table, TableBody, TableCell, TableContainer, TableHead, TableRow, Tooltip } from '@mui/material';
import Add from '@mui/icons-material/Add';
import ArrowDownward from '@mui/icons-material/ArrowDownward';
import ArrowUpward from '@mui/icons-material/ArrowUpward';
import DragIndicator from '@mui/icons-material/DragIndicator';
import RuleOutlined from '@mui/icons-material/RuleOutlined';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, dataOf } from '../../api/client';
import type { ListPage } from '../../api/lists';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { CsvButton } from '../../components/CsvButton';
import { EmptyState } from '../../components/EmptyState';
import { useNotice } from '../../components/Notices';
import { PageHeader } from '../../components/PageHeader';
import { PageLink } from '../../components/PageLink';
import { Problem } from '../../components/Problem';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Time } from '../../components/Time';
import { Waiting } from '../../components/Waiting';
import { DryRunDialog } from './DryRunDialog';
import { reordered } from './order';
import { conditionsOf, type Rule } from './rule';

// All rules at once, in the order in which they are asked: this list has no pages.
async function listRules(): Promise<ListPage<Rule>> {
  return dataOf(api.GET('/v3/bootstrap-rules'));
}

/** The rules in their order, which is changed by dragging or with the arrows. */
function RulesPage() {
  const { t } = useTranslation('bootstrapRules');
  const client = useQueryClient();
  const notify = useNotice();
  const [isDry, setDry] = useState(false);
  const [removed, setRemoved] = useState<Rule | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [target, setTarget] = useState<number | null>(null);
  const [isMoving, setMoving] = useState(false);
  const found = useQuery({ queryKey: ['bootstrap-rules', 'list'], queryFn: listRules });
  const rules = found.data?.data ?? [];
  const move = async (from: number, to: number): Promise<void> => {
    setMoving(true);
    try {
      // One after the other: when one fails, those before it are a valid order, too.
      for (const { rule, priority } of reordered(rules, from, to)) {
        const { name, description, enabled, match, server, instances, observations, redirect } = rule;
        const body = { name, description, enabled, priority, match, ...(redirect ? { redirect } : { server, instances, observations }) };
        await api.PUT('/v3/bootstrap-rules/{id}', { params: { path: { id: rule.id } }, body });
      }
    } catch (error) {
      notify(error as Error);
    }
    await client.invalidateQueries({ queryKey: ['bootstrap-rules'] });
    setMoving(false);
  };
  const add = <Button variant="contained" startIcon={<Add />} component={Link} to="/bootstrap-rules/new">{t('new')}</Button>;
  return (
    <>
      <PageHeader title={t('title')} description={t('description')}>
        <ShowAsCode call={{ method: 'GET', path: '/v3/bootstrap-rules' }} />
        <CsvButton<Rule> name="bootstrap-rules" read={listRules} fields={['id', 'priority', 'name', 'description', 'enabled', 'match', 'server', 'redirect', 'instances', 'observations', 'updated_at']} />
        <Button variant="outlined" onClick={() => setDry(true)}>{t('dryRun')}</Button>
        {add}
      </PageHeader>
      {found.isLoading && <Waiting />}
      {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && rules.length === 0 && <EmptyState icon={RuleOutlined} title={t('empty.title')} text={t('empty.text')}>{add}</EmptyState>}
      {rules.length > 0 && (
        <TableContainer sx={{ bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: 1 }}>
          <Table size="small" aria-label={t('title')} aria-busy={isMoving} sx={{ minWidth: 760 }}>
            <TableHead>
              <TableRow>
                <TableCell>{t('fields.order')}</TableCell>
                {(['name', 'match', 'server', 'enabled', 'updated_at', 'actions'] as const).map((field) => <TableCell key={field}>{t(`fields.${field}`)}</TableCell>)}
              </TableRow>
            </TableHead>
            <TableBody>
              {rules.map((rule, index) => (
                <TableRow
                  key={rule.id} hover draggable={!isMoving} onDragStart={() => setDragged(index)} onDragEnd={() => (setDragged(null), setTarget(null))}
                  onDragOver={(event) => { if (dragged !== null) { event.preventDefault(); setTarget(index); } }}
                  onDrop={(event) => { event.preventDefault(); if (dragged !== null) void move(dragged, index); }}
                  sx={{ opacity: dragged === index ? 0.4 : 1, ...(target === index && dragged !== null && dragged !== index ? { boxShadow: (theme) => `inset 0 ${dragged < index ? -2 : 2}px 0 ${(theme.vars ?? theme).palette.primary.main}` } : {}) }}
                >
                  <TableCell sx={{ whiteSpace: 'nowrap' }}>
                    <DragIndicator fontSize="small" sx={{ color: 'text.disabled', cursor: 'grab', verticalAlign: 'middle' }} />
                    <Move label={t('up', { name: rule.name })} icon={ArrowUpward} disabled={isMoving || index === 0} onClick={() => void move(index, index - 1)} />
                    <Move label={t('down', { name: rule.name })} icon={ArrowDownward} disabled={isMoving || index === rules.length - 1} onClick={() => void move(index, index + 1)} />
                    <Box component="span" title={t('fields.priority')} sx={{ color: 'text.secondary', ml: 0.5 }}>{rule.priority}</Box>
                  </TableCell>
                  <TableCell><PageLink to={`/bootstrap-rules/${rule.id}`}>{rule.name}</PageLink></TableCell>
                  <TableCell>{conditionsOf(rule.match).map(({ field, value }) => `${t(`fields.${field}`)}: ${value}`).join(', ') || t('everyDevice')}</TableCell>
                  <TableCell sx={{ overflowWrap: 'anywhere' }}>{rule.redirect || rule.server.uri || t('accountServer')}</TableCell>
                  <TableCell><Chip size="small" variant="outlined" color={rule.enabled ? 'success' : 'default'} label={t(rule.enabled ? 'on' : 'off')} /></TableCell>
                  <TableCell sx={{ whiteSpace: 'nowrap' }}><Time value={rule.updated_at} relative /></TableCell>
                  <TableCell><Button size="small" color="error" aria-label={`${t('delete')}: ${rule.name}`} onClick={() => setRemoved(rule)}>{t('delete')}</Button></TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
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

function Move({ label, icon: Icon, disabled, onClick }: { label: string; icon: typeof ArrowUpward; disabled: boolean; onClick: () => void }) {
  return <Tooltip title={label}><span><IconButton size="small" aria-label={label} disabled={disabled} onClick={onClick} sx={{ p: 0.25 }}><Icon sx={{ fontSize: 16 }} /></IconButton></span></Tooltip>;
}

export const Component = RulesPage;
