import { describe, expect, it } from 'vitest';
import { qrPath } from './qrPath';

describe('the code to scan', () => {
  it('has a quiet zone of four modules on each side', () => {
    expect(qrPath(21, (row, column) => row === 0 && column === 20)).toEqual({ path: 'M24 4h1v1h-1z', side: 29 });
  });
});
