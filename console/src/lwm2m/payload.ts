import { decodeCbor, type Cbor } from './cbor';
import { fromBase64 } from './base64';
import { decodeTlv } from './tlv';

/** A value of a resource as it is known here. Bytes: opaque, or of a type that only the definition of the object knows (TLV). */
export type ResourceValue = string | number | boolean | Uint8Array | { link: string };

export const formats = {
  text: 'text/plain',
  opaque: 'application/octet-stream',
  tlv: 'application/vnd.oma.lwm2m+tlv',
  senmlJson: 'application/senml+json',
  senmlCbor: 'application/senml+cbor',
  lwm2mJson: 'application/vnd.oma.lwm2m+json',
  lwm2mCbor: 'application/vnd.oma.lwm2m+cbor',
} as const;

type Entry = readonly [path: string, value: ResourceValue];

/** The values in a payload, each with its path. What cannot be read is given back as bytes, under the path that was asked. */
export function decodePayload(path: string, contentType: string | undefined, payload: string | undefined): Entry[] {
  const bytes = payload ? fromBase64(payload) : new Uint8Array();
  try {
    switch (contentType?.split(';')[0]?.trim()) {
      case undefined:
      case '':
      case formats.text: return [[path, new TextDecoder('utf-8', { fatal: true }).decode(bytes)]];
      case formats.senmlJson: return senml(JSON.parse(new TextDecoder().decode(bytes)) as SenmlRecord[]);
      case formats.lwm2mJson: return lwm2mJson(path, JSON.parse(new TextDecoder().decode(bytes)) as Lwm2mJson);
      case formats.senmlCbor: return senml((decodeCbor(bytes) as Map<Cbor, Cbor>[]).map(record));
      case formats.lwm2mCbor: return flat('', decodeCbor(bytes));
      case formats.tlv: return decodeTlv(path, bytes);
      default: return [[path, bytes]];
    }
  } catch {
    return [[path, bytes]];
  }
}

interface SenmlRecord {
  bn?: string;
  n?: string;
  v?: number;
  vs?: string;
  vb?: boolean;
  vd?: string | Uint8Array;
  vlo?: string;
}

// RFC 8428, 4.2 and 6: the members by their labels.
const labels = new Map<Cbor, keyof SenmlRecord>([[-2, 'bn'], [0, 'n'], [2, 'v'], [3, 'vs'], [4, 'vb'], [8, 'vd'], ['vlo', 'vlo']]);

function record(map: Map<Cbor, Cbor>): SenmlRecord {
  const named = [...map].flatMap(([label, value]) => {
    const name = labels.get(label);
    return name ? [[name, typeof value === 'bigint' ? Number(value) : value] as const] : [];
  });
  return Object.fromEntries(named) as SenmlRecord;
}

function senml(records: SenmlRecord[]): Entry[] {
  let base = '';
  return records.flatMap((item) => {
    base = item.bn ?? base;
    const value = valueOf(item);
    return value === undefined ? [] : [[`${base}${item.n ?? ''}`, value] as const];
  });
}

function valueOf({ v, vs, vb, vd, vlo }: SenmlRecord): ResourceValue | undefined {
  if (vlo !== undefined) return { link: vlo };
  // RFC 8428, 4.3: base64 with the alphabet for addresses.
  if (typeof vd === 'string') return fromBase64(vd.replace(/-/g, '+').replace(/_/g, '/'));
  return v ?? vs ?? vb ?? vd;
}

interface Lwm2mJson {
  bn?: string;
  e?: { n?: string; v?: number; sv?: string; bv?: boolean; ov?: string }[];
}

// OMA-TS-LightweightM2M-V1_0, 6.4.4.
function lwm2mJson(path: string, { bn, e }: Lwm2mJson): Entry[] {
  const base = bn ?? path;
  return (e ?? []).flatMap((item) => {
    const value = item.v ?? item.sv ?? item.bv ?? (item.ov === undefined ? undefined : { link: item.ov });
    if (value === undefined) return [];
    const name = item.n ?? '';
    return [[name === '' ? base.replace(/\/$/, '') : `${base.replace(/\/$/, '')}/${name}`, value] as const];
  });
}

// OMA-TS-LightweightM2M_Core-V1_2, 7.4.7: maps within maps, whose keys are an id or several.
function flat(base: string, item: Cbor): Entry[] {
  if (item instanceof Map) {
    return [...item].flatMap(([key, value]) => flat(`${base}/${(Array.isArray(key) ? key : [key]).join('/')}`, value));
  }
  if (item === null || Array.isArray(item)) return [];
  return [[base, typeof item === 'bigint' ? Number(item) : item]];
}
