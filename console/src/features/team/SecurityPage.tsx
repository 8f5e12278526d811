import { Box, Button, Card, FormControlLabel, Switch, TextField, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../api/client';
import { ApiError } from '../../api/errors';
import { useNotice } from '../../components/Notices';
import { PageHeader } from '../../components/PageHeader';
import { Problem } from '../../components/Problem';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Waiting } from '../../components/Waiting';
import { useWork } from '../../components/useWork';

function SecurityPage() {
  const { t } = useTranslation('team');
  const account = useQuery({ queryKey: ['account', 'me'], queryFn: () => dataOf(api.GET('/v3/accounts/me', {})) });
  return (
    <>
      <PageHeader title={t('security.title')} description={t('security.text')} />
      {account.isLoading && <Waiting />}
      {account.isError && <Problem error={account.error} onRetry={() => void account.refetch()} />}
      {account.data && <SecurityForm account={account.data} />}
    </>
  );
}

function SecurityForm({ account }: { account: Schemas['AccountInfo'] }) {
  const { t } = useTranslation('team');
  const [name, setName] = useState(account.display_name ?? '');
  const [length, setLength] = useState(String(account.password_policy?.minimum_length ?? 8));
  const [idle, setIdle] = useState(String(account.idle_timeout ?? 60));
  const [recovery, setRecovery] = useState(String(account.password_recovery_expiration ?? 15));
  const [isEnforced, setEnforced] = useState(account.mfa_status === 'enforced');
  const { isRunning, error, run } = useWork();
  const notify = useNotice();
  const client = useQueryClient();
  const body: Schemas['AccountUpdateReq'] = { display_name: name, password_policy: { minimum_length: Number(length) }, idle_timeout: Number(idle), password_recovery_expiration: Number(recovery), mfa_status: isEnforced ? 'enforced' : 'optional' };
  const of = (field: string, help: string): { error: boolean; helperText: string } => {
    const message = error instanceof ApiError ? error.messageOf(field) : undefined;
    return { error: message !== undefined, helperText: message ?? help };
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await run(async () => {
      await api.PUT('/v3/accounts/me', { body });
      await client.invalidateQueries({ queryKey: ['account'] });
      notify(t('saved'));
    });
  };
  return (
    <Card component="form" noValidate onSubmit={(event: FormEvent) => void submit(event)} sx={{ p: 2, maxWidth: 560, display: 'flex', flexDirection: 'column', gap: 2 }}>
      <TextField label={t('security.name')} value={name} onChange={(event) => setName(event.target.value)} {...of('display_name', '')} />
      <TextField label={t('security.length')} type="number" value={length} onChange={(event) => setLength(event.target.value)} {...of('password_policy.minimum_length', t('security.lengthHelp'))} />
      <TextField label={t('security.idle')} type="number" value={idle} onChange={(event) => setIdle(event.target.value)} {...of('idle_timeout', t('security.idleHelp'))} />
      <TextField label={t('security.recovery')} type="number" value={recovery} onChange={(event) => setRecovery(event.target.value)} {...of('password_recovery_expiration', t('security.recoveryHelp'))} />
      <FormControlLabel control={<Switch checked={isEnforced} onChange={(event) => setEnforced(event.target.checked)} />} label={t('security.enforced')} />
      <Typography variant="body2" color="textSecondary">{t('security.enforcedHelp')}</Typography>
      {error !== null && <Problem error={error} />}
      <Box sx={{ display: 'flex', gap: 1, justifyContent: 'flex-end' }}>
        <ShowAsCode call={{ method: 'PUT', path: '/v3/accounts/me', body }} />
        <Button type="submit" variant="contained" loading={isRunning}>{t('save', { ns: 'components' })}</Button>
      </Box>
    </Card>
  );
}

export const Component = SecurityPage;
