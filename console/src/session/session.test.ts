import { beforeEach, describe, expect, it, vi } from 'vitest';
import { returnTo, signInPath } from './returnTo';
import { SessionStore, type Session } from './session';

const ada: Session = { token: 't', userId: 'u', accountId: 'a', name: 'ada', accountName: 'Default', roles: ['Administrators'], mustChangePassword: false };

/** The channel between tabs, without a browser. */
class Tabs {
  static all = new Set<Tabs>();
  #listeners = new Set<(event: MessageEvent) => void>();
  constructor() {
    Tabs.all.add(this);
  }
  addEventListener(_: string, listener: (event: MessageEvent) => void): void {
    this.#listeners.add(listener);
  }
  postMessage(data: unknown): void {
    for (const tab of Tabs.all) if (tab !== this) tab.#listeners.forEach((listener) => listener({ data } as MessageEvent));
  }
}

class Memory implements Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  items = new Map<string, string>();
  getItem = (key: string): string | null => this.items.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.items.set(key, value);
  removeItem = (key: string): void => void this.items.delete(key);
}

function tab(memory = new Memory()): SessionStore {
  return new SessionStore(memory as unknown as Storage, new Tabs() as unknown as BroadcastChannel);
}

beforeEach(() => Tabs.all.clear());

describe('a session', () => {
  it('outlives a reload', () => {
    const memory = new Memory();
    tab(memory).begin(ada);
    expect(tab(memory).current).toEqual(ada);
  });

  it('is the same in a tab that is opened later', async () => {
    tab().begin(ada);
    const second = tab();
    await second.adopt();
    expect(second.current?.name).toBe('ada');
  });

  it('ends in all tabs, and each knows why', () => {
    const [first, second] = [tab(), tab()];
    first.begin(ada);
    const listener = vi.fn();
    second.subscribe(listener);
    first.expire();
    expect(second.current).toBeNull();
    expect(second.end).toBe('expired');
    expect(listener).toHaveBeenCalled();
  });

  it('that was stored by something else is none', () => {
    const memory = new Memory();
    memory.setItem('surety.session', '{"token":1}');
    expect(tab(memory).current).toBeNull();
  });
});

describe('the way back after sign-in', () => {
  it('leads to where somebody was', () => {
    const path = signInPath('/devices', '?filter=state__eq%3Dregistered');
    expect(returnTo(path.slice(path.indexOf('?')))).toBe('/devices?filter=state__eq%3Dregistered');
  });

  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/sign-in?return=/'])('never leads to %s', (target) => {
    expect(returnTo(`?return=${encodeURIComponent(target)}`)).toBe('/');
  });
});
