import { describe, expect, it } from 'vitest';
import { formatFilter, parseFilter, withCondition } from './filter';

describe('a filter', () => {
  it('means eq where no operator is said', () => {
    expect(parseFilter('state=registered')).toEqual([{ field: 'state', operator: 'eq', value: 'registered' }]);
  });

  it('keeps the key of an attribute in the field', () => {
    expect(parseFilter('custom_attributes__site__neq=oulu')).toEqual([{ field: 'custom_attributes__site', operator: 'neq', value: 'oulu' }]);
    expect(parseFilter('custom_attributes__site=oulu')).toEqual([{ field: 'custom_attributes__site', operator: 'eq', value: 'oulu' }]);
  });

  it('is the same after it was taken apart and put together', () => {
    for (const text of ['state__eq=registered&endpoint_name__like=pump', 'name__eq=a%26b', 'groups__in=1,2', 'name__eq=']) {
      expect(formatFilter(parseFilter(text))).toBe(text);
    }
  });

  it('takes values as an address has them', () => {
    expect(parseFilter('?name__eq=Pump%201&description__like=100%')).toEqual([
      { field: 'name', operator: 'eq', value: 'Pump 1' },
      { field: 'description', operator: 'like', value: '100%' },
    ]);
  });

  it('replaces a condition and leaves the others', () => {
    const filter = 'state__eq=registered&name__like=x';
    expect(withCondition(filter, 'state', { field: 'state', operator: 'eq', value: 'deregistered' })).toBe('name__like=x&state__eq=deregistered');
    expect(withCondition(filter, 'state', null)).toBe('name__like=x');
  });

  it('of nothing is nothing', () => {
    expect(parseFilter('  ')).toEqual([]);
    expect(formatFilter([])).toBe('');
  });
});
