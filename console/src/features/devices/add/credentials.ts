import { api, dataOf, type Schemas } from '../../../api/client';
import { randomHex } from './clients';

export type Developer = Schemas['DeveloperCertificateResponseData'];

/** The name of the developer certificate that the dialog makes when the account has none. */
export const developerName = 'Development';

/** TinyDTLS reads no longer key. */
const keyBytes = 16;

/** Makes a key for a device, which the server shows to nobody afterwards. */
export async function makeKey(name: string): Promise<string> {
  const secret = randomHex(keyBytes);
  await api.POST('/v2/device-shared-keys', { body: { endpoint_name: name, secret_hex: secret } });
  return secret;
}

/** The account's developer certificate with its key; makes one where there is none that is in use. An account may have a few only. */
export async function findDeveloper(): Promise<Developer> {
  const known = (await dataOf(api.GET('/v3/trusted-certificates', { params: { query: { limit: 1000, order: 'DESC' } } }))).data
    .find((certificate) => certificate.device_execution_mode === 1 && String(certificate.status).toUpperCase() === 'ACTIVE');
  return known
    ? dataOf(api.GET('/v3/developer-certificates/{developerCertificateId}', { params: { path: { developerCertificateId: known.id } } }))
    : dataOf(api.POST('/v3/developer-certificates', { body: { name: developerName } }));
}
