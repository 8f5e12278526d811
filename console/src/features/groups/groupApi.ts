import { api, dataOf, type Schemas } from '../../api/client';
import type { ListPage, ListRequest } from '../../api/lists';

export type Group = Schemas['DeviceGroupData'];

export async function listGroups(query: ListRequest): Promise<ListPage<Group>> {
  return dataOf(api.GET('/v3/device-groups', { params: { query } }));
}

export async function getGroup(id: string): Promise<Group> {
  return dataOf(api.GET('/v3/device-groups/{device-group-id}', { params: { path: { 'device-group-id': id } } }));
}

export async function removeGroup(id: string): Promise<void> {
  await api.DELETE('/v3/device-groups/{device-group-id}', { params: { path: { 'device-group-id': id } } });
}

export async function listMembers(id: string, query: ListRequest): Promise<ListPage<Schemas['DeviceData']>> {
  return dataOf(api.GET('/v3/device-groups/{device-group-id}/devices', { params: { path: { 'device-group-id': id }, query } }));
}

export async function takeOut(id: string, device: string): Promise<void> {
  await api.POST('/v3/device-groups/{device-group-id}/devices/remove', { params: { path: { 'device-group-id': id } }, body: { device_id: device } });
}
