import { describe, expect, it } from 'vitest';
import { linesOf, mistakeOf, policiesOf, type PolicyLine } from './policies';

const line = (more: Partial<PolicyLine>): PolicyLine => ({ kind: 'feature', target: 'devices', methods: [], allow: true, ...more });

describe('the policy editor', () => {
  it('leaves out what is part of every account', () => {
    expect(linesOf([{ feature: 'devices', action: 'GET', allow: true, inherited: true }, { resource: '/v3/x', action: 'get, PUT', allow: false }]))
      .toEqual([{ kind: 'resource', target: '/v3/x', methods: ['GET', 'PUT'], allow: false }]);
  });

  it('sends a feature or a resource, never both, and an empty action for all methods', () => {
    expect(policiesOf([line({}), line({ kind: 'resource', target: ' /v2/endpoints/*/3 ', methods: ['POST'], allow: false }), line({ target: ' ' })])).toEqual([
      { feature: 'devices', action: '', allow: true },
      { resource: '/v2/endpoints/*/3', action: 'POST', allow: false },
    ]);
  });

  it('finds an allowance that a denial takes back', () => {
    expect(mistakeOf([line({ methods: ['GET'] }), line({ allow: false })], 0)).toBe('overruled');
    expect(mistakeOf([line({}), line({ allow: false, methods: ['DELETE'] })], 0)).toBeNull();
  });

  it('finds paths without a slash, and what is there twice', () => {
    expect(mistakeOf([line({ kind: 'resource', target: 'v3/devices' })], 0)).toBe('noSlash');
    expect(mistakeOf([line({ methods: ['GET'] }), line({})], 0)).toBe('twice');
    expect(mistakeOf([line({ methods: ['GET'] }), line({})], 1)).toBeNull();
  });
});
