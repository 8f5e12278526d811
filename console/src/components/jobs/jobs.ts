import { ApiError } from '../../api/errors';

export interface JobFailure {
  item: string;
  message: string;
}

export interface Job {
  id: number;
  title: string;
  total: number;
  done: number;
  failures: JobFailure[];
  state: 'running' | 'finished' | 'cancelled';
}

const workers = 4;

/** Work on many things that the API has one call a thing for. It goes on while somebody looks at other pages, and ends with the tab. */
export class JobStore {
  #jobs: readonly Job[] = [];
  #cancelled = new Set<number>();
  #listeners = new Set<() => void>();
  #next = 1;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get all(): readonly Job[] {
    return this.#jobs;
  }

  /** Does something with each item, some at a time; waits as long as a busy server asks. Completes with the job at its end. */
  async run<T>(title: string, total: number, items: AsyncIterable<T> | Iterable<T>, nameOf: (item: T) => string, work: (item: T) => Promise<unknown>): Promise<Job> {
    const id = this.#next++;
    this.#jobs = [{ id, title, total, done: 0, failures: [], state: 'running' }, ...this.#jobs];
    this.#tell();
    const source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
    // One at a time asks for the next item: generators that page through a list are not asked twice at once by all kinds of iterables.
    let turn: Promise<unknown> = Promise.resolve();
    const next = (): Promise<IteratorResult<T>> => {
      const mine = turn.then(() => source.next());
      turn = mine.catch(() => undefined);
      return mine;
    };
    const worker = async (): Promise<void> => {
      while (!this.#cancelled.has(id)) {
        const { done, value } = await next();
        if (done) return;
        const failure = await attempt(() => work(value));
        this.#update(id, (job) => ({ ...job, done: job.done + 1, failures: failure ? [...job.failures, { item: nameOf(value), message: failure }] : job.failures }));
      }
    };
    try {
      await Promise.all(Array.from({ length: workers }, worker));
    } catch (error) {
      this.#update(id, (job) => ({ ...job, failures: [...job.failures, { item: title, message: error instanceof Error ? error.message : String(error) }] }));
    }
    return this.#update(id, (job) => ({ ...job, state: this.#cancelled.has(id) ? 'cancelled' : 'finished', total: Math.max(job.total, job.done) }));
  }

  cancel(id: number): void {
    this.#cancelled.add(id);
  }

  dismiss(id: number): void {
    this.#jobs = this.#jobs.filter((job) => job.id !== id || job.state === 'running');
    this.#tell();
  }

  #update(id: number, change: (job: Job) => Job): Job {
    this.#jobs = this.#jobs.map((job) => (job.id === id ? change(job) : job));
    this.#tell();
    return this.#jobs.find((job) => job.id === id)!;
  }

  #tell(): void {
    this.#listeners.forEach((listener) => listener());
  }
}

async function attempt(work: () => Promise<unknown>): Promise<string | null> {
  for (let tries = 0; ; tries++) {
    try {
      await work();
      return null;
    } catch (error) {
      if (!(error instanceof ApiError && error.isTemporary && tries < 5)) return error instanceof Error ? error.message : String(error);
      await new Promise((resolve) => setTimeout(resolve, (error.retryAfter ?? 2 ** tries) * 1000));
    }
  }
}

export const jobs = new JobStore();
