/** Somebody who has signed in, as `/auth/login` answered. */
export interface Session {
  token: string;
  userId: string;
  accountId: string;
  /** What the user typed as name. */
  name: string;
  accountName: string;
  roles: string[];
  /** The accounts in which the same name and password are right. */
  accounts?: { id: string; name: string }[];
  /** The password must be changed before anything else can be done. */
  mustChangePassword: boolean;
}

export type SessionEnd = 'signed-out' | 'expired';

type Message = { kind: 'ask' } | { kind: 'have'; session: Session } | { kind: 'changed'; session: Session | null; end?: SessionEnd };

const storageKey = 'surety.session';

/**
 * Who is signed in. The token is in `sessionStorage`: it outlives a reload and not the tab, and is never on the disk. Another tab of the
 * console asks those that are open for it.
 */
export class SessionStore {
  #current: Session | null;
  #end: SessionEnd | null = null;
  #listeners = new Set<() => void>();

  constructor(
    private readonly storage: Storage,
    private readonly tabs: BroadcastChannel | null,
  ) {
    this.#current = read(storage);
    tabs?.addEventListener('message', ({ data }: MessageEvent<Message>) => this.#receive(data));
  }

  get current(): Session | null {
    return this.#current;
  }

  get isAdministrator(): boolean {
    return this.#current?.roles.includes('Administrators') ?? false;
  }

  /** Why nobody is signed in any more; null when nobody was. */
  get end(): SessionEnd | null {
    return this.#end;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Asks the other tabs who is signed in. Completes when one has answered, or none has within the time (milliseconds). */
  async adopt(patience = 150): Promise<void> {
    if (this.#current || !this.tabs) return;
    const { tabs } = this;
    await new Promise<void>((resolve) => {
      const stop = this.subscribe(resolve);
      setTimeout(() => (stop(), resolve()), patience);
      tabs.postMessage({ kind: 'ask' } satisfies Message);
    });
  }

  begin(session: Session): void {
    this.#set(session, null);
    this.tabs?.postMessage({ kind: 'changed', session } satisfies Message);
  }

  /** The server does not take the token any more. */
  expire(): void {
    this.#finish('expired');
  }

  signOut(): void {
    this.#finish('signed-out');
  }

  #finish(end: SessionEnd): void {
    if (!this.#current) return;
    this.#set(null, end);
    this.tabs?.postMessage({ kind: 'changed', session: null, end } satisfies Message);
  }

  #receive(message: Message): void {
    if (message.kind === 'ask') {
      if (this.#current) this.tabs?.postMessage({ kind: 'have', session: this.#current } satisfies Message);
    } else if (message.kind === 'have') {
      if (!this.#current && this.#end === null) this.#set(message.session, null);
    } else {
      this.#set(message.session, message.end ?? null);
    }
  }

  #set(session: Session | null, end: SessionEnd | null): void {
    this.#current = session;
    this.#end = end;
    if (session) this.storage.setItem(storageKey, JSON.stringify(session));
    else this.storage.removeItem(storageKey);
    this.#listeners.forEach((listener) => listener());
  }
}

function read(storage: Storage): Session | null {
  try {
    const session = JSON.parse(storage.getItem(storageKey) ?? 'null') as Session | null;
    return typeof session?.token === 'string' ? session : null;
  } catch {
    return null;
  }
}

export const session = new SessionStore(sessionStorage, typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('surety.session'));
