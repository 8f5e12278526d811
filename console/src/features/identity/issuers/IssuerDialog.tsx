import { Alert, MenuItem, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import { FormDialog } from '../../../components/FormDialog';
import { PemField } from '../../../components/PemField';
import { Text } from '../../../components/Text';
import { chosen, fieldsOf, pemFields, secretFields, type IssuerType } from './attributes';
import type { Issuer } from './IssuersPage';

/** An issuer with what it is reached and convinced by. Credentials that are kept are never shown; filled in, they replace all of them. */
export function IssuerDialog({ of, onClose, onDone }: { of: Issuer | null; onClose: () => void; onDone: () => Promise<void> }) {
  const { t } = useTranslation('identity');
  const [name, setName] = useState(of?.name ?? '');
  const [description, setDescription] = useState(of?.description ?? '');
  const [type, setType] = useState<IssuerType>(of?.issuer_type ?? 'EST');
  const [values, setValues] = useState<Record<string, string>>(of?.issuer_attributes ?? {});
  const { attributes, credentials } = fieldsOf[type];
  const secrets = chosen(values, credentials);
  const common = { name, description, issuer_attributes: chosen(values, attributes) };
  const bodyWith = (credential: Record<string, string>) => (of ? { ...common, ...(Object.keys(credential).length > 0 ? { issuer_credentials: credential } : {}) } : { ...common, issuer_type: type, issuer_credentials: credential });
  const body = bodyWith(secrets);
  const shown = bodyWith(Object.fromEntries(Object.keys(secrets).map((key) => [key, '…'])));
  const submit = async (): Promise<void> => {
    if (of) await api.PUT('/v3/certificate-issuers/{certificate-issuer-id}', { params: { path: { 'certificate-issuer-id': of.id } }, body });
    else await api.POST('/v3/certificate-issuers', { body: { ...common, issuer_type: type, issuer_credentials: secrets } });
    await onDone();
  };
  const field = (key: string) => {
    const common = { field: key, label: t(`issuers.fields.${key}`), value: values[key] ?? '', onText: (text: string) => setValues((now) => ({ ...now, [key]: text })) };
    if (pemFields.has(key)) return <PemField key={key} {...common} plain={key === 'private_key'} />;
    return <Text key={key} {...common} {...(secretFields.has(key) ? { type: 'password', autoComplete: 'off' } : {})} {...(key === 'host_url' ? { placeholder: 'https://pki.example.com', required: true } : {})} />;
  };
  return (
    <FormDialog
      title={of ? t('issuers.editTitle', { name: of.name }) : t('issuers.new')} action={t(of ? 'save' : 'create', { ns: 'components' })} fields={['name', 'description', 'issuer_type', ...attributes, ...credentials]}
      call={of ? { method: 'PUT', path: `/v3/certificate-issuers/${of.id}`, body: shown } : { method: 'POST', path: '/v3/certificate-issuers', body: shown }} onSubmit={submit} onClose={onClose}
    >
      <Text field="name" label={t('fields.name')} value={name} onText={setName} autoFocus required />
      <Text field="description" label={t('fields.description')} value={description} onText={setDescription} />
      <Text field="issuer_type" select label={t('issuers.type')} value={type} onText={(value) => setType(value as IssuerType)} disabled={of !== null}>
        {(Object.keys(fieldsOf) as IssuerType[]).map((value) => <MenuItem key={value} value={value}>{t(`issuers.types.${value}`)}</MenuItem>)}
      </Text>
      {type === 'GLOBAL_SIGN' && <Alert severity="warning">{t('issuers.globalSign')}</Alert>}
      {attributes.map(field)}
      <Typography variant="h3">{t('issuers.credentials')}</Typography>
      <Typography variant="body2" color="textSecondary">{t(of ? 'issuers.credentialsKept' : type === 'EST' ? 'issuers.credentialsEst' : 'issuers.credentialsHelp')}</Typography>
      {credentials.map(field)}
    </FormDialog>
  );
}
