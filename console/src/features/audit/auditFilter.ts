/** What the fields above the audit log say; empty: anything. */
export interface AuditFilter {
  who: string;
  action: string;
  entity: string;
  name: string;
  /** Local times, as `datetime-local` fields have them. */
  since: string;
  until: string;
}

export const auditFields = ['who', 'action', 'entity', 'name', 'since', 'until'] as const;

/** The filter in the address of the page. */
export function auditFilterOf(query: URLSearchParams): AuditFilter {
  return Object.fromEntries(auditFields.map((field) => [field, query.get(field) ?? ''])) as unknown as AuditFilter;
}

/** The conditions of the API, as one string; times become UTC. Times that are none are left out. */
export function conditionsOf(filter: AuditFilter): string {
  const at = (local: string): string => (Number.isNaN(Date.parse(local)) ? '' : new Date(local).toISOString());
  const conditions = [
    ['actor_type__eq', filter.who], ['action__eq', filter.action.trim()], ['entity_type__eq', filter.entity.trim()],
    ['entity_name__like', filter.name.trim()], ['created_at__gte', at(filter.since)], ['created_at__lte', at(filter.until)],
  ] as const;
  return conditions.filter(([, value]) => value !== '').map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
}
