import { describe, expect, it } from 'vitest';
import { formatAttributes, parseAttributes } from './attributes';

describe('attributes of a group', () => {
  it('are the same after they were written as lines', () => {
    const attributes = { site: 'oulu', note: 'a=b' };
    expect(parseAttributes(formatAttributes(attributes))).toEqual({ attributes, wrong: [] });
  });

  it('say which lines are wrong', () => {
    expect(parseAttributes('site=oulu\n\nfloor\n=3')).toEqual({ attributes: { site: 'oulu' }, wrong: [3, 4] });
  });
});
