import { Box, Button, IconButton, MenuItem, TextField, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import Add from '@mui/icons-material/Add';
import DeleteOutline from '@mui/icons-material/DeleteOutlined';
import type { GridColDef } from '@mui/x-data-grid';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../api/client';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { FormDialog } from '../../components/FormDialog';
import { ListTable } from '../../components/ListTable';
import { PageHeader } from '../../components/PageHeader';
import { ShowAsCode } from '../../components/ShowAsCode';
import { linesOf, methods, mistakeOf, mostPolicies, policiesOf, type PolicyLine } from './policies';
import { RowActions } from '../../components/RowActions';
import { Text } from '../../components/Text';

type Group = Schemas['GroupSummary'];

/** The groups of every account have no policies of their own, or those of the template: they stay as they are. */
const builtIn = ['Administrators', 'Developers', 'ReadOnly'];

function PolicyGroupsPage() {
  const { t } = useTranslation('access');
  const [edited, setEdited] = useState<Group | 'new' | null>(null);
  const [deleted, setDeleted] = useState<Group | null>(null);
  const client = useQueryClient();
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: ['policy-groups'] });
  const count = (field: string): GridColDef<Group> => ({ field, headerName: t(`fields.${field}`), type: 'number', width: 120 });
  const columns: GridColDef<Group>[] = [
    { field: 'name', headerName: t('fields.name'), flex: 1, minWidth: 160 },
    count('user_count'), count('apikey_count'), count('application_count'),
    { field: 'policies', headerName: t('groups.policies'), minWidth: 150, flex: 1, valueGetter: (_, row) => (builtIn.includes(row.name) ? t('groups.builtIn') : t('groups.count', { count: row.policies.length })) },
    { field: 'actions', headerName: '', width: 56, renderCell: ({ row }) => !builtIn.includes(row.name) && <RowActions name={row.name} items={[[t('edit'), () => setEdited(row)], [t('delete'), () => setDeleted(row)]]} /> },
  ];
  return (
    <>
      <PageHeader title={t('groups.title')} description={t('groups.description')}>
        <ShowAsCode call={{ method: 'GET', path: '/v3/policy-groups' }} />
        <Button variant="contained" startIcon={<Add />} onClick={() => setEdited('new')}>{t('groups.new')}</Button>
      </PageHeader>
      <ListTable<Group> queryKey={['policy-groups', 'list']} read={(query) => dataOf(api.GET('/v3/policy-groups', { params: { query } }))} columns={columns} label={t('groups.title')} order="ASC" />
      {edited && <PolicyGroupDialog of={edited === 'new' ? null : edited} onClose={() => setEdited(null)} onDone={changed} />}
      {deleted && (
        <ConfirmDialog title={t('deleteTitle', { name: deleted.name })} text={t('groups.deleteText')} action={t('delete')} danger onClose={() => setDeleted(null)}
          onConfirm={async () => { await api.DELETE('/v3/policy-groups/{group_id}', { params: { path: { group_id: deleted.id } } }); await changed(); }} />
      )}
    </>
  );
}

function PolicyGroupDialog({ of, onClose, onDone }: { of: Group | null; onClose: () => void; onDone: () => Promise<void> }) {
  const { t } = useTranslation('access');
  const [name, setName] = useState(of?.name ?? '');
  const [lines, setLines] = useState<PolicyLine[]>(() => linesOf(of?.policies ?? []));
  const features = useQuery({
    queryKey: ['account', 'features'], staleTime: Infinity,
    queryFn: async () => ((await dataOf(api.GET('/v3/accounts/me', { params: { query: { include: 'policies' } } }))).policies ?? []).flatMap((policy) => policy.feature ?? []),
  });
  const body = { name, policies: policiesOf(lines) };
  const submit = async (): Promise<void> => {
    if (of) await api.PUT('/v3/policy-groups/{group_id}', { params: { path: { group_id: of.id } }, body });
    else await api.POST('/v3/policy-groups', { body });
    await onDone();
  };
  const set = (index: number, more: Partial<PolicyLine>): void => setLines(lines.map((line, i) => (i === index ? { ...line, ...more } : line)));
  return (
    <FormDialog title={of ? t('editTitle', { name: of.name }) : t('groups.new')} action={of ? t('save', { ns: 'components' }) : t('create')} fields={['name']} call={of ? { method: 'PUT', path: `/v3/policy-groups/${of.id}`, body } : { method: 'POST', path: '/v3/policy-groups', body }} onSubmit={submit} onClose={onClose}>
      <Text field="name" label={t('fields.name')} value={name} onText={setName} autoFocus />
      <Typography variant="h3" component="h3">{t('groups.policies')}</Typography>
      <Typography variant="body2" color="textSecondary">{t('groups.help')}</Typography>
      {lines.map((line, index) => {
        const mistake = mistakeOf(lines, index);
        return (
          <Box key={index} role="group" aria-label={t('groups.line', { number: index + 1 })} sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: 1, pb: 1, borderBottom: 1, borderColor: 'divider' }}>
            <ToggleButtonGroup size="small" exclusive value={line.allow} onChange={(_, allow: boolean | null) => allow !== null && set(index, { allow })} aria-label={t('groups.effect')}>
              <ToggleButton value color="success">{t('groups.allow')}</ToggleButton>
              <ToggleButton value={false} color="error">{t('groups.deny')}</ToggleButton>
            </ToggleButtonGroup>
            <TextField select label={t('groups.kind')} value={line.kind} onChange={(event) => set(index, { kind: event.target.value as PolicyLine['kind'], target: event.target.value === 'resource' ? '/' : '' })} sx={{ width: 120 }}>
              <MenuItem value="feature">{t('groups.feature')}</MenuItem>
              <MenuItem value="resource">{t('groups.resource')}</MenuItem>
            </TextField>
            <TextField
              select={line.kind === 'feature'} label={t(`groups.${line.kind}`)} value={line.target} onChange={(event) => set(index, { target: event.target.value })}
              error={mistake === 'noSlash'} helperText={mistake ? t(`groups.mistakes.${mistake}`) : undefined} sx={{ flex: '1 1 200px' }}
            >
              {line.kind === 'feature' ? (features.data ?? [line.target]).map((feature) => <MenuItem key={feature} value={feature}>{feature}</MenuItem>) : undefined}
            </TextField>
            <IconButton aria-label={t('groups.remove', { number: index + 1 })} onClick={() => setLines(lines.filter((_, i) => i !== index))}><DeleteOutline /></IconButton>
            <ToggleButtonGroup size="small" value={line.methods} onChange={(_, chosen: string[]) => set(index, { methods: chosen })} aria-label={t('groups.methods')} sx={{ flexBasis: '100%' }}>
              {methods.map((method) => <ToggleButton key={method} value={method} sx={{ px: 1, py: 0.25 }}>{method}</ToggleButton>)}
            </ToggleButtonGroup>
          </Box>
        );
      })}
      <Box><Button startIcon={<Add />} disabled={lines.length >= mostPolicies} onClick={() => setLines([...lines, { kind: 'feature', target: '', methods: ['GET'], allow: true }])}>{t('groups.add')}</Button></Box>
    </FormDialog>
  );
}

export const Component = PolicyGroupsPage;
