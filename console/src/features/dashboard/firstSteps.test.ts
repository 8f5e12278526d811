import { describe, expect, it } from 'vitest';
import { isFinished, places, steps } from './firstSteps';

describe('the first steps', () => {
  it('are finished when each is done, and not while one is open or unknown', () => {
    const all = { device: true, observe: true, application: true, people: true, authority: true };
    expect(isFinished(all)).toBe(true);
    expect(isFinished({ ...all, people: false })).toBe(false);
    expect(isFinished({ ...all, authority: null })).toBe(false);
  });

  it('have a place each', () => {
    expect(Object.keys(places)).toEqual([...steps]);
  });
});
