import { describe, expect, it } from 'vitest';
import { grouped } from './totp';

describe('the key of a second factor', () => {
  it('is there to be typed, in groups of four', () => {
    expect(grouped('JBSWY3DPEH')).toBe('JBSW Y3DP EH');
  });
});
