import { Box, Button, FormControlLabel, MenuItem, Radio, RadioGroup, Switch } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { api, dataOf } from '../../api/client';
import { ApiError } from '../../api/errors';
import { NotFound } from '../../app/NotFound';
import { FieldErrors, isShownByFields } from '../../components/FormDialog';
import { useNotice } from '../../components/Notices';
import { PageHeader } from '../../components/PageHeader';
import { PemField } from '../../components/PemField';
import { Problem } from '../../components/Problem';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Text } from '../../components/Text';
import { Waiting } from '../../components/Waiting';
import { useWork } from '../../components/useWork';
import { loadModel } from '../../lwm2m/model';
import { draftOf, requestOf, serverNumbers, type Draft } from './draft';
import { GroupField, TrustedField } from './Choices';
import { Instances } from './Instances';
import { Observations } from './Observations';
import { Part } from './Part';
import type { Rule } from './rule';

function RulePage() {
  const { id = '' } = useParams();
  const isNew = id === 'new';
  const all = useQuery({ queryKey: ['bootstrap-rules', 'list'], queryFn: () => dataOf(api.GET('/v3/bootstrap-rules')) });
  const found = useQuery({ queryKey: ['bootstrap-rules', id], enabled: !isNew, refetchOnWindowFocus: false, queryFn: () => dataOf(api.GET('/v3/bootstrap-rules/{id}', { params: { path: { id } } })) });
  if (found.error instanceof ApiError && (found.error.status === 404 || found.error.status === 400)) return <NotFound />;
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />;
  if (isNew ? all.isLoading : !found.data) return <Waiting />;
  const last = Math.max(0, ...(all.data?.data ?? []).map((rule) => rule.priority));
  return <RuleForm key={id} of={found.data ?? null} priority={last + 10} />;
}

