import { Alert, Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Step, StepLabel, Stepper, Tab, Tabs, Typography } from '@mui/material';
import FileDownloadOutlined from '@mui/icons-material/FileDownloadOutlined';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mono } from '../../../app/theme';
import { api, dataOf, type Schemas } from '../../../api/client';
import { CopyButton } from '../../../components/CopyButton';
import { FormDialog } from '../../../components/FormDialog';
import { saveFile } from '../../../components/saveFile';
import { Text } from '../../../components/Text';

type Developer = Schemas['DeveloperCertificateResponseData'];

/** The name under which Pelion's device client compiles the credentials in. */
const sourceName = 'mbed_cloud_dev_credentials.c';

/** From a name to a file that a device client is built with. */
export function DeveloperWizard({ onClose, onDone }: { onClose: () => void; onDone: () => Promise<void> }) {
  const { t } = useTranslation('identity');
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [made, setMade] = useState<Developer | null>(null);
  const body = { name, ...(description ? { description } : {}) };
  if (made) return <DeveloperFiles of={made} step={1} onClose={onClose} />;
  return (
    <FormDialog
      title={t('developer.title')} action={t('create', { ns: 'components' })} fields={['name', 'description']} call={{ method: 'POST', path: '/v3/developer-certificates', body }} staysOpen onClose={onClose}
      onSubmit={async () => {
        setMade(await dataOf(api.POST('/v3/developer-certificates', { body })));
        await onDone();
      }}
    >
      <Steps step={0} />
      <Typography color="textSecondary">{t('developer.text')}</Typography>
      <Text field="name" label={t('fields.name')} value={name} onText={setName} autoFocus required />
      <Text field="description" label={t('fields.description')} value={description} onText={setDescription} />
    </FormDialog>
  );
}

function Steps({ step }: { step: number }) {
  const { t } = useTranslation('identity');
  return <Stepper activeStep={step}>{['name', 'files'].map((key) => <Step key={key}><StepLabel>{t(`developer.steps.${key}`)}</StepLabel></Step>)}</Stepper>;
}

/** The C file, the certificate and the key of a developer certificate, to look at, copy and keep. */
export function DeveloperFiles({ of, step, onClose }: { of: Developer; step?: number; onClose: () => void }) {
  const { t } = useTranslation('identity');
  const [shown, setShown] = useState<'source' | 'certificate' | 'key'>('source');
  const files = {
    source: { name: sourceName, text: of.security_file_content },
    certificate: { name: `${of.name}.pem`, text: of.developer_certificate },
    key: { name: `${of.name}.key`, text: of.developer_private_key },
  };
  const { name, text } = files[shown];
  return (
    <Dialog open fullWidth maxWidth="md" onClose={(_, reason) => reason === 'escapeKeyDown' && onClose()}>
      <DialogTitle>{step === undefined ? of.name : t('developer.title')}</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
        {step !== undefined && <Steps step={step} />}
        <Alert severity="warning">{t('developer.warning')}</Alert>
        <Tabs value={shown} onChange={(_, value: typeof shown) => setShown(value)} aria-label={t('developer.steps.files')}>
          {(Object.keys(files) as (typeof shown)[]).map((key) => <Tab key={key} value={key} label={t(`developer.${key}`)} />)}
        </Tabs>
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          <Typography variant="body2" sx={{ flex: 1, fontFamily: mono, overflowWrap: 'anywhere' }}>{name}</Typography>
          <CopyButton text={text} />
          <Button variant="contained" startIcon={<FileDownloadOutlined />} onClick={() => saveFile(name, text)}>{t('developer.download')}</Button>
        </Box>
        <Box component="pre" tabIndex={0} sx={{ m: 0, p: 1.5, bgcolor: 'background.default', borderRadius: 1, overflow: 'auto', fontFamily: mono, fontSize: '0.74rem', maxHeight: 300 }}>{text}</Box>
        {shown === 'source' && <Typography variant="body2" color="textSecondary">{t('developer.sourceHelp')}</Typography>}
      </DialogContent>
      <DialogActions><Button variant="contained" onClick={onClose}>{t('close', { ns: 'components' })}</Button></DialogActions>
    </Dialog>
  );
}
