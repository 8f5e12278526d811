import { Alert, Box, FormControlLabel, FormHelperText, MenuItem, Switch, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mono } from '../../../app/theme';
import { api, type Schemas } from '../../../api/client';
import { CopyButton } from '../../../components/CopyButton';
import { FormDialog } from '../../../components/FormDialog';
import { PemField } from '../../../components/PemField';
import { Text } from '../../../components/Text';
import { session } from '../../../session/session';
import { certificatesIn } from '../../../x509/certificate';

type Trusted = Schemas['TrustedCertificateResp'];

/** Trusts an authority, or changes one that is trusted. */
export function CertificateDialog({ of, onClose, onDone }: { of: Trusted | null; onClose: () => void; onDone: () => Promise<void> }) {
  const { t } = useTranslation('identity');
  const [name, setName] = useState(of?.name ?? '');
  const [description, setDescription] = useState(of?.description ?? '');
  const [service, setService] = useState<Schemas['TrustedCertificateService']>(of?.service ?? 'bootstrap');
  const [status, setStatus] = useState<Schemas['TrustedCertificateStatus']>(of?.status ?? 'ACTIVE');
  const [certificate, setCertificate] = useState(of?.certificate ?? '');
  const [isClaimed, setClaimed] = useState(of?.enrollment_mode ?? false);
  const [signature, setSignature] = useState('');
  const isNew = certificate !== (of?.certificate ?? '');
  const body = {
    name, description, service, status, enrollment_mode: isClaimed,
    ...(isNew ? { certificate } : {}), ...(isNew && signature.trim() ? { signature: signature.trim() } : {}),
  };
  // An authority without its root has to be proved; with the chain, or where each device is claimed, nothing more is asked.
  const chain = certificatesIn(certificate);
  const needsProof = isNew && !isClaimed && chain.length > 0 && chain[0]!.subject !== chain[0]!.issuer;
  const submit = async (): Promise<void> => {
    if (of) await api.PUT('/v3/trusted-certificates/{cert_id}', { params: { path: { cert_id: of.id } }, body });
    else await api.POST('/v3/trusted-certificates', { body: { ...body, certificate } });
    await onDone();
  };
  return (
    <FormDialog
      title={of ? t('certificates.editTitle', { name: of.name }) : t('certificates.upload')} action={t(of ? 'save' : 'certificates.trust', { ns: of ? 'components' : 'identity' })}
      fields={['name', 'description', 'service', 'status', 'certificate', 'signature', 'enrollment_mode']}
      call={of ? { method: 'PUT', path: `/v3/trusted-certificates/${of.id}`, body } : { method: 'POST', path: '/v3/trusted-certificates', body: { ...body, certificate } }} onSubmit={submit} onClose={onClose}
    >
      <Text field="name" label={t('fields.name')} value={name} onText={setName} autoFocus required />
      <Text field="description" label={t('fields.description')} value={description} onText={setDescription} />
      <Text field="service" select label={t('certificates.service')} help={t(`certificates.serviceHelp.${service}`)} value={service} onText={(value) => setService(value as typeof service)}>
        {(['bootstrap', 'lwm2m'] as const).map((value) => <MenuItem key={value} value={value}>{t(`certificates.services.${value}`)}</MenuItem>)}
      </Text>
      <Box>
        <FormControlLabel control={<Switch checked={isClaimed} onChange={(event) => setClaimed(event.target.checked)} />} label={t('certificates.modeLabel')} />
        <FormHelperText>{t('certificates.modeHelp')}</FormHelperText>
      </Box>
      <PemField field="certificate" label={t('certificates.pem')} help={t('certificates.pemHelp')} value={certificate} onText={setCertificate} />
      {needsProof && <Proof value={signature} onText={setSignature} />}
      {of && (
        <Text field="status" select label={t('fields.status')} help={t('certificates.statusHelp')} value={status} onText={(value) => setStatus(value as typeof status)}>
          {(['ACTIVE', 'INACTIVE'] as const).map((value) => <MenuItem key={value} value={value}>{t(`certificates.statuses.${value}`)}</MenuItem>)}
        </Text>
      )}
    </FormDialog>
  );
}

/** Proof of possession: the account's id, signed with the authority's key. */
function Proof({ value, onText }: { value: string; onText: (signature: string) => void }) {
  const { t } = useTranslation('identity');
  const command = `printf ${session.current?.accountId ?? ''} | openssl dgst -sha256 -sign ca.key | base64 -w0`;
  return (
    <Alert severity="info" sx={{ '& .MuiAlert-message': { width: '100%' } }}>
      <Typography variant="body2">{t('certificates.proofText')}</Typography>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, my: 1 }}>
        <Box component="code" sx={{ fontFamily: mono, fontSize: '0.76rem', overflowWrap: 'anywhere' }}>{command}</Box>
        <CopyButton text={command} />
      </Box>
      <Text field="signature" label={t('certificates.proof')} value={value} onText={onText} fullWidth />
    </Alert>
  );
}
