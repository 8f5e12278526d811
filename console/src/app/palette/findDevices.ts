import { api, dataOf, type Schemas } from '../../api/client';

/** Devices whose endpoint name, name or serial number contains the text, or whose id it is or ends (last devices of 1000). At most eight. */
export async function findDevices(text: string): Promise<Schemas['DeviceData'][]> {
  const list = async (filter: string, limit: number): Promise<Schemas['DeviceData'][]> =>
    (await dataOf(api.GET('/v3/devices', { params: { query: { filter, limit, order: 'DESC' } } }))).data;
  const value = encodeURIComponent(text);
  const searches = ['endpoint_name', 'name', 'serial_number'].map((field) => list(`${field}__like=${value}`, 8));
  if (/^[0-9a-f]{32}$/.test(text)) searches.push(list(`id__eq=${text}`, 2));
  else if (/^[0-9a-f]{6,31}$/.test(text)) searches.push(list('', 1000).then((all) => all.filter((device) => device.id.endsWith(text))));
  const found = (await Promise.all(searches)).flat();
  return [...new Map(found.map((device) => [device.id, device])).values()].slice(0, 8);
}
