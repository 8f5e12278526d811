import { toHex } from './base64';
import { formats, type ResourceValue } from './payload';
import type { ResourceDefinition } from './model';

/** A value in the type that the definition says, as far as that is known; times in milliseconds since 1970. */
export type TypedValue = { kind: 'text' | 'opaque' | 'link'; text: string } | { kind: 'number'; number: number } | { kind: 'boolean'; value: boolean } | { kind: 'time'; at: number };

export function interpret(value: ResourceValue, definition: ResourceDefinition | undefined): TypedValue {
  if (value instanceof Uint8Array) return ofBytes(value, definition);
  if (typeof value === 'object') return { kind: 'link', text: value.link };
  const type = definition?.type;
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (type === 'Boolean' && /^[01]$/.test(String(value))) return { kind: 'boolean', value: String(value) === '1' };
  if (type === 'Time' && isNumber(value)) return { kind: 'time', at: Number(value) * 1000 };
  if (typeof value === 'number') return { kind: 'number', number: value };
  if ((type === 'Float' || type === 'Integer' || type === 'UnsignedInteger') && isNumber(value)) return { kind: 'number', number: Number(value) };
  return { kind: type === 'Objlnk' ? 'link' : 'text', text: value };
}

// Bytes of TLV are typed by the definition alone. (OMA-TS-LightweightM2M_Core, appendix C.)
function ofBytes(bytes: Uint8Array, definition: ResourceDefinition | undefined): TypedValue {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (definition?.type) {
    case 'String':
    case 'Corelnk': return { kind: 'text', text: new TextDecoder().decode(bytes) };
    case 'Integer':
    case 'UnsignedInteger': return bytes.length >= 1 && bytes.length <= 8 ? { kind: 'number', number: integer(view, definition.type === 'Integer') } : opaque(bytes);
    case 'Time': return bytes.length >= 1 && bytes.length <= 8 ? { kind: 'time', at: integer(view, true) * 1000 } : opaque(bytes);
    case 'Float': return bytes.length === 4 ? { kind: 'number', number: view.getFloat32(0) } : bytes.length === 8 ? { kind: 'number', number: view.getFloat64(0) } : opaque(bytes);
    case 'Boolean': return bytes.length === 1 ? { kind: 'boolean', value: bytes[0] === 1 } : opaque(bytes);
    case 'Objlnk': return bytes.length === 4 ? { kind: 'link', text: `${view.getUint16(0)}:${view.getUint16(2)}` } : opaque(bytes);
    default: return opaque(bytes);
  }
}

function integer(view: DataView, signed: boolean): number {
  let value = 0;
  for (let i = 0; i < view.byteLength; i++) value = value * 256 + view.getUint8(i);
  return signed && view.getUint8(0) >= 128 ? value - 256 ** view.byteLength : value;
}

function opaque(bytes: Uint8Array): TypedValue {
  return { kind: 'opaque', text: bytes.length > 32 ? `${toHex(bytes.subarray(0, 32))} … (${bytes.length} B)` : toHex(bytes) };
}

function isNumber(value: string | number): boolean {
  return value !== '' && Number.isFinite(Number(value));
}

/** What to send when somebody has typed a value; a reason (the key of a text) when it is none of the type. */
export function encodeValue(text: string, definition: ResourceDefinition | undefined): { payload: Uint8Array; contentType: string } | { problem: 'integer' | 'number' | 'boolean' | 'hex' | 'time' } {
  const plain = (value: string): { payload: Uint8Array; contentType: string } => ({ payload: new TextEncoder().encode(value), contentType: formats.text });
  switch (definition?.type) {
    case 'Integer': return /^[+-]?\d+$/.test(text.trim()) ? plain(text.trim()) : { problem: 'integer' };
    case 'UnsignedInteger': return /^\d+$/.test(text.trim()) ? plain(text.trim()) : { problem: 'integer' };
    case 'Float': return text.trim() !== '' && Number.isFinite(Number(text)) ? plain(text.trim()) : { problem: 'number' };
    case 'Boolean': return /^[01]$/.test(text) ? plain(text) : { problem: 'boolean' };
    case 'Time': {
      const at = /^\d+$/.test(text) ? Number(text) : Math.floor(Date.parse(text) / 1000);
      return Number.isFinite(at) ? plain(String(at)) : { problem: 'time' };
    }
    case 'Opaque': {
      const digits = text.replace(/[\s:]/g, '');
      if (!/^([0-9a-fA-F]{2})*$/.test(digits)) return { problem: 'hex' };
      return { payload: Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16)), contentType: formats.opaque };
    }
    default: return plain(text);
  }
}
