/** What CBOR (RFC 8949) can say, as far as devices use it. Keys of maps are numbers or texts, or arrays of them in LwM2M CBOR. */
export type Cbor = number | bigint | string | boolean | null | Uint8Array | Cbor[] | Map<Cbor, Cbor>;

const deepest = 16;

/** Decodes one item. Throws when the bytes are none. */
export function decodeCbor(bytes: Uint8Array): Cbor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;

  const argument = (info: number): number | bigint => {
    if (info < 24) return info;
    const size = 1 << (info - 24);
    if (info > 27 || offset + size > bytes.length) throw new RangeError('CBOR ends too early.');
    const at = offset;
    offset += size;
    if (size === 1) return view.getUint8(at);
    if (size === 2) return view.getUint16(at);
    if (size === 4) return view.getUint32(at);
    const long = view.getBigUint64(at);
    return long <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(long) : long;
  };

  const slice = (length: number): Uint8Array => {
    if (offset + length > bytes.length) throw new RangeError('CBOR ends too early.');
    return bytes.subarray(offset, (offset += length));
  };

  const isBreak = (): boolean => {
    if (bytes[offset] !== 0xff) return false;
    offset++;
    return true;
  };

  const many = <T>(info: number, one: () => T): T[] => {
    const items: T[] = [];
    if (info === 31) while (!isBreak()) items.push(one());
    else for (let n = Number(argument(info)); n > 0; n--) items.push(one());
    return items;
  };

  const text = (info: number, depth: number): Uint8Array => {
    if (info !== 31) return slice(Number(argument(info)));
    const parts = many(31, () => item(depth + 1));
    return new Uint8Array(parts.flatMap((part) => [...(part instanceof Uint8Array ? part : new TextEncoder().encode(String(part)))]));
  };

  const item = (depth: number): Cbor => {
    if (depth > deepest || offset >= bytes.length) throw new RangeError('CBOR ends too early, or is too deep.');
    const first = bytes[offset++]!;
    const info = first & 31;
    switch (first >> 5) {
      case 0: return argument(info);
      case 1: {
        const n = argument(info);
        return typeof n === 'bigint' ? -1n - n : -1 - n;
      }
      case 2: return text(info, depth);
      case 3: return new TextDecoder().decode(text(info, depth));
      case 4: return many(info, () => item(depth + 1));
      case 5: return new Map(many(info, () => [item(depth + 1), item(depth + 1)] as const));
      case 6: {
        argument(info);
        return item(depth + 1);
      }
      default: return simple(info);
    }
  };

  const simple = (info: number): Cbor => {
    if (info === 20 || info === 21) return info === 21;
    if (info === 22 || info === 23) return null;
    const at = offset;
    offset += info === 25 ? 2 : info === 26 ? 4 : info === 27 ? 8 : Number.NaN;
    if (!(offset <= bytes.length)) throw new RangeError('This is no CBOR.');
    if (info === 26) return view.getFloat32(at);
    if (info === 27) return view.getFloat64(at);
    return half(view.getUint16(at));
  };

  return item(0);
}

// RFC 8949, appendix D.
function half(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const mantissa = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (mantissa + 1024) * 2 ** (exponent - 25);
}
