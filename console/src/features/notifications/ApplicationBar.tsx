import { Alert, Box, Button, TextField, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../api/client';
import { PageLink } from '../../components/PageLink';
import { Problem } from '../../components/Problem';
import { useWork } from '../../components/useWork';
import { headersOf, setApplicationKey, useApplicationKey } from './applicationKey';

/** Whose channel and subscriptions these are. Each API key and each user has its own; those of a key can be had with the key alone. */
export function ApplicationBar() {
  const { t } = useTranslation('notifications');
  const key = useApplicationKey();
  const [text, setText] = useState('');
  const { isRunning, error, run } = useWork();
  const client = useQueryClient();
  const name = useQuery({ queryKey: ['application', key], enabled: key !== null, retry: 0, queryFn: async () => (await dataOf(api.GET('/v3/api-keys/me', headersOf(key)))).name });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await run(async () => {
      const typed = text.trim();
      await dataOf(api.GET('/v3/api-keys/me', headersOf(typed)));
      client.removeQueries({ queryKey: ['channel'] });
      setApplicationKey(typed);
      setText('');
    });
  };
  if (key !== null) {
    return (
      <Alert severity="info" sx={{ mb: 2 }} action={<Button color="inherit" onClick={() => (setApplicationKey(null), client.removeQueries({ queryKey: ['channel'] }))}>{t('application.leave')}</Button>}>
        {t('application.of', { name: name.data ?? '…' })}
      </Alert>
    );
  }
  return (
    <Box component="form" onSubmit={(event: FormEvent) => void submit(event)} sx={{ mb: 2, maxWidth: 760 }}>
      <Typography variant="body2" color="textSecondary" sx={{ mb: 1 }}>{t('application.text')} <PageLink to="/api-keys" inText>{t('application.keys')}</PageLink></Typography>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <TextField type="password" autoComplete="off" label={t('application.key')} value={text} onChange={(event) => setText(event.target.value)} sx={{ flex: 1 }} />
        <Button type="submit" variant="outlined" loading={isRunning} disabled={text.trim() === ''}>{t('application.use')}</Button>
      </Box>
      {error !== null && <Problem error={error} />}
    </Box>
  );
}
