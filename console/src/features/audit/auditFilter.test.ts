import { describe, expect, it } from 'vitest';
import { auditFilterOf, conditionsOf } from './auditFilter';

describe('the filter of the audit log', () => {
  it('is nothing when nothing is asked for', () => {
    expect(conditionsOf(auditFilterOf(new URLSearchParams()))).toBe('');
  });

  it('asks for actor, entity and part of a name, with what is special in an address escaped', () => {
    expect(conditionsOf(auditFilterOf(new URLSearchParams({ who: 'user', entity: 'api_key', name: 'a&b=c' })))).toBe('actor_type__eq=user&entity_type__eq=api_key&entity_name__like=a%26b%3Dc');
  });

  it('asks in UTC, and not for times that are none', () => {
    const since = '2026-03-01T10:00';
    expect(conditionsOf(auditFilterOf(new URLSearchParams({ since, until: 'soon' })))).toBe(`created_at__gte=${encodeURIComponent(new Date(since).toISOString())}`);
  });
});
