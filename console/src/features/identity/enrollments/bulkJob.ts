import { session } from '../../../session/session';

const keyOf = (kind: string): string => `surety.bulk.${kind}.${session.current?.accountId ?? ''}`;

/** The last job of this tab: the API has no list of them. */
export function readBulkId(kind: string): string | null {
  return sessionStorage.getItem(keyOf(kind));
}

export function writeBulkId(kind: string, id: string): void {
  sessionStorage.setItem(keyOf(kind), id);
}
