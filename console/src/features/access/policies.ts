import type { Schemas } from '../../api/client';

export type Policy = Schemas['FeaturePolicy'];

/** One line of the editor: what may or may not be done with a feature, or with a path and all below it. */
export interface PolicyLine {
  kind: 'feature' | 'resource';
  target: string;
  /** HTTP methods; none: all. */
  methods: string[];
  allow: boolean;
}

export const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const;

/** As many as a group can have. */
export const mostPolicies = 100;

/** The lines of a group's policies; those that are part of every account are none of the group's own. */
export function linesOf(policies: readonly Policy[]): PolicyLine[] {
  return policies.filter((policy) => !policy.inherited).map((policy) => ({
    kind: policy.resource ? 'resource' : 'feature',
    target: policy.resource ?? policy.feature ?? '',
    methods: (policy.action ?? '').split(',').map((method) => method.trim().toUpperCase()).filter((method) => method !== ''),
    allow: policy.allow ?? false,
  }));
}

/** What the API is sent; lines without a target are left out. */
export function policiesOf(lines: readonly PolicyLine[]): Policy[] {
  return lines.filter((line) => line.target.trim() !== '').map((line) => ({ [line.kind]: line.target.trim(), action: line.methods.join(','), allow: line.allow }));
}

export type Mistake = 'noSlash' | 'overruled' | 'twice';

/** What a person would wonder about: a path without slash, an allowance that a denial of the same takes back, the same line twice. */
export function mistakeOf(lines: readonly PolicyLine[], index: number): Mistake | null {
  const line = lines[index]!;
  const target = line.target.trim();
  if (target === '') return null;
  if (line.kind === 'resource' && !target.startsWith('/')) return 'noSlash';
  const same = lines.filter((other, i) => i !== index && other.kind === line.kind && other.target.trim() === target);
  const covers = (other: PolicyLine): boolean => other.methods.length === 0 || (line.methods.length > 0 && line.methods.every((method) => other.methods.includes(method)));
  if (line.allow && same.some((other) => !other.allow && covers(other))) return 'overruled';
  return same.some((other) => other.allow === line.allow && covers(other)) ? 'twice' : null;
}
