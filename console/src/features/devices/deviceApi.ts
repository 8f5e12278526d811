import { api, authorizedFetch, dataOf, type Schemas } from '../../api/client';
import type { ListPage, ListRequest } from '../../api/lists';

export type Device = Schemas['DeviceData'];
export type DeviceQuery = Schemas['DeviceQueryData'];
export type ImportReport = Schemas['DeviceImportReport'];

// The filter is one string within the query, so it is encoded twice: once as a value there.
export async function listDevices(query: ListRequest): Promise<ListPage<Device>> {
  return dataOf(api.GET('/v3/devices', { params: { query } }));
}

export async function countDevices(filter: string): Promise<number> {
  return (await listDevices({ limit: 2, order: 'ASC', include: 'total_count', ...(filter ? { filter } : {}) })).total_count ?? 0;
}

export async function getDevice(id: string): Promise<Device> {
  return dataOf(api.GET('/v3/devices/{id}', { params: { path: { id } } }));
}

/** The paths that the device has registered; nothing when it is not registered. */
export async function listResources(id: string): Promise<Schemas['ResourceInfo'][]> {
  return dataOf(api.GET('/v2/endpoints/{device_id}', { params: { path: { device_id: id } } }));
}

/** The paths that this user is told the values of. */
export async function listSubscriptions(id: string): Promise<string[]> {
  try {
    const text = await (await authorizedFetch(`/v2/subscriptions/${id}`)).text();
    return text.split(/\r?\n/).filter((line) => line !== '');
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 404) return [];
    throw error;
  }
}

export async function subscribe(id: string, path: string): Promise<void> {
  await authorizedFetch(`/v2/subscriptions/${id}${path}`, { method: 'PUT' });
}

export async function unsubscribe(id: string, path: string): Promise<void> {
  await authorizedFetch(`/v2/subscriptions/${id}${path}`, { method: 'DELETE' });
}

export async function suspend(id: string, category: string, description: string): Promise<void> {
  await api.POST('/v3/devices/{id}/suspend', { params: { path: { id } }, body: { category, description } });
}

export async function resume(id: string, category: string, description: string): Promise<void> {
  await api.POST('/v3/devices/{id}/resume', { params: { path: { id } }, body: { category, description } });
}

export async function removeDevice(id: string): Promise<void> {
  await api.DELETE('/v3/devices/{id}', { params: { path: { id } } });
}

export async function importDevices(file: File, preview: boolean): Promise<ImportReport> {
  const type = file.name.endsWith('.json') ? 'application/json' : 'text/csv';
  const answer = await authorizedFetch(`/v3/devices/import?preview=${preview}`, { method: 'POST', headers: { 'Content-Type': type }, body: file });
  return (await answer.json()) as ImportReport;
}
