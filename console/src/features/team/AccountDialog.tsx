import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { FormDialog } from '../../components/FormDialog';
import { Text } from '../../components/Text';

export const addressFields = ['company', 'contact', 'email', 'phone_number', 'address_line1', 'address_line2', 'postal_code', 'city', 'state', 'country'] as const;

type Update = Schemas['AccountUpdateReq'];

/** Name, address and contact of an account: one's own, or a tenant. */
export function AccountDialog({ of, call, onSend, onClose }: { of: Schemas['AccountInfo']; call: string; onSend: (body: Update) => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation('team');
  const [values, setValues] = useState<Record<string, string>>(() => ({
    display_name: of.display_name ?? '', ...Object.fromEntries(addressFields.map((name) => [name, of[name] ?? ''])), aliases: (of.aliases ?? []).join(', '), notification_emails: (of.notification_emails ?? []).join(', '),
    custom_fields: Object.entries(of.custom_fields ?? {}).map(([name, value]) => `${name}=${value}`).join('\n'),
  }));
  const list = (name: string): string[] => (values[name] ?? '').split(/[\s,]+/).filter((part) => part !== '');
  const all: Update = {
    display_name: values.display_name ?? '', ...Object.fromEntries(addressFields.map((name) => [name, values[name]?.trim() ?? ''])), aliases: list('aliases'), notification_emails: list('notification_emails'),
    custom_fields: Object.fromEntries((values.custom_fields ?? '').split('\n').flatMap((line) => (line.includes('=') ? [[line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1).trim()]] : []))),
  };
  // What is not sent stays as it is; an address that was never there is no wrong one.
  const body = Object.fromEntries(Object.entries(all).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(of[name as keyof typeof of] ?? ''))) as Update;
  const field = (name: string, more: object = {}) => <Text key={name} field={name} label={t(`account.fields.${name}`)} value={values[name] ?? ''} onText={(text) => setValues((now) => ({ ...now, [name]: text }))} {...more} />;
  return (
    <FormDialog title={t('account.edit')} action={t('save', { ns: 'components' })} fields={['display_name', ...addressFields, 'aliases', 'notification_emails', 'custom_fields']} call={{ method: 'PUT', path: call, body }} onSubmit={() => onSend(body)} onClose={onClose}>
      {field('display_name', { autoFocus: true })}
      {addressFields.map((name) => field(name))}
      {field('aliases', { help: t('account.aliasesHelp') })}
      {field('notification_emails', { help: t('account.emailsHelp') })}
      {field('custom_fields', { help: t('account.customHelp'), multiline: true, minRows: 2 })}
    </FormDialog>
  );
}
