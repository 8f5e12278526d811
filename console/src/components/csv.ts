import { eachOf, type ListPage, type ListRequest } from '../api/lists';

/** A value as a field of CSV (RFC 4180). What a spreadsheet would take for a formula begins with an apostrophe. */
export function csvField(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
  const safe = /^[=+@\t\r]|^-(?!\d+(\.\d+)?$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvOf(fields: readonly string[], rows: readonly object[]): string {
  return [fields.join(','), ...rows.map((row) => fields.map((field) => csvField((row as Record<string, unknown>)[field])).join(','))].join('\r\n') + '\r\n';
}

/** The whole list, not the page that is seen, with the API's names at the head. */
export async function csvOfList<T extends { id: string }>(read: (request: ListRequest) => Promise<ListPage<T>>, fields: readonly (keyof T & string)[], filter = ''): Promise<string> {
  const rows: T[] = [];
  for await (const row of eachOf(read, filter)) rows.push(row);
  return csvOf(fields, rows);
}
