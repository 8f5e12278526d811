import { useMemo, useSyncExternalStore } from 'react';
import { live, type LiveState } from './LiveConnection';
import { requests, type DeviceRequest } from './RequestStore';
import { values, type KnownValue } from './ValueStore';

export function useLiveState(): LiveState {
  return useSyncExternalStore(live.subscribe, () => live.state);
}

/** The values of a device, again with each that comes. */
export function useDeviceValues(device: string): { version: number; values: ReadonlyMap<string, KnownValue> } {
  const version = useSyncExternalStore(values.subscribe, () => values.versionOf(device));
  return { version, values: values.of(device) };
}

/** The requests to a device that this tab has sent, newest first. */
export function useDeviceRequests(device: string): readonly DeviceRequest[] {
  const all = useSyncExternalStore(requests.subscribe, () => requests.all);
  return useMemo(() => all.filter((request) => request.device === device), [all, device]);
}
