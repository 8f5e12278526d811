import { Alert, Box, Button, Card, Chip, TextField, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../api/client';
import { mono } from '../../app/theme';
import { CopyButton } from '../../components/CopyButton';
import { Problem } from '../../components/Problem';
import { useWork } from '../../components/useWork';
import { QrCode } from '../../components/QrCode';
import { grouped } from './totp';

/** The authenticator: switched on with a first code, so that nobody is locked out by one that was scanned badly. */
export function SecondFactor({ me }: { me: Schemas['UserInfoResp'] }) {
  const { t } = useTranslation('team');
  const [step, setStep] = useState<'idle' | 'scan' | 'off'>('idle');
  const [secret, setSecret] = useState<{ uri: string; key: string } | null>(null);
  const [scratch, setScratch] = useState<readonly string[] | null>(null);
  const [code, setCode] = useState('');
  const { isRunning, error, run, clear } = useWork();
  const client = useQueryClient();
  const change = (body: Schemas['UserUpdateReq']): Promise<Schemas['UserInfoResp']> => dataOf(api.PUT('/v3/users/me', { body }));
  const begin = (): Promise<boolean> => run(async () => {
    const answer = await change({ is_totp_enabled: true });
    setSecret({ uri: answer.totp_uri ?? '', key: answer.totp_secret ?? '' });
    setStep('scan');
  });
  const confirm = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      const answer = await change({ is_totp_enabled: step === 'scan', otp: code.replaceAll(' ', '') });
      if (step === 'scan') setScratch(answer.totp_scratch_codes ?? []);
      setStep('idle');
      setSecret(null);
      setCode('');
      await client.invalidateQueries({ queryKey: ['me'] });
    });
  };
  return (
    <Card sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
        <Typography variant="h2" sx={{ flex: 1 }}>{t('second.title')}</Typography>
        <Chip variant="outlined" color={me.is_totp_enabled ? 'success' : 'default'} label={t(me.is_totp_enabled ? 'second.on' : 'second.off')} />
      </Box>
      <Typography variant="body2" color="textSecondary">{t('second.text')}</Typography>
      {scratch && (
        <Alert severity="warning" action={<CopyButton text={scratch.join('\n')} />} onClose={() => setScratch(null)}>
          {t('second.scratch')}
          <Box component="ul" sx={{ columns: 2, fontFamily: mono, pl: 2, my: 1 }}>{scratch.map((one) => <li key={one}>{one}</li>)}</Box>
        </Alert>
      )}
      {step !== 'idle' && (
        <Box component="form" onSubmit={confirm} sx={{ display: 'flex', flexDirection: 'column', gap: 1.5, alignItems: 'flex-start' }}>
          {secret && (
            <>
              <Typography variant="body2">{t('second.scan')}</Typography>
              <QrCode text={secret.uri} label={t('second.qr')} />
              <Typography variant="body2" component="div">{t('second.key')} <Box component="code" sx={{ fontFamily: mono }}>{grouped(secret.key)}</Box> <CopyButton text={secret.key} /></Typography>
            </>
          )}
          <TextField label={t('second.code')} value={code} onChange={(event) => setCode(event.target.value)} autoComplete="one-time-code" required autoFocus />
          <Box sx={{ display: 'flex', gap: 1 }}>
            <Button type="submit" variant="contained" loading={isRunning}>{t(step === 'scan' ? 'second.confirm' : 'second.switchOff')}</Button>
            <Button color="inherit" onClick={() => (setStep('idle'), setSecret(null), clear())}>{t('cancel', { ns: 'components' })}</Button>
          </Box>
        </Box>
      )}
      {error !== null && <Problem error={error} />}
      {step === 'idle' && (
        <Box>{me.is_totp_enabled ? <Button variant="outlined" onClick={() => setStep('off')}>{t('second.switchOff')}</Button> : <Button variant="outlined" loading={isRunning} onClick={() => void begin()}>{t('second.switchOn')}</Button>}</Box>
      )}
    </Card>
  );
}
