import { Alert, Box, Button, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/client';
import { Problem } from '../../../components/Problem';
import { useWork } from '../../../components/useWork';
import { ArrivalNote } from './ArrivalNote';
import { newName, stepsForSample } from './clients';
import { findDeveloper, type Developer } from './credentials';
import { StepList } from './StepList';

/** The name under which Pelion's device client compiles the credentials in. */
const sourceName = 'mbed_cloud_dev_credentials.c';

/** A client with a developer certificate: the sample of the C# SDK, or Pelion's client. */
export function CertificatePanel({ client, bootstrap }: { client: 'csharp' | 'pelion'; bootstrap: Schemas['CredentialsResponseData'] }) {
  const { t } = useTranslation('devices');
  const [name, setName] = useState(() => newName(client));
  const [developer, setDeveloper] = useState<Developer | null>(null);
  const { isRunning, error, run } = useWork();
  if (developer) {
    const steps = client === 'csharp'
      ? stepsForSample({ bootstrap: bootstrap.url, name, certificate: developer.developer_certificate, key: developer.developer_private_key, authority: bootstrap.certificate })
      : [{ key: 'source', text: developer.security_file_content, file: sourceName }];
    return (
      <>
        <Alert severity="warning">{t('add.developer', { name: developer.name })}</Alert>
        <StepList steps={steps} />
        <Typography variant="body2" color="textSecondary">{t(`add.notes.${client}`)}</Typography>
        <ArrivalNote expected={client === 'csharp' ? { name } : { authority: developer.id }} />
      </>
    );
  }
  return (
    <>
      <Typography color="textSecondary">{t(`add.intro.${client}`)}</Typography>
      {client === 'csharp' && <TextField label={t('fields.endpoint_name')} value={name} onChange={(event) => setName(event.target.value)} error={name.trim() === ''} slotProps={{ htmlInput: { spellCheck: false, maxLength: 64 } }} />}
      {error !== null && <Problem error={error} />}
      <Box><Button variant="contained" loading={isRunning} disabled={name.trim() === ''} onClick={() => void run(async () => setDeveloper(await findDeveloper()))}>{t('add.makeCertificate')}</Button></Box>
    </>
  );
}
