import { useSyncExternalStore } from 'react';
import { session } from '../../session/session';

let current: string | null = null;
const listeners = new Set<() => void>();

/** The key of the application whose channel is looked at; null: who is signed in. It is in this tab's memory alone, and goes with the session. */
export function setApplicationKey(key: string | null): void {
  current = key;
  listeners.forEach((listener) => listener());
}

session.subscribe(() => {
  if (!session.current) setApplicationKey(null);
});

export function useApplicationKey(): string | null {
  return useSyncExternalStore((listener) => (listeners.add(listener), () => listeners.delete(listener)), () => current);
}

/** The headers of a request in the name of that application. */
export function headersOf(key: string | null): { headers?: { Authorization: string } } {
  return key === null ? {} : { headers: { Authorization: `Bearer ${key}` } };
}
