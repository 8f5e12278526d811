import { Alert, AlertTitle, Button } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/errors';
import { CopyableId } from './CopyableId';

/** An error in words: what the server said, its request id to find it in the log, and another attempt. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('components');
  const isServer = error instanceof ApiError;
  const title = isServer && error.status === 0 ? t('problem.unreachable') : isServer ? t('problem.refused') : t('problem.fault');
  const message = isServer && error.status === 0 ? t('problem.unreachableText') : error instanceof Error ? error.message : String(error);
  return (
    <Alert severity="error" sx={{ my: 1 }} action={onRetry && <Button color="inherit" onClick={onRetry}>{t('problem.retry')}</Button>}>
      <AlertTitle>{title}</AlertTitle>
      {message}
      {isServer && error.fields.length > 0 && <ul>{error.fields.map((field) => <li key={field.name}><code>{field.name}</code> {field.message}</li>)}</ul>}
      {isServer && error.requestId && <div>{t('problem.requestId')} <CopyableId id={error.requestId} whole /></div>}
    </Alert>
  );
}
