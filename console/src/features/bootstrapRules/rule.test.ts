import { describe, expect, it } from 'vitest';
import { conditionsOf, filledIn, verdictsOf } from './rule';

describe('a dry run', () => {
  it('tells the rule that applies from those that match too late and those that do not match', () => {
    const rule = (id: string, matches: boolean) => ({ id, matches, name: id, priority: 1, reason: '' });
    const verdicts = verdictsOf({ rule_id: 'b', rules: [rule('a', false), rule('b', true), rule('c', true)] });
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['not', 'applies', 'later']);
  });

  it('may find no rule', () => {
    expect(verdictsOf({ rule_id: null, rules: [{ id: 'a', matches: false, name: 'a', priority: 1, reason: '' }] })[0]?.verdict).toBe('not');
  });
});

describe('a rule', () => {
  it('shows the conditions that it has, also the group', () => {
    expect(conditionsOf({ endpoint_name: null, group_id: '01', device_class: '' })).toEqual([{ field: 'group_id', value: '01' }]);
  });

  it('is sent with what was filled in', () => {
    expect(filledIn({ endpoint_name: ' pump* ', device_class: ' ' })).toEqual({ endpoint_name: 'pump*' });
  });
});
