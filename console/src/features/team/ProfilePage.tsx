import { Box, Card, Chip, Table, TableBody, TableCell, TableHead, TableRow, TextField, Typography, Button } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../api/client';
import { ApiError } from '../../api/errors';
import { FormDialog } from '../../components/FormDialog';
import { useNotice } from '../../components/Notices';
import { PageHeader } from '../../components/PageHeader';
import { Problem } from '../../components/Problem';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Time } from '../../components/Time';
import { Waiting } from '../../components/Waiting';
import { useWork } from '../../components/useWork';
import { session } from '../../session/session';
import { SecondFactor } from './SecondFactor';

type Me = Schemas['UserInfoResp'];

function ProfilePage() {
  const { t } = useTranslation('team');
  const me = useQuery({ queryKey: ['me'], queryFn: () => dataOf(api.GET('/v3/users/me', {})) });
  return (
    <>
      <PageHeader title={t('profile.title')} description={me.data?.email} />
      {me.isLoading && <Waiting />}
      {me.isError && <Problem error={me.error} onRetry={() => void me.refetch()} />}
      {me.data && (
        <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' }, gap: 2, alignItems: 'start' }}>
          <Person me={me.data} />
          <SecondFactor me={me.data} />
          <Visits title={t('profile.sessions')} rows={(me.data.active_sessions ?? []).map((one) => ({ at: one.login_time, address: one.ip_address, program: one.user_agent }))} />
          <Visits title={t('profile.history')} rows={(me.data.login_history ?? []).map((one) => ({ at: one.date, address: one.ip_address, program: one.user_agent, success: one.success }))} />
        </Box>
      )}
    </>
  );
}

function Person({ me }: { me: Me }) {
  const { t } = useTranslation('team');
  const [name, setName] = useState(me.full_name);
  const [phone, setPhone] = useState(me.phone_number);
  const [isChanging, setChanging] = useState(false);
  const { isRunning, error, run } = useWork();
  const notify = useNotice();
  const client = useQueryClient();
  const body = { full_name: name, phone_number: phone };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await run(async () => {
      await api.PUT('/v3/users/me', { body });
      await client.invalidateQueries({ queryKey: ['me'] });
      notify(t('saved'));
    });
  };
  return (
    <Card component="form" onSubmit={(event: FormEvent) => void submit(event)} sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 2 }}>
      <TextField label={t('profile.name')} value={name} onChange={(event) => setName(event.target.value)} autoComplete="name" />
      <TextField label={t('profile.phone')} value={phone} onChange={(event) => setPhone(event.target.value)} autoComplete="tel" />
      {error !== null && <Problem error={error} />}
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <Button variant="outlined" onClick={() => setChanging(true)}>{t('profile.password')}</Button>
        <Box sx={{ flex: 1 }} />
        <ShowAsCode call={{ method: 'PUT', path: '/v3/users/me', body }} />
        <Button type="submit" variant="contained" loading={isRunning}>{t('save', { ns: 'components' })}</Button>
      </Box>
      {isChanging && <PasswordDialog onClose={() => setChanging(false)} />}
    </Card>
  );
}

function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('team');
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const submit = async (): Promise<void> => {
    if (password !== again) throw new ApiError(400, 'validation_error', t('profile.different'));
    await api.PUT('/v3/users/me', { body: { current_password: current, password } });
    // A new password ends all sessions.
    session.signOut();
  };
  return (
    <FormDialog title={t('profile.password')} action={t('save', { ns: 'components' })} call={{ method: 'PUT', path: '/v3/users/me', body: { current_password: '…', password: '…' } }} onSubmit={submit} onClose={onClose}>
      <Typography variant="body2" color="textSecondary">{t('profile.passwordText')}</Typography>
      <TextField label={t('profile.current')} type="password" value={current} onChange={(event) => setCurrent(event.target.value)} autoComplete="current-password" autoFocus />
      <TextField label={t('profile.new')} type="password" value={password} onChange={(event) => setPassword(event.target.value)} autoComplete="new-password" />
      <TextField label={t('profile.again')} type="password" value={again} onChange={(event) => setAgain(event.target.value)} autoComplete="new-password" error={again !== '' && again !== password} />
    </FormDialog>
  );
}

function Visits({ title, rows }: { title: string; rows: readonly { at: string | null; address: string; program: string; success?: boolean }[] }) {
  const { t } = useTranslation('team');
  return (
    <Card sx={{ p: 2 }}>
      <Typography variant="h2" sx={{ mb: 1 }}>{title}</Typography>
      {rows.length === 0 ? <Typography color="textSecondary">{t('profile.none')}</Typography> : (
        <Box sx={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={title}>
          <Table size="small">
            <TableHead><TableRow><TableCell>{t('profile.at')}</TableCell><TableCell>{t('profile.from')}</TableCell><TableCell>{t('profile.program')}</TableCell></TableRow></TableHead>
            <TableBody>
              {rows.map((row, index) => (
                <TableRow key={index}>
                  <TableCell sx={{ whiteSpace: 'nowrap' }}><Time value={row.at} /> {row.success === false && <Chip color="error" variant="outlined" label={t('profile.refused')} />}</TableCell>
                  <TableCell>{row.address}</TableCell>
                  <TableCell title={row.program} sx={{ maxWidth: 180, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>{row.program}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Box>
      )}
    </Card>
  );
}

export const Component = ProfilePage;
