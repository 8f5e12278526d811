import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf, type Schemas } from '../../../api/client';
import { listDevices, type Device } from '../deviceApi';

const interval = 1_500;

/** Whom the dialog waits for: a device of a name, or the next one with a certificate of an authority. */
export type Expected = { name: string } | { authority: string };

export interface Arrival {
  /** The device, as soon as it is in the directory. */
  device: Device | null;
  isRegistered: boolean;
  /** What went wrong with it so far, in words, the newest first. */
  problems: readonly string[];
}

type DeviceEvent = Schemas['DeviceEventData'];
type Denial = Schemas['DeniedDevice'];

/** Waits until the device is registered, and tells what keeps it from that. */
export function useArrival(expected: Expected): Arrival {
  const filter = 'name' in expected ? `endpoint_name__eq=${encodeURIComponent(expected.name)}` : `ca_id__eq=${expected.authority}`;
  // Devices that were there before are not the one that is waited for.
  const [before, setBefore] = useState<ReadonlySet<string> | null>('name' in expected ? new Set() : null);
  const devices = useQuery({
    queryKey: ['devices', 'arrival', filter],
    queryFn: async () => {
      const found = (await listDevices({ limit: 100, order: 'DESC', filter })).data;
      if (before === null) setBefore(new Set(found.map(({ id }) => id)));
      return found;
    },
    staleTime: 0,
    refetchInterval: ({ state }) => (isThere(state.data, before) ? false : interval),
  });
  const device = before === null ? null : (devices.data?.find(({ id }) => !before.has(id)) ?? null);
  const isRegistered = device?.state === 'registered';
  const name = 'name' in expected ? expected.name : (device?.endpoint_name ?? '');
  const events = useQuery({
    queryKey: ['device-events', 'arrival', name], enabled: name !== '' && !isRegistered, refetchInterval: 2 * interval, retry: false,
    queryFn: async () => (await dataOf(api.GET('/v3/device-events', { params: { query: { limit: 50, order: 'DESC' } } }))).data,
  });
  const denials = useQuery({
    queryKey: ['device-enrollment-denials', 'arrival', name], enabled: name !== '' && !isRegistered, refetchInterval: 2 * interval, retry: false,
    queryFn: async () => (await dataOf(api.GET('/v3/device-enrollment-denials', { params: { query: { limit: 50, order: 'DESC' } } }))).data,
  });
  return { device, isRegistered, problems: isRegistered ? [] : problemsOf(name, device?.id ?? null, events.data ?? [], denials.data ?? []) };
}

/** What the events and denials say of a device, each once. */
export function problemsOf(name: string, id: string | null, events: readonly Pick<DeviceEvent, 'device_id' | 'data' | 'description' | 'event_type_description'>[], denials: readonly Pick<Denial, 'endpoint_name' | 'reason'>[]): string[] {
  if (name === '') return [];
  const failed = events.filter((event) => event.event_type_description === 'FAIL' && ((id !== null && event.device_id === id) || event.data.endpoint_name === name));
  return [...new Set([...failed.map(({ description }) => description), ...denials.filter((denial) => denial.endpoint_name === name).map(({ reason }) => reason ?? '')])].filter((text) => text !== '').slice(0, 3);
}

function isThere(devices: readonly Device[] | undefined, before: ReadonlySet<string> | null): boolean {
  return before !== null && (devices?.some((device) => !before.has(device.id) && device.state === 'registered') ?? false);
}
