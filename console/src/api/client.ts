import createClient from 'openapi-fetch';
import { session } from '../session/session';
import { ApiError } from './errors';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];

/**
 * `fetch` with the session's token, unless the request has a key of its own. Errors are thrown as {@link ApiError}; a session that the server does not
 * know any more is ended.
 */
export async function authorizedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const token = session.current?.token;
  const isOfSession = !request.headers.has('Authorization');
  if (token && isOfSession) request.headers.set('Authorization', `Bearer ${token}`);
  let answer: Response;
  try {
    answer = await fetch(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'unreachable', 'The server cannot be reached.');
  }
  if (answer.ok) return answer;
  if (answer.status === 401 && isOfSession && token && session.current?.token === token) session.expire();
  throw await ApiError.of(answer);
}

/** The server's REST API, typed by its own OpenAPI document. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: (request) => authorizedFetch(request) });

/** The body of an answer; errors have been thrown before. */
export async function dataOf<T>(answer: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<NonNullable<T>> {
  const { data, error, response } = await answer;
  if (data === undefined || data === null || error) throw new ApiError(response.status, 'unknown', 'The answer of the server has no body.');
  return data as NonNullable<T>;
}

/** Fetches a file that needs the session, and hands it to the browser as a download. */
export async function download(path: string, name: string): Promise<void> {
  const blob = await (await authorizedFetch(path)).blob();
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