/** All that a rule says: for which devices, which server, what else is written, what is observed. */
function RuleForm({ of, priority }: { of: Rule | null; priority: number }) {
  const { t } = useTranslation('bootstrapRules');
  const [draft, setDraft] = useState<Draft>(() => draftOf(of, priority));
  const { isRunning, error, run } = useWork();
  const model = useQuery({ queryKey: ['object-model'], queryFn: loadModel, staleTime: Infinity });
  const notify = useNotice();
  const client = useQueryClient();
  const navigate = useNavigate();
  const change = (part: Partial<Draft>): void => setDraft((now) => ({ ...now, ...part }));
  const setServer = (name: string, value: string): void => setDraft((now) => ({ ...now, server: { ...now.server, [name]: value } }));
  const setMatch = (name: string, value: string): void => setDraft((now) => ({ ...now, match: { ...now.match, [name]: value } }));
  const body = requestOf(draft, model.data);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const isDone = await run(async () => {
      if (of) await api.PUT('/v3/bootstrap-rules/{id}', { params: { path: { id: of.id } }, body });
      else await api.POST('/v3/bootstrap-rules', { body });
      await client.invalidateQueries({ queryKey: ['bootstrap-rules'] });
      notify(t('saved'));
      await navigate('/bootstrap-rules');
    });
    if (!isDone) window.scrollTo({ top: 0 });
  };
  const shown = [
    'name', 'description', 'priority', 'redirect', ...['endpoint_name', 'endpoint_type', 'device_class', 'group_id', 'trusted_certificate_id'].map((name) => `match.${name}`),
    ...['uri', 'certificate', 'binding', 'security_mode', ...serverNumbers].map((name) => `server.${name}`), ...draft.observations.flatMap((_, index) => [`observations[${index}]`, `observations[${index}].path`]),
    ...draft.instances.flatMap(({ path, values }) => [`instances.${path.trim()}`, ...values.map(({ resource }) => `instances.${path.trim()}.${resource}`)]),
  ];
  return (
    <Box component="form" noValidate onSubmit={(event: FormEvent) => void submit(event)} sx={{ maxWidth: 1000 }}>
      <PageHeader title={of ? of.name : t('new')} trail={[{ label: t('title'), to: '/bootstrap-rules' }]}>
        <ShowAsCode call={of ? { method: 'PUT', path: `/v3/bootstrap-rules/${of.id}`, body } : { method: 'POST', path: '/v3/bootstrap-rules', body }} />
        <Button color="inherit" component={Link} to="/bootstrap-rules">{t('cancel', { ns: 'components' })}</Button>
        <Button type="submit" variant="contained" loading={isRunning}>{t(of ? 'save' : 'create', { ns: 'components' })}</Button>
      </PageHeader>
      {error !== null && !isShownByFields(error, shown) && <Problem error={error} />}
      <FieldErrors value={error}>
        <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
          <Part title={t('parts.rule')}>
            <Grid>
              <Text field="name" label={t('fields.name')} value={draft.name} onText={(name) => change({ name })} required autoFocus={!of} />
              <Text field="priority" label={t('fields.priority')} help={t('help.priority')} value={draft.priority} onText={(value) => change({ priority: value })} slotProps={{ htmlInput: { inputMode: 'numeric' } }} />
            </Grid>
            <Text field="description" label={t('description_')} value={draft.description} onText={(description) => change({ description })} />
            <FormControlLabel control={<Switch checked={draft.enabled} onChange={(event) => change({ enabled: event.target.checked })} />} label={t('help.enabled')} />
          </Part>
          <Part title={t('parts.match')} text={t('help.match')}>
            <Grid>
              {(['endpoint_name', 'endpoint_type', 'device_class'] as const).map((name) => (
                <Text key={name} field={`match.${name}`} label={t(`fields.${name}`)} value={draft.match[name] ?? ''} onText={(value) => setMatch(name, value)} {...(name === 'endpoint_name' ? { help: t('help.pattern'), placeholder: 'meter-*' } : {})} />
              ))}
              <GroupField value={draft.match.group_id ?? ''} onChange={(value) => setMatch('group_id', value)} />
              <TrustedField value={draft.match.trusted_certificate_id ?? ''} onChange={(value) => setMatch('trusted_certificate_id', value)} />
            </Grid>
          </Part>
          <Part title={t('parts.server')}>
            <RadioGroup value={draft.kind} onChange={(_, kind) => change({ kind: kind as Draft['kind'] })} aria-label={t('parts.server')}>
              {(['server', 'redirect'] as const).map((kind) => <FormControlLabel key={kind} value={kind} control={<Radio size="small" />} label={t(`kinds.${kind}`)} />)}
            </RadioGroup>
            {draft.kind === 'redirect'
              ? <Text field="redirect" label={t('server.redirect')} help={t('help.redirect')} value={draft.redirect} onText={(redirect) => change({ redirect })} placeholder="coaps://bootstrap.example.com:5684" required />
              : <ServerFields draft={draft} onChange={setServer} />}
          </Part>
          {draft.kind === 'server' && <Instances value={draft.instances} model={model.data} onChange={(instances) => change({ instances })} />}
          {draft.kind === 'server' && <Observations value={draft.observations} model={model.data} onChange={(observations) => change({ observations })} />}
          <Box sx={{ display: 'flex', justifyContent: 'flex-end', gap: 1 }}>
            <Button color="inherit" component={Link} to="/bootstrap-rules">{t('cancel', { ns: 'components' })}</Button>
            <Button type="submit" variant="contained" loading={isRunning}>{t(of ? 'save' : 'create', { ns: 'components' })}</Button>
          </Box>
        </Box>
      </FieldErrors>
    </Box>
  );
}

function ServerFields({ draft, onChange }: { draft: Draft; onChange: (name: string, value: string) => void }) {
  const { t } = useTranslation('bootstrapRules');
  const value = (name: string): string => draft.server[name] ?? '';
  return (
    <>
      <Grid>
        <Text field="server.uri" label={t('server.uri')} help={t('help.uri')} value={value('uri')} onText={(text) => onChange('uri', text)} placeholder="coaps://lwm2m.example.com:5684" />
        <Text field="server.security_mode" select label={t('server.security_mode')} value={value('security_mode')} onText={(text) => onChange('security_mode', text)} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
          {['', '4', '2', '1', '0'].map((mode) => <MenuItem key={mode} value={mode}>{t(`modes.${mode || 'default'}`)}</MenuItem>)}
        </Text>
        {serverNumbers.map((name) => <Text key={name} field={`server.${name}`} label={t(`server.${name}`)} help={t(`help.${name}`)} value={value(name)} onText={(text) => onChange(name, text)} slotProps={{ htmlInput: { inputMode: 'numeric' } }} />)}
        <Text field="server.binding" label={t('server.binding')} help={t('help.binding')} value={value('binding')} onText={(text) => onChange('binding', text)} />
      </Grid>
      {value('uri').trim() !== '' && <PemField field="server.certificate" label={t('server.certificate')} help={t('help.certificate')} value={value('certificate')} onText={(text) => onChange('certificate', text)} />}
    </>
  );
}

function Grid({ children }: { children: ReactNode }) {
  return <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(2, minmax(0, 1fr))' }, gap: 2 }}>{children}</Box>;
}

export const Component = RulePage;
