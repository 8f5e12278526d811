import { isRouteErrorResponse, useRouteError } from 'react-router';
import { Problem } from '../components/Problem';
import { NotFound } from './NotFound';

/** A page that failed: it could not be loaded, or has a fault. */
export function RouteError() {
  const error = useRouteError();
  return isRouteErrorResponse(error) && error.status === 404 ? <NotFound /> : <Problem error={error} onRetry={() => location.reload()} />;
}
