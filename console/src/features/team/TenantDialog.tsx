import { FormControlLabel, Switch, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../api/client';
import { FormDialog } from '../../components/FormDialog';
import { SecretDialog } from '../../components/SecretDialog';
import { Text } from '../../components/Text';

const fields = ['display_name', 'company', 'email', 'country', 'end_market', 'admin_email', 'admin_full_name', 'admin_password'] as const;

/** A new tenant with its first administrator; then its key, password and link, this once. */
export function TenantDialog({ onClose, onDone }: { onClose: () => void; onDone: () => Promise<void> }) {
  const { t } = useTranslation('team');
  const [values, setValues] = useState<Record<string, string>>({});
  const [isInvited, setInvited] = useState(false);
  const [made, setMade] = useState<Schemas['AccountCreationResp'] | null>(null);
  const given = (names: readonly string[]) => Object.fromEntries(names.flatMap((name) => (values[name]?.trim() ? [[name, values[name].trim()]] : [])));
  const rest = given(fields.filter((name) => name !== 'end_market' && !(isInvited && name === 'admin_password')));
  const body = { end_market: values.end_market?.trim() ?? '', ...rest };
  const path = `/v3/accounts${isInvited ? '?action=enroll' : ''}`;
  const text = (name: (typeof fields)[number], more: object = {}) => <Text key={name} field={name} label={name.startsWith('admin') || name === 'end_market' ? t(`tenants.${name}`) : t(`account.fields.${name}`)} value={values[name] ?? ''} onText={(value) => setValues((now) => ({ ...now, [name]: value }))} {...more} />;
  if (made) {
    const lines = [
      [t('tenants.key'), made.admin_key], [t('tenants.admin_password'), made.admin_password], [t('tenants.link'), made.admin_link],
    ].flatMap(([label, value]) => (value ? [`${label}: ${value}`] : []));
    return <SecretDialog title={t('tenants.made', { name: made.display_name })} secret={lines.join('\n')} onClose={onClose} />;
  }
  return (
    <FormDialog title={t('tenants.new')} action={t('create', { ns: 'components' })} fields={fields} staysOpen onClose={onClose} call={{ method: 'POST', path, body: rest.admin_password ? { ...body, admin_password: '…' } : body }}
      onSubmit={async () => {
        const answer = await dataOf(api.POST('/v3/accounts', { params: { query: isInvited ? { action: 'enroll' } : {} }, body }));
        await onDone();
        setMade(answer);
      }}>
      {text('display_name', { autoFocus: true })}
      {text('company')}
      {text('email')}
      {text('country')}
      {text('end_market', { help: t('tenants.marketHelp') })}
      <Typography variant="h3">{t('tenants.admin')}</Typography>
      <Typography variant="body2" color="textSecondary">{t('tenants.adminText')}</Typography>
      {text('admin_email')}
      {text('admin_full_name')}
      <FormControlLabel control={<Switch checked={isInvited} onChange={(event) => setInvited(event.target.checked)} />} label={t('tenants.invite')} />
      {!isInvited && text('admin_password', { type: 'password', autoComplete: 'new-password', help: t('tenants.passwordHelp') })}
    </FormDialog>
  );
}
