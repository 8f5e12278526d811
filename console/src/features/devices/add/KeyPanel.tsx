import { Alert, Box, Button, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../api/errors';
import { Problem } from '../../../components/Problem';
import { ShowAsCode } from '../../../components/ShowAsCode';
import { useWork } from '../../../components/useWork';
import { ArrivalNote } from './ArrivalNote';
import { newName, stepsFor, type KeyClient } from './clients';
import { makeKey } from './credentials';
import { StepList } from './StepList';

const allowed = /^[ -~]{16,64}$/;

/** A client that proves who it is with a key: name it, make the key, paste, wait. */
export function KeyPanel({ client, server }: { client: KeyClient; server: string }) {
  const { t } = useTranslation('devices');
  const [name, setName] = useState(() => newName(client));
  const [key, setKey] = useState<string | null>(null);
  const { isRunning, error, run } = useWork();
  if (key !== null) {
    return (
      <>
        <Alert severity="warning">{t('once', { ns: 'components' })}</Alert>
        <StepList steps={stepsFor(client, { server, name, key })} />
        <Typography variant="body2" color="textSecondary">{t(`add.notes.${client}`)}</Typography>
        <ArrivalNote expected={{ name }} />
      </>
    );
  }
  const isTaken = error instanceof ApiError && error.status === 409;
  const isWrong = !allowed.test(name);
  return (
    <>
      <Typography color="textSecondary">{t(`add.intro.${client}`)}</Typography>
      <TextField label={t('fields.endpoint_name')} value={name} onChange={(event) => setName(event.target.value)} error={isWrong || isTaken} helperText={isTaken ? t('add.taken') : t('add.nameHelp')} slotProps={{ htmlInput: { spellCheck: false, maxLength: 64 } }} />
      {error !== null && !isTaken && <Problem error={error} />}
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <Button variant="contained" loading={isRunning} disabled={isWrong} onClick={() => void run(async () => setKey(await makeKey(name)))}>{t('add.makeKey')}</Button>
        <ShowAsCode call={{ method: 'POST', path: '/v2/device-shared-keys', body: { endpoint_name: name, secret_hex: '…' } }} />
      </Box>
    </>
  );
}
