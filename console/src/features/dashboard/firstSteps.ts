import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../../api/client';
import { session } from '../../session/session';
import { countDevices, listDevices } from '../devices/deviceApi';

/** What a new account wants to have done once. */
export const steps = ['device', 'observe', 'application', 'people', 'authority'] as const;

export type FirstStep = (typeof steps)[number];

/** Where each is done. */
export const places: Readonly<Record<FirstStep, string>> = {
  device: '/devices?add=simulator', observe: '/devices?filter=state__eq%3Dregistered', application: '/applications', people: '/users', authority: '/identity/certificates',
};

/** The certificate that the server adds for the factory of its simulated devices is not the account's own. */
const demoFactory = 'Demo factory';

/** So many devices are asked for what is observed of them. */
const sample = 5;

const checks: Readonly<Record<FirstStep, () => Promise<boolean>>> = {
  device: async () => (await countDevices('state__eq=registered')) > 0,
  observe: async () => {
    const { data } = await listDevices({ limit: sample, order: 'DESC', filter: 'state__eq=registered' });
    return (await Promise.all(data.map(({ id }) => isObserved(id)))).includes(true);
  },
  application: async () => {
    const { data } = await dataOf(api.GET('/v3/applications', { params: { query: { limit: 2, order: 'ASC' } } }));
    return data.length > 0 || (await dataOf(api.GET('/v2/subscriptions', {}))).length > 0;
  },
  people: async () => {
    const { data } = await dataOf(api.GET('/v3/users', { params: { query: { limit: 2, order: 'ASC' } } }));
    return data.length > 1 || data.some((user) => user.is_totp_enabled === true);
  },
  authority: async () => {
    const { data } = await dataOf(api.GET('/v3/trusted-certificates', { params: { query: { limit: 100, order: 'ASC' } } }));
    return data.some((certificate) => (certificate.device_execution_mode ?? null) === null && certificate.name !== demoFactory);
  },
};

/** Whether somebody's subscription has brought a value: those that were only read are not reported. */
async function isObserved(device: string): Promise<boolean> {
  return (await dataOf(api.GET('/v3/devices/{device-id}/echo', { params: { path: { 'device-id': device } } }))).last_reported_at !== null;
}

export interface FirstSteps {
  /** Which are done; null: not known yet. */
  done: Readonly<Record<FirstStep, boolean | null>>;
  isShown: boolean;
  dismiss: () => void;
}

/** How far the account is, asked of the API alone. Who has put the list away does not see it again, in this browser. */
export function useFirstSteps(): FirstSteps {
  const key = storageKey(session.current?.accountId ?? '');
  const [isDismissed, setDismissed] = useState(() => localStorage.getItem(key) !== null);
  // Administrators alone can do all of it.
  const enabled = session.isAdministrator && !isDismissed;
  const answer = useQuery({
    queryKey: ['devices', 'first-steps'], enabled, refetchInterval: 30_000, retry: false,
    queryFn: async () => Object.fromEntries(await Promise.all(steps.map(async (step) => [step, await checks[step]().catch(() => null)] as const))) as Record<FirstStep, boolean | null>,
  });
  const done = answer.data ?? { device: null, observe: null, application: null, people: null, authority: null };
  return {
    done, isShown: enabled && answer.data !== undefined && !isFinished(done),
    dismiss: () => {
      localStorage.setItem(key, 'dismissed');
      setDismissed(true);
    },
  };
}

/** Whether nothing is left to do. */
export function isFinished(done: Readonly<Record<FirstStep, boolean | null>>): boolean {
  return steps.every((step) => done[step] === true);
}

export function storageKey(account: string): string {
  return `surety.firstSteps.${account}`;
}
