import type { Schemas } from '../../api/client';

export type Rule = Schemas['BootstrapRuleResp'];
export type DryRun = Schemas['BootstrapDryRunResp'];

/** What a rule asks of a device, in the order of the API. */
export const matchFields = ['endpoint_name', 'endpoint_type', 'device_class', 'group_id', 'trusted_certificate_id'] as const;

/** The conditions that a rule has. Without any it is for every device. */
export function conditionsOf(match: Schemas['BootstrapRuleMatch']): { field: (typeof matchFields)[number]; value: string }[] {
  return matchFields.flatMap((field) => {
    const value = match[field];
    return value ? [{ field, value }] : [];
  });
}

export type Verdict = 'applies' | 'later' | 'not';

/** What each rule meant for the device: the one that applies, those that match but come later, and those that do not match. */
export function verdictsOf({ rule_id, rules }: Pick<DryRun, 'rule_id' | 'rules'>): (DryRun['rules'][number] & { verdict: Verdict })[] {
  return rules.map((rule) => ({ ...rule, verdict: rule.id === rule_id ? 'applies' : rule.matches ? 'later' : 'not' }));
}

/** Only what somebody has filled in; white space around it is not meant. */
export function filledIn(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.trim()] as const).filter(([, value]) => value !== ''));
}
