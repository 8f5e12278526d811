/** A value of DER (X.690): its tag, its content, and all of its bytes. */
export interface Der {
  tag: number;
  content: Uint8Array;
  whole: Uint8Array;
}

export const tags = { boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, oid: 0x06, utcTime: 0x17, generalizedTime: 0x18, sequence: 0x30, set: 0x31 } as const;

/** The values that stand one behind the other in these bytes. Throws what is wrong when they are not DER. */
export function valuesIn(bytes: Uint8Array): Der[] {
  const values: Der[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at + 1];
    if (first === undefined) throw new RangeError('DER: cut off');
    // 8.1.3.5: the long form, of which certificates never need more than three octets.
    const octets = first < 0x80 ? 0 : first & 0x7f;
    if (first === 0x80 || octets > 3) throw new RangeError('DER: length');
    let length = octets === 0 ? first : 0;
    for (let i = 0; i < octets; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
    const start = at + 2 + octets;
    if (start + length > bytes.length) throw new RangeError('DER: cut off');
    values.push({ tag: bytes[at]!, content: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) });
    at = start + length;
  }
  return values;
}

/** An object identifier as text, `2.5.4.3` (X.690, 8.19). */
export function oidOf(content: Uint8Array): string {
  const arcs: number[] = [];
  let value = 0;
  for (const octet of content) {
    value = value * 128 + (octet & 0x7f);
    if (octet & 0x80) continue;
    if (arcs.length === 0) arcs.push(Math.min(2, Math.floor(value / 40)), value - 40 * Math.min(2, Math.floor(value / 40)));
    else arcs.push(value);
    value = 0;
  }
  return arcs.join('.');
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (octet) => octet.toString(16).padStart(2, '0')).join('');
}
