import { describe, expect, it } from 'vitest';
import { qrPath } from './qrPath';
import { grouped } from './totp';

describe('the code to scan', () => {
  it('has a quiet zone of four modules on each side', () => {
    expect(qrPath(21, (row, column) => row === 0 && column === 20)).toEqual({ path: 'M24 4h1v1h-1z', side: 29 });
  });

  it('is also there to be typed, in groups of four', () => {
    expect(grouped('JBSWY3DPEH')).toBe('JBSW Y3DP EH');
  });
});
