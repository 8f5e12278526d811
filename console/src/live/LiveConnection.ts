import { authorizedFetch } from '../api/client';
import { ApiError } from '../api/errors';
import { ServerSentEventParser } from './serverSentEvents';
import type { Envelope } from './events';

/** `live`: events arrive; `connecting`: not yet, or again; `lost`: the server has not been reached for a while; `off`: nobody is signed in. */
export type LiveState = 'off' | 'connecting' | 'live' | 'lost';

type TabMessage = { kind: 'envelope'; envelope: Envelope } | { kind: 'state'; state: LiveState } | { kind: 'ask' };

const longestDelay = 30_000;

// The server writes at least every 15 s; who hears nothing for three times as long has no connection.
const silence = 45_000;

// With the times of events: what waited for the stream is older than its arrival.
const serialization = JSON.stringify({ serialization: { type: 'v2', cfg: { include_timestamp: true } } });

/**
 * The event stream. An application has one, and all tabs of a user are one application, so one tab reads it and tells the others: the one
 * that holds the lock, or, where the browser has no locks because the page is not secure, each visible tab for itself.
 */
export class LiveConnection {
  #state: LiveState = 'off';
  #listeners = new Set<() => void>();
  #handlers = new Set<(envelope: Envelope) => void>();
  #stop: AbortController | null = null;
  #tabs: BroadcastChannel | null = null;
  #leads = false;
  #lastId = '';

  get state(): LiveState {
    return this.#state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  onEnvelope(handler: (envelope: Envelope) => void): () => void {
    this.#handlers.add(handler);
    return () => this.#handlers.delete(handler);
  }

  start(userId: string): void {
    this.stop();
    const stop = new AbortController();
    this.#stop = stop;
    this.#lastId = '';
    this.#set('connecting');
    this.#tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`surety.live.${userId}`);
    this.#tabs?.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => this.#receive(data));
    this.#tabs?.postMessage({ kind: 'ask' } satisfies TabMessage);
    if (navigator.locks) {
      navigator.locks
        .request(`surety.live.${userId}`, { signal: stop.signal }, async () => {
          this.#leads = true;
          await this.#run(stop.signal);
        })
        .catch(() => undefined);
    } else {
      this.#leads = true;
      void this.#run(stop.signal);
    }
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = null;
    this.#tabs?.close();
    this.#tabs = null;
    this.#leads = false;
    this.#set('off');
  }

  #receive(message: TabMessage): void {
    if (message.kind === 'ask') {
      if (this.#leads) this.#tabs?.postMessage({ kind: 'state', state: this.#state } satisfies TabMessage);
    } else if (!this.#leads) {
      if (message.kind === 'state') this.#set(message.state);
      else this.#dispatch(message.envelope);
    }
  }

  async #run(stopped: AbortSignal): Promise<void> {
    for (let failures = 0; !stopped.aborted; ) {
      if (!navigator.locks && document.visibilityState === 'hidden') await untilVisible(stopped);
      const begun = Date.now();
      try {
        await this.#read(stopped);
      } catch (error) {
        if (stopped.aborted || (error instanceof ApiError && error.status === 401)) return;
      }
      if (stopped.aborted) return;
      failures = Date.now() - begun > 10_000 ? 0 : failures + 1;
      this.#announce(failures > 2 ? 'lost' : 'connecting');
      await delay(Math.min(500 * 2 ** failures, longestDelay), stopped);
    }
  }

  async #read(stopped: AbortSignal): Promise<void> {
    const silent = new AbortController();
    let alarm = setTimeout(() => silent.abort(), silence);
    try {
      if (!this.#lastId) await authorizedFetch('/v3/events/stream', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: serialization, signal: stopped });
      const answer = await authorizedFetch('/v3/events/stream', {
        headers: this.#lastId ? { 'Last-Event-ID': this.#lastId } : {},
        signal: AbortSignal.any([stopped, silent.signal]),
      });
      const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
      const parser = new ServerSentEventParser();
      this.#announce('live');
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        clearTimeout(alarm);
        alarm = setTimeout(() => silent.abort(), silence);
        for (const event of parser.push(value)) {
          this.#lastId = event.id;
          const envelope = JSON.parse(event.data) as Envelope;
          this.#tabs?.postMessage({ kind: 'envelope', envelope } satisfies TabMessage);
          this.#dispatch(envelope);
        }
      }
    } finally {
      clearTimeout(alarm);
    }
  }

  #announce(state: LiveState): void {
    this.#set(state);
    this.#tabs?.postMessage({ kind: 'state', state } satisfies TabMessage);
  }

  #set(state: LiveState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#listeners.forEach((listener) => listener());
  }

  #dispatch(envelope: Envelope): void {
    this.#handlers.forEach((handler) => handler(envelope));
  }
}

function delay(milliseconds: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    stopped.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}

function untilVisible(stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (document.visibilityState !== 'visible' && !stopped.aborted) return;
      document.removeEventListener('visibilitychange', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
    stopped.addEventListener('abort', look, { once: true });
  });
}

export const live = new LiveConnection();
