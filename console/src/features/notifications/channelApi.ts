import { api, dataOf, type Schemas } from '../../api/client';
import { ApiError } from '../../api/errors';
import { headersOf } from './applicationKey';

export type ChannelKind = 'CALLBACK' | 'WEB_SOCKET' | 'EVENT_STREAM' | 'KAFKA' | 'LONG_POLLING';

export interface Channel {
  kind: string;
  webhook?: Schemas['Webhook'];
  websocket?: Schemas['WebsocketChannel'];
  kafka?: Schemas['KafkaChannel'];
}

/** The channel of an application with its settings; null when it has none. */
export async function readChannel(key: string | null): Promise<Channel | null> {
  const headers = headersOf(key);
  try {
    const { delivery_mechanism: kind } = await dataOf(api.GET('/v2/notification/channel', headers));
    if (kind === 'CALLBACK') return { kind, webhook: await dataOf(api.GET('/v2/notification/callback', headers)) };
    if (kind === 'WEB_SOCKET') return { kind, websocket: await dataOf(api.GET('/v2/notification/websocket', headers)) };
    if (kind === 'KAFKA') return { kind, kafka: await dataOf(api.GET('/v3/events/kafka', headers)) };
    return { kind };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

export const addressOf: Readonly<Record<string, '/v2/notification/callback' | '/v2/notification/websocket' | '/v2/notification/pull' | '/v3/events/stream' | '/v3/events/kafka'>> = {
  CALLBACK: '/v2/notification/callback', WEB_SOCKET: '/v2/notification/websocket', EVENT_STREAM: '/v3/events/stream', KAFKA: '/v3/events/kafka', LONG_POLLING: '/v2/notification/pull',
};

export async function deleteChannel(kind: string, key: string | null): Promise<void> {
  const path = addressOf[kind] ?? addressOf.LONG_POLLING!;
  await api.DELETE(path, headersOf(key));
}

/** Headers as somebody types them, `Name: value`, a line each. Throws at a line that is none. */
export function headersIn(text: string, wrong: string): Record<string, string> {
  return Object.fromEntries(text.split('\n').flatMap((line) => {
    if (line.trim() === '') return [];
    const colon = line.indexOf(':');
    if (colon < 1) throw new ApiError(400, 'validation_error', wrong, null, [{ name: 'headers', message: wrong }]);
    return [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
  }));
}

/** Errors of the older API name the member in their message alone: `url: must be ...`. */
export function withFields(error: unknown): unknown {
  if (!(error instanceof ApiError) || error.fields.length > 0) return error;
  const [, name, message] = /^(url|headers): (.+)$/s.exec(error.message) ?? [];
  return name && message ? new ApiError(error.status, error.type, error.message, error.requestId, [{ name, message }]) : error;
}
