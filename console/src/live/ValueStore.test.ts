import { describe, expect, it } from 'vitest';
import { ValueStore } from './ValueStore';

const at = (timestamp: number, value: string) => ({ notifications: [{ ep: 'd', path: '/3303/0/5700', ct: 'text/plain', payload: btoa(value), timestamp }] });

describe('the values of devices', () => {
  it('have the time at which the server got them', () => {
    const store = new ValueStore(() => 9999);
    store.take(at(1000, '20.5'));
    store.take(at(2000, '20.7'));
    expect(store.get('d', '/3303/0/5700')).toEqual({ value: '20.7', at: 2000 });
    expect(store.seriesOf('d', '/3303/0/5700')).toEqual([[1000, 20.5], [2000, 20.7]]);
  });

  it('are counted once when a stream repeats them', () => {
    const store = new ValueStore();
    store.take(at(1000, '20.5'));
    store.take(at(2000, '20.7'));
    store.take(at(1000, '20.5'));
    store.take(at(2000, '20.7'));
    expect(store.seriesOf('d', '/3303/0/5700')).toHaveLength(2);
  });

  it('tell who looks, once an envelope', () => {
    const store = new ValueStore();
    let calls = 0;
    store.subscribe(() => calls++);
    store.take(at(1, 'text'));
    store.take({ registrations: [] });
    expect(calls).toBe(1);
    expect(store.seriesOf('d', '/3303/0/5700')).toEqual([]);
  });
});
