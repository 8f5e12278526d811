import { Alert, Box, Button, Divider } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Schemas } from '../../api/client';
import { lastAccount, signInByCode } from '../../session/signIn';

/**
 * The identity providers of the account: that of the address (`?account=`), or that which was signed in to here before. A provider sends the
 * browser back with a code, or with an error in words.
 */
export function Providers() {
  const { t } = useTranslation('signin');
  const [query] = useSearchParams();
  const account = query.get('account') ?? lastAccount();
  const code = query.get('code');
  const options = useQuery({
    queryKey: ['sign-in-options', account],
    enabled: account !== null,
    retry: false,
    queryFn: async () => {
      const answer = await fetch(`/auth/oidc/providers?account=${encodeURIComponent(account!)}`);
      return answer.ok ? ((await answer.json()) as Schemas['SignInOptions']).data : [];
    },
  });
  // A code is good once: the query is asked once for each, however often the page is drawn.
  const completion = useQuery({ queryKey: ['sign-in-code', code], enabled: code !== null, retry: false, staleTime: Infinity, queryFn: async () => (await signInByCode(code!), true) });
  const failure = query.get('error') !== null ? (query.get('error_description') ?? query.get('error')) : completion.error?.message;
  const back = query.get('return');
  const returnTo = `${import.meta.env.BASE_URL}sign-in${back ? `?return=${encodeURIComponent(back)}` : ''}`;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1, mt: 1 }}>
      {completion.isLoading && <Alert severity="info">{t('completing')}</Alert>}
      {failure && <Alert severity="error">{failure}</Alert>}
      {(options.data ?? []).length > 0 && <Divider sx={{ my: 1 }}>{t('or')}</Divider>}
      {options.data?.map((option) => (
        <Button key={option.id} variant="outlined" size="large" href={`${option.start}${option.start.includes('?') ? '&' : '?'}return_to=${encodeURIComponent(returnTo)}`}>{t('with', { name: option.name })}</Button>
      ))}
    </Box>
  );
}
