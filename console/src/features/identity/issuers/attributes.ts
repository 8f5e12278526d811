import type { Schemas } from '../../../api/client';

export type IssuerType = Schemas['CertificateIssuerType'];

export interface IssuerFields {
  attributes: readonly string[];
  credentials: readonly string[];
}

/** What the server asks of an issuer of each kind. GlobalSign is taken for the contract's sake, and issues nothing. */
export const fieldsOf: Readonly<Record<IssuerType, IssuerFields>> = {
  CFSSL_AUTH: { attributes: ['host_url', 'cfssl_label', 'cfssl_profile', 'ca_certificate'], credentials: ['hmac_hex_key'] },
  EST: { attributes: ['host_url', 'est_label', 'ca_certificate'], credentials: ['username', 'password', 'client_certificate', 'private_key', 'passphrase'] },
  GLOBAL_SIGN: { attributes: [], credentials: ['api_key', 'api_secret', 'client_certificate', 'private_key', 'passphrase'] },
};

export const pemFields: ReadonlySet<string> = new Set(['ca_certificate', 'client_certificate', 'private_key']);
export const secretFields: ReadonlySet<string> = new Set(['hmac_hex_key', 'password', 'passphrase', 'api_secret', 'api_key']);

/** Those of these fields that were filled in. */
export function chosen(values: Readonly<Record<string, string>>, fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(fields.flatMap((field) => (values[field]?.trim() ? [[field, values[field].trim()] as const] : [])));
}
