/** One value of a TLV payload: its path and its bytes, whose type only the object's definition knows. (OMA-TS-LightweightM2M_Core, 7.4.3.) */
export type TlvEntry = readonly [path: string, bytes: Uint8Array];

/** Takes a TLV payload apart. Throws when the bytes are none. */
export function decodeTlv(base: string, bytes: Uint8Array): TlvEntry[] {
  const entries: TlvEntry[] = [];
  walk(base === '/' ? '' : base, bytes, entries);
  return entries;
}

function walk(base: string, bytes: Uint8Array, entries: TlvEntry[]): void {
  for (let offset = 0; offset < bytes.length; ) {
    const type = bytes[offset++]!;
    const number = (size: number): number => {
      let value = 0;
      for (; size > 0; size--) {
        if (offset >= bytes.length) throw new RangeError('TLV ends too early.');
        value = value * 256 + bytes[offset++]!;
      }
      return value;
    };
    const id = number(type & 0x20 ? 2 : 1);
    const size = (type >> 3) & 3;
    const length = size === 0 ? type & 7 : number(size);
    if (offset + length > bytes.length) throw new RangeError('TLV ends too early.');
    const value = bytes.subarray(offset, (offset += length));
    const depth = base.split('/').length - 1;
    switch (type >> 6) {
      case 0: // an object instance
        walk(depth >= 2 ? base : `${base}/${id}`, value, entries);
        break;
      case 2: // a resource with instances
        walk(depth >= 3 ? base : `${base}/${id}`, value, entries);
        break;
      case 1: // a resource instance
        entries.push([depth >= 4 ? base : `${base}/${id}`, value]);
        break;
      default: // a resource; a read of a resource is answered with it, too
        entries.push([depth >= 3 ? base : `${base}/${id}`, value]);
    }
  }
}
