import { describe, expect, it } from 'vitest';
import { canScan } from './barcodes';

describe('scanning', () => {
  const camera = {} as MediaDevices;

  it('is offered where the browser reads codes and has cameras', () => {
    expect(canScan({ BarcodeDetector: class {} }, camera)).toBe(true);
    expect(canScan({}, camera)).toBe(false);
  });

  it('is not offered on a page that may not use cameras', () => {
    expect(canScan({ BarcodeDetector: class {} }, undefined)).toBe(false);
  });
});
