import { authorizedFetch } from '../../../../api/client';
import { ServerSentEventParser } from '../../../../live/serverSentEvents';

export interface TraceOption {
  number: number;
  name: string | null;
  value: string;
}

/** A message between a device and the platform, as `GET /v3/devices/{device_id}/trace` tells it. */
export interface TraceLine {
  time: string;
  direction: 'in' | 'out';
  server: 'lwm2m' | 'bootstrap';
  scheme: string;
  address: string | null;
  security: string | null;
  type: string | null;
  code: string;
  code_name: string;
  message_id: number | null;
  token: string;
  path: string | null;
  options: TraceOption[];
  content_format: number | null;
  payload_length: number;
  text: string | null;
  withheld: boolean;
  datagram: string | null;
  missed: number;
}

/** Watches until it is aborted. Ends, or throws, when the server or the way to it does. */
export async function watch(device: string, onOpen: () => void, onLine: (line: TraceLine) => void, signal: AbortSignal): Promise<void> {
  const answer = await authorizedFetch(`/v3/devices/${device}/trace`, { signal });
  onOpen();
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  const parser = new ServerSentEventParser();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const event of parser.push(value)) onLine(JSON.parse(event.data) as TraceLine);
  }
}

/** Whether a line has all words of a filter somewhere: in its code, path, options or payload. */
export function matches(line: TraceLine, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return true;
  const text = [line.direction, line.server, line.type, line.code, line.code_name, line.path, line.text, line.token, ...line.options.map(({ name, value }) => `${name} ${value}`)].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}
