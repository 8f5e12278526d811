import { describe, expect, it } from 'vitest';
import { stagesOf } from './stages';

describe('the stages of a campaign', () => {
  it('are numbers with whatever people put between them', () => {
    expect(['1, 10, 100', '1% 10% 100%', '5;100'].map(stagesOf)).toEqual([[1, 10, 100], [1, 10, 100], [5, 100]]);
  });

  it('are not guessed from words', () => {
    expect([stagesOf('all'), stagesOf(''), stagesOf('1.5, 100')]).toEqual([null, null, null]);
  });
});
