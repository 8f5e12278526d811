import { hexOf, oidOf, tags, valuesIn, type Der } from './der';

/** What people want to know of a certificate (RFC 5280, 4.1). */
export interface Certificate {
  der: Uint8Array;
  subject: string;
  issuer: string;
  /** Hexadecimal. */
  serialNumber: string;
  notBefore: Date;
  notAfter: Date;
  /** `ECDSA P-256`, `RSA 2048`. */
  key: string;
  /** basicConstraints says that it may issue (4.2.1.9). */
  isAuthority: boolean;
  /** Hexadecimal (4.2.1.2); null when it has none. */
  subjectKeyIdentifier: string | null;
}

const names: Readonly<Record<string, string>> = { '2.5.4.3': 'CN', '2.5.4.5': 'SERIALNUMBER', '2.5.4.6': 'C', '2.5.4.7': 'L', '2.5.4.8': 'ST', '2.5.4.10': 'O', '2.5.4.11': 'OU', '0.9.2342.19200300.100.1.25': 'DC' };
const curves: Readonly<Record<string, string>> = { '1.2.840.10045.3.1.7': 'P-256', '1.3.132.0.34': 'P-384', '1.3.132.0.35': 'P-521' };
const algorithms: Readonly<Record<string, string>> = { '1.3.101.112': 'Ed25519', '1.3.101.113': 'Ed448' };
const blocks = /-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]*?)-----END CERTIFICATE-----/g;

/** The certificates of a PEM text (RFC 7468), in its order; those that cannot be read are left out. */
export function certificatesIn(pem: string): Certificate[] {
  return [...pem.matchAll(blocks)].flatMap(([, base64]) => {
    try {
      return [parseCertificate(Uint8Array.from(atob(base64!.replace(/\s+/g, '')), (c) => c.charCodeAt(0)))];
    } catch {
      return [];
    }
  });
}

/** A certificate in DER as PEM; text stays as it is. */
export function pemOf(bytes: Uint8Array): string {
  if (bytes[0] !== tags.sequence) return new TextDecoder().decode(bytes);
  const base64 = btoa(Array.from(bytes, (octet) => String.fromCharCode(octet)).join(''));
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/(.{64})(?=.)/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
}

/** Reads a certificate in DER. Throws when it is none. */
export function parseCertificate(der: Uint8Array): Certificate {
  const [body] = valuesIn(only(valuesIn(der), tags.sequence).content);
  if (!body) throw new RangeError('no certificate');
  const all = valuesIn(body.content);
  // [0] is the version, which version 1 does not have.
  const [serial, , issuer, validity, subject, key, ...rest] = all[0]?.tag === 0xa0 ? all.slice(1) : all;
  if (!serial || !issuer || !validity || !subject || !key) throw new RangeError('no certificate');
  const [from, to] = valuesIn(validity.content);
  const extensions = extensionsOf(rest.find((value) => value.tag === 0xa3));
  const identifier = extensions.get('2.5.29.14');
  return {
    der, subject: nameOf(subject), issuer: nameOf(issuer), serialNumber: hexOf(serial.content).replace(/^00(?=.)/, ''), notBefore: timeOf(from), notAfter: timeOf(to), key: keyOf(key),
    isAuthority: isAuthority(extensions.get('2.5.29.19')),
    subjectKeyIdentifier: identifier ? hexOf(only(valuesIn(identifier), tags.octetString).content) : null,
  };
}

/** SHA-256 of it, hexadecimal; null where the browser has no cryptography, which it keeps for secure pages. */
export async function fingerprintOf(der: Uint8Array): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null;
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', der.slice())));
}

function only(values: readonly Der[], tag: number): Der {
  const [value] = values;
  if (value?.tag !== tag) throw new RangeError(`DER: not ${tag}`);
  return value;
}

// RFC 4514: the most specific part first.
function nameOf(name: Der): string {
  const parts = valuesIn(name.content).map((set) => valuesIn(set.content).map((pair) => {
    const [type, value] = valuesIn(pair.content);
    const oid = type ? oidOf(type.content) : '';
    return `${names[oid] ?? oid}=${value ? textOf(value) : ''}`;
  }).join('+'));
  return parts.reverse().join(', ');
}

function textOf({ tag, content }: Der): string {
  return new TextDecoder(tag === 0x1e ? 'utf-16be' : 'utf-8').decode(content);
}

// RFC 5280, 4.1.2.5: YYMMDDHHMMSSZ until 2049, YYYYMMDDHHMMSSZ from then on.
function timeOf(value: Der | undefined): Date {
  const text = value ? textOf(value) : '';
  const [, year, month, day, hour, minute, second] = /^(\d{2}|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  if (!year) throw new RangeError('DER: time');
  const full = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 50 ? 2000 : 1900);
  return new Date(Date.UTC(full, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)));
}

function keyOf(info: Der): string {
  const [algorithm, bits] = valuesIn(info.content);
  const [type, parameters] = valuesIn(algorithm?.content ?? new Uint8Array());
  const oid = type ? oidOf(type.content) : '';
  if (oid === '1.2.840.10045.2.1') return `ECDSA ${parameters?.tag === tags.oid ? (curves[oidOf(parameters.content)] ?? oidOf(parameters.content)) : ''}`.trim();
  if (oid !== '1.2.840.113549.1.1.1' || !bits) return algorithms[oid] ?? oid;
  const [modulus] = valuesIn(only(valuesIn(bits.content.subarray(1)), tags.sequence).content);
  return `RSA ${modulus ? 8 * modulus.content.subarray(modulus.content[0] === 0 ? 1 : 0).length : ''}`.trim();
}

function extensionsOf(part: Der | undefined): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  if (!part) return found;
  for (const extension of valuesIn(only(valuesIn(part.content), tags.sequence).content)) {
    const values = valuesIn(extension.content);
    const value = values.at(-1);
    if (values[0] && value?.tag === tags.octetString) found.set(oidOf(values[0].content), value.content);
  }
  return found;
}

function isAuthority(basicConstraints: Uint8Array | undefined): boolean {
  if (!basicConstraints) return false;
  const [first] = valuesIn(only(valuesIn(basicConstraints), tags.sequence).content);
  return first?.tag === tags.boolean && first.content[0] !== 0;
}
