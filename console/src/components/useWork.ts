import { useState } from 'react';

export interface Work {
  isRunning: boolean;
  /** Why the last one failed; null: it has not. */
  error: unknown;
  /** Runs it. The result is false when it has failed. */
  run: (work: () => Promise<unknown>) => Promise<boolean>;
  /** Forgets the error. */
  clear: () => void;
}

/** Work that a person has begun, such as sending a form: whether it runs, and what went wrong. */
export function useWork(): Work {
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setRunning(true);
    setError(null);
    try {
      await work();
      return true;
    } catch (failure) {
      setError(failure);
      return false;
    } finally {
      setRunning(false);
    }
  };
  return { isRunning, error, run, clear: () => setError(null) };
}
