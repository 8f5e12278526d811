import { decodePayload } from '../lwm2m/payload';
import type { ResourceValue } from '../lwm2m/payload';
import type { Envelope, ValueEvent } from './events';

/** A value as it is known here, and when it came (milliseconds since 1970). */
export interface KnownValue {
  value: ResourceValue;
  at: number;
}

/** How many points of a series are kept. */
export const longestSeries = 2000;

/** The values that devices have sent since the console was opened: the newest of each path, and the series of numbers. */
export class ValueStore {
  #values = new Map<string, Map<string, KnownValue>>();
  #series = new Map<string, [at: number, value: number][]>();
  #listeners = new Set<() => void>();
  #versions = new Map<string, number>();

  constructor(private readonly now: () => number = Date.now) {}

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Grows with each value of the device. */
  versionOf(device: string): number {
    return this.#versions.get(device) ?? 0;
  }

  get(device: string, path: string): KnownValue | undefined {
    return this.#values.get(device)?.get(path);
  }

  /** All paths of a device with a value, in no order. */
  of(device: string): ReadonlyMap<string, KnownValue> {
    return this.#values.get(device) ?? new Map<string, KnownValue>();
  }

  /** The numbers of a path, oldest first. */
  seriesOf(device: string, path: string): readonly (readonly [at: number, value: number])[] {
    return this.#series.get(`${device}${path}`) ?? [];
  }

  take(envelope: Envelope): void {
    for (const event of envelope.notifications ?? []) this.#takeOne(event);
    if (envelope.notifications?.length) this.#listeners.forEach((listener) => listener());
  }

  /** Notes what a device has answered to a read, or was written to it with success. */
  note(device: string, values: Iterable<readonly [path: string, value: ResourceValue]>): void {
    for (const [path, value] of values) this.#put(device, path, value);
    this.#listeners.forEach((listener) => listener());
  }

  #takeOne(event: ValueEvent): void {
    for (const [path, value] of decodePayload(event.path, event.ct, event.payload)) this.#put(event.ep, path, value, event.timestamp);
  }

  #put(device: string, path: string, value: ResourceValue, timestamp?: number): void {
    const at = timestamp ?? this.now();
    // A stream that begins anew repeats what was sent before.
    if (timestamp !== undefined && timestamp <= (this.#values.get(device)?.get(path)?.at ?? 0)) return;
    let values = this.#values.get(device);
    if (!values) this.#values.set(device, (values = new Map()));
    values.set(path, { value, at });
    this.#versions.set(device, this.versionOf(device) + 1);
    const number = numberOf(value);
    if (number === null) return;
    const key = `${device}${path}`;
    const series = this.#series.get(key) ?? [];
    series.push([at, number]);
    if (series.length > longestSeries) series.splice(0, series.length - longestSeries);
    this.#series.set(key, series);
  }
}

// A value of a single resource comes as text.
function numberOf(value: ResourceValue): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value) ? Number(value) : null;
}

export const values = new ValueStore();
