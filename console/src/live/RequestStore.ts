import { authorizedFetch } from '../api/client';
import { ApiError } from '../api/errors';
import { toBase64 } from '../lwm2m/base64';
import { decodePayload, type ResourceValue } from '../lwm2m/payload';
import { values } from './ValueStore';
import type { AsyncResponse, Envelope } from './events';

export type RequestMethod = 'GET' | 'PUT' | 'POST' | 'DELETE';

/** `sending`: on its way to the server; `queued`: the server has it, and tells the device when it listens; then one of the ends. */
export type RequestState = 'sending' | 'queued' | 'done' | 'failed';

export interface DeviceRequest {
  id: string;
  device: string;
  method: RequestMethod;
  /** With the query, when attributes are written. */
  uri: string;
  state: RequestState;
  /** Milliseconds since 1970. */
  sentAt: number;
  endedAt?: number;
  status?: number;
  error?: string;
  /** What was written, to be shown when the device has taken it. */
  written?: ResourceValue;
}

export interface RequestContent {
  contentType?: string;
  payload?: Uint8Array;
  accept?: string;
  written?: ResourceValue;
}

const storageKey = 'surety.requests';
const mostKept = 200;

/** Requests to devices and what became of them. Those that wait are kept over a reload: their answers come on the event stream. */
export class RequestStore {
  #requests: DeviceRequest[] = [];
  #listeners = new Set<() => void>();

  constructor(private readonly storage: Storage) {
    try {
      this.#requests = JSON.parse(storage.getItem(storageKey) ?? '[]') as DeviceRequest[];
    } catch {
      // What cannot be read is begun anew.
    }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** All of them, newest first. A new array with each change. */
  get all(): readonly DeviceRequest[] {
    return this.#requests;
  }

  /** Asks something of a device. Completes when the server has the request; what becomes of it comes later. */
  async send(device: string, method: RequestMethod, uri: string, content: RequestContent = {}): Promise<DeviceRequest> {
    const request: DeviceRequest = { id: newAsyncId(), device, method, uri, state: 'sending', sentAt: Date.now(), ...(content.written === undefined ? {} : { written: content.written }) };
    this.#change([request, ...this.#requests].slice(0, mostKept));
    try {
      await authorizedFetch(`/v2/device-requests/${device}?async-id=${request.id}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          method,
          uri,
          ...(content.accept ? { accept: content.accept } : {}),
          ...(content.contentType ? { 'content-type': content.contentType } : {}),
          ...(content.payload ? { 'payload-b64': toBase64(content.payload) } : {}),
        }),
      });
      this.#update(request.id, (r) => (r.state === 'sending' ? { ...r, state: 'queued' } : r));
    } catch (error) {
      const failure = error instanceof ApiError ? { status: error.status, error: error.message } : { error: String(error) };
      this.#update(request.id, (r) => ({ ...r, ...failure, state: 'failed', endedAt: Date.now() }));
    }
    return request;
  }

  take(envelope: Envelope): void {
    for (const response of envelope['async-responses'] ?? []) this.#takeOne(response);
  }

  clear(): void {
    this.#change([]);
  }

  #takeOne(response: AsyncResponse): void {
    const request = this.#requests.find((r) => r.id === response.id);
    if (!request) return;
    const ok = response.status < 400;
    const path = request.uri.split('?')[0]!;
    if (ok && response.payload) values.note(request.device, decodePayload(path, response.ct, response.payload));
    else if (ok && request.written !== undefined) values.note(request.device, [[path, request.written]]);
    this.#update(response.id, (r) => ({
      ...r, state: ok ? 'done' : 'failed', status: response.status, endedAt: Date.now(), ...(response.error ? { error: response.error } : {}),
    }));
  }

  #update(id: string, change: (request: DeviceRequest) => DeviceRequest): void {
    this.#change(this.#requests.map((request) => (request.id === id ? change(request) : request)));
  }

  #change(requests: DeviceRequest[]): void {
    this.#requests = requests;
    this.storage.setItem(storageKey, JSON.stringify(requests.slice(0, 50)));
    this.#listeners.forEach((listener) => listener());
  }
}

// crypto.randomUUID is there on secure pages alone.
function newAsyncId(): string {
  return `console-${Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

export const requests = new RequestStore(sessionStorage);
