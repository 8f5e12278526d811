import { useQuery } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../../../api/client';
import { session } from '../../../session/session';

export type SimulatedDevices = Schemas['SimulatedDeviceList'];
export type SimulatedKind = Schemas['DeviceKind'];

export const kinds: readonly SimulatedKind[] = ['thermometer', 'light', 'meter', 'tracker', 'door'];

/** The simulated devices of the account, and how many there may be; nobody but administrators starts any, and nobody else asks. */
export function useSimulatedDevices(): SimulatedDevices | undefined {
  return useQuery({ queryKey: ['simulated-devices'], enabled: session.isAdministrator, queryFn: () => dataOf(api.GET('/v3/simulated-devices', {})), staleTime: 60_000, retry: false }).data;
}

/** Whether this person can start simulated devices here. */
export function useCanSimulate(): boolean {
  const devices = useSimulatedDevices();
  return devices !== undefined && devices.max_count > 0;
}

/** Stops one: it de-registers, and its entry in the directory stays. */
export async function stopSimulated(id: string): Promise<void> {
  await api.DELETE('/v3/simulated-devices/{simulated-device-id}', { params: { path: { 'simulated-device-id': id } } });
}

/** Starts one; the result is its endpoint name. No kind: the next in turn. */
export async function startSimulated(kind?: SimulatedKind): Promise<string> {
  const started = await dataOf(api.POST('/v3/simulated-devices', { body: kind ? { kind } : {} }));
  return started.data[0]!.endpoint_name;
}
