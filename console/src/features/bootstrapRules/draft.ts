import type { Schemas } from '../../api/client';
import type { ObjectModel } from '../../lwm2m/model';
import type { Rule } from './rule';

type Request = Schemas['BootstrapRuleReq'];

export const attributeNames = ['pmin', 'pmax', 'gt', 'lt', 'st', 'epmin', 'epmax', 'hqmax'] as const;
export const serverNumbers = ['lifetime', 'minimum_period', 'maximum_period', 'short_server_id'] as const;
export const serverTexts = ['uri', 'certificate', 'binding'] as const;

/** `''`: not said; then the device's or server's own default. */
export type Choice = '' | 'true' | 'false';

export interface ObservationDraft {
  path: string;
  numbers: Partial<Record<(typeof attributeNames)[number], string>>;
  con: Choice;
  edge: Choice;
}

export interface InstanceDraft {
  path: string;
  /** Of a multiple resource, a line is a value. */
  values: { resource: string; text: string }[];
}

/** A rule as somebody types it. */
export interface Draft {
  name: string;
  description: string;
  priority: string;
  enabled: boolean;
  match: Record<string, string>;
  kind: 'server' | 'redirect';
  redirect: string;
  server: Record<string, string>;
  instances: InstanceDraft[];
  observations: ObservationDraft[];
}

export function draftOf(rule: Rule | null, priority = 10): Draft {
  const texts = (values: object): Record<string, string> => Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value === null || value === undefined ? [] : [[key, String(value)]])));
  return {
    name: rule?.name ?? '', description: rule?.description ?? '', priority: String(rule?.priority ?? priority), enabled: rule?.enabled ?? true,
    match: texts(rule?.match ?? {}), kind: rule?.redirect ? 'redirect' : 'server', redirect: rule?.redirect ?? '', server: texts(rule?.server ?? {}),
    instances: Object.entries(rule?.instances ?? {}).map(([path, values]) => ({
      path, values: Object.entries(values as Record<string, unknown>).map(([resource, value]) => ({ resource, text: Array.isArray(value) ? value.map(String).join('\n') : String(value) })),
    })),
    observations: (rule?.observations ?? []).map((one) => ({
      path: one.path ?? '', con: choiceOf(one.con), edge: choiceOf(one.edge),
      numbers: Object.fromEntries(attributeNames.flatMap((name) => (one[name] === null || one[name] === undefined ? [] : [[name, String(one[name])]]))),
    })),
  };
}

/** What the API is sent: only what was filled in. What cannot be read as a number goes as it is, so that the server says what is wrong with it. */
export function requestOf(draft: Draft, model: ObjectModel | undefined): Request {
  const server = { ...chosen(draft.server, serverTexts, (text) => text), ...chosen(draft.server, [...serverNumbers, 'security_mode'], numberOf) };
  const common = { name: draft.name.trim(), description: draft.description, priority: numberOf(draft.priority), enabled: draft.enabled, match: chosen(draft.match, Object.keys(draft.match), (text) => text) };
  if (draft.kind === 'redirect') return { ...common, redirect: draft.redirect.trim() } as Request;
  return {
    ...common, server,
    instances: Object.fromEntries(draft.instances.map(({ path, values }) => [path.trim(), Object.fromEntries(values.map(({ resource, text }) => [resource, isMultiple(model, path, resource) ? text.split('\n').filter((line) => line !== '') : text]))])),
    observations: draft.observations.map(({ path, numbers, con, edge }) => ({
      path: path.trim(), ...chosen(numbers as Record<string, string>, attributeNames, numberOf), ...(con ? { con: con === 'true' } : {}), ...(edge ? { edge: edge === 'true' } : {}),
    })),
  } as Request;
}

export function isMultiple(model: ObjectModel | undefined, path: string, resource: string): boolean {
  return resource !== '' && (model?.get(objectOf(path) ?? -1)?.resources.get(Number(resource))?.multiple ?? false);
}

/** The object of `/16/0`; null when it is no such path. */
export function objectOf(path: string): number | null {
  const [, object] = /^\/?(\d+)\/\d+$/.exec(path.trim()) ?? [];
  return object === undefined ? null : Number(object);
}

function choiceOf(value: boolean | null | undefined): Choice {
  return value === true ? 'true' : value === false ? 'false' : '';
}

function numberOf(text: string): unknown {
  const typed = text.trim().replace(',', '.');
  return typed !== '' && Number.isFinite(Number(typed)) ? Number(typed) : text;
}

function chosen(values: Readonly<Record<string, string>>, names: readonly string[], read: (text: string) => unknown): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (values[name]?.trim() ? [[name, read(values[name].trim())]] : [])));
}
