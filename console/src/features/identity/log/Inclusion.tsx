import { Alert, Box, Button, Card, TextField, Typography } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../../api/client';
import { CopyableId } from '../../../components/CopyableId';
import { Facts } from '../../../components/Facts';
import { Problem } from '../../../components/Problem';
import { ShowAsCode } from '../../../components/ShowAsCode';
import { Time } from '../../../components/Time';
import { certificatesIn, fingerprintOf } from '../../../x509/certificate';

/** Whether a certificate was issued here: by its fingerprint, as OpenSSL prints it, or by the certificate itself. */
export function Inclusion() {
  const { t } = useTranslation('identity');
  const [text, setText] = useState('');
  const search = useMutation({
    mutationFn: async () => {
      const [certificate] = certificatesIn(text);
      const fingerprint = (certificate && (await fingerprintOf(certificate.der))) ?? text.replace(/^.*=/, '').replace(/[\s:]/g, '').toLowerCase();
      return dataOf(api.GET('/v3/certificate-log/inclusion', { params: { query: { fingerprint } } }));
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    search.mutate();
  };
  return (
    <Card component="form" onSubmit={submit} sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Box>
        <Typography variant="h2">{t('log.find')}</Typography>
        <Typography color="textSecondary" variant="body2">{t('log.findText')}</Typography>
      </Box>
      <TextField label={t('log.fingerprint')} value={text} onChange={(event) => setText(event.target.value)} multiline maxRows={6} spellCheck={false} />
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Box sx={{ flex: 1 }}><ShowAsCode call={{ method: 'GET', path: '/v3/certificate-log/inclusion?fingerprint=…' }} /></Box>
        <Button type="submit" variant="outlined" loading={search.isPending} disabled={text.trim() === ''}>{t('log.search')}</Button>
      </Box>
      {search.isError && <Problem error={search.error} />}
      {search.data && (
        <Box role="status">
          <Alert severity="success" sx={{ mb: 1 }}>{t('log.found')}</Alert>
          <Facts items={[
            [t('log.issuedAt'), <Time value={search.data.issued_at} />],
            [t('log.serial'), <CopyableId id={search.data.serial_number} whole />],
            [t('log.place'), `${search.data.leaf_index} / ${search.data.tree_size}`],
            [t('log.root'), <CopyableId id={search.data.root_hash} whole />],
            [t('log.path'), <CopyableId id={search.data.audit_path.join('\n')} whole />],
          ]} />
        </Box>
      )}
    </Card>
  );
}
