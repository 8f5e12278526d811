import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './errors';

const mostAttempts = 4;

/** Whether a failed query is worth another attempt: when the server was away or busy, not when it has said no. */
export function isWorthRetrying(attempts: number, error: unknown): boolean {
  return attempts < mostAttempts && error instanceof ApiError && error.isTemporary;
}

/** How long to wait before it, in milliseconds: what the server asked for, else 1, 2, 4 ... 30 s. */
export function retryDelay(attempts: number, error: unknown): number {
  if (error instanceof ApiError && error.retryAfter !== null) return error.retryAfter * 1000;
  return Math.min(1000 * 2 ** attempts, 30_000);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: isWorthRetrying, retryDelay, staleTime: 5_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
