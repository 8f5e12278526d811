import { Autocomplete, FormControlLabel, MenuItem, Switch, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../api/client';
import { FormDialog } from '../../components/FormDialog';
import { GroupsField } from './GroupsField';
import { Text } from '../../components/Text';

/** The id that the password has among login profiles. (docs/access-control.md, "Sign in with your identity provider".) */
const native = '00000000000000000000000000000001';

/** A new user with a password, or what there is to change of one. */
export function UserDialog({ of, onClose, onDone }: { of: Schemas['UserInfoResp'] | null; onClose: () => void; onDone: (password?: string) => Promise<void> }) {
  const { t } = useTranslation('access');
  const [email, setEmail] = useState(of?.email ?? '');
  const [name, setName] = useState(of?.full_name ?? '');
  const [phone, setPhone] = useState(of?.phone_number ?? '');
  const [password, setPassword] = useState('');
  const [groups, setGroups] = useState((of?.groups ?? []) as string[]);
  const [status, setStatus] = useState(of?.status ?? 'ACTIVE');
  const [hasSecond, setSecond] = useState(of?.is_totp_enabled ?? false);
  const [profiles, setProfiles] = useState((of?.login_profiles ?? []).flatMap((profile) => profile.id ?? []));
  const providers = useQuery({ queryKey: ['identity-providers', 'choice'], queryFn: async () => (await dataOf(api.GET('/v3/identity-providers', { params: { query: { limit: 1000 } } }))).data });
  const choices = [{ id: native, name: t('users.passwordProfile') }, ...(providers.data ?? []).filter((provider) => provider.id !== native)];
  const body = {
    email, full_name: name, phone_number: phone, login_profiles: profiles.map((id) => ({ id })), ...(of || groups.length > 0 ? { groups } : {}), ...(password ? { password } : {}),
    ...(of && status !== of.status ? { status } : {}), ...(of?.is_totp_enabled && !hasSecond ? { is_totp_enabled: false } : {}),
  };
  const submit = async (): Promise<void> => {
    if (!of) return onDone((await dataOf(api.POST('/v3/users', { body: body as Schemas['UserInfoReq'] }))).password ?? undefined);
    await api.PUT('/v3/users/{user_id}', { params: { path: { user_id: of.id } }, body });
    await onDone();
  };
  const shown = { ...body, ...(password ? { password: '…' } : {}) };
  return (
    <FormDialog title={of ? t('editTitle', { name: of.email }) : t('users.new')} action={of ? t('save', { ns: 'components' }) : t('create')} fields={['email', 'full_name', 'phone_number', 'password', 'groups', 'status']} call={of ? { method: 'PUT', path: `/v3/users/${of.id}`, body: shown } : { method: 'POST', path: '/v3/users', body: shown }} onSubmit={submit} onClose={onClose}>
      <Text field="email" label={t('fields.email')} type="email" value={email} onText={setEmail} autoFocus />
      <Text field="full_name" label={t('fields.full_name')} value={name} onText={setName} />
      <Text field="phone_number" label={t('fields.phone')} value={phone} onText={setPhone} />
      <Text field="password" label={t('fields.password')} type="password" autoComplete="new-password" value={password} onText={setPassword} help={t(of ? 'users.passwordKept' : 'users.passwordMade')} />
      <GroupsField value={groups} onChange={setGroups} />
      <Autocomplete
        multiple options={choices} getOptionLabel={(choice) => choice.name} isOptionEqualToValue={(a, b) => a.id === b.id} value={choices.filter((choice) => profiles.includes(choice.id))} onChange={(_, chosen) => setProfiles(chosen.map((choice) => choice.id))}
        renderInput={(props) => <TextField {...props} label={t('users.profiles')} helperText={t('users.profilesHelp')} />}
      />
      {of && (
        <Text field="status" select label={t('fields.status')} value={status} onText={(value) => setStatus(value as typeof status)}>
          {[...new Set([of.status, 'ACTIVE', 'INACTIVE', 'RESET'])].map((value) => <MenuItem key={value} value={value}>{t(`status.${value}`)}</MenuItem>)}
        </Text>
      )}
      {of?.is_totp_enabled && <FormControlLabel control={<Switch checked={hasSecond} onChange={(event) => setSecond(event.target.checked)} />} label={t('fields.second')} />}
    </FormDialog>
  );
}
