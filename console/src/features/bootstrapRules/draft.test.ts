import { describe, expect, it } from 'vitest';
import { parseModel } from '../../lwm2m/model';
import { draftOf, requestOf } from './draft';
import { reordered } from './order';

const model = parseModel('16\t1.0\t\tM\t\tPortfolio\n\t0\tRW\tM\tM\tString\tIdentity\t\t\n5\t1.0\t\tS\t\tFirmware Update\n\t1\tRW\tS\tM\tString\tPackage URI\t\t\n');

describe('the draft of a rule', () => {
  it('is sent with what was filled in alone', () => {
    const draft = { ...draftOf(null), name: ' meters ', match: { endpoint_name: 'meter-*', device_class: ' ' }, server: { lifetime: '3600', uri: '' } };
    expect(requestOf(draft, model)).toEqual({ name: 'meters', description: '', priority: 10, enabled: true, match: { endpoint_name: 'meter-*' }, server: { lifetime: 3600 }, instances: {}, observations: [] });
  });

  it('makes an array of the lines of a multiple resource, and of no other', () => {
    const draft = { ...draftOf(null), instances: [{ path: '/16/0', values: [{ resource: '0', text: 'hall B\nline 4' }] }, { path: '/5/0', values: [{ resource: '1', text: 'coap://x' }] }] };
    expect(requestOf(draft, model).instances).toEqual({ '/16/0': { '0': ['hall B', 'line 4'] }, '/5/0': { '1': 'coap://x' } });
  });

  it('keeps every attribute of an observation, also false and zero', () => {
    const draft = { ...draftOf(null), observations: [{ path: '/3303/0/5700', numbers: { pmin: '0', gt: '40,5' }, con: 'true' as const, edge: 'false' as const }] };
    expect(requestOf(draft, model).observations).toEqual([{ path: '/3303/0/5700', pmin: 0, gt: 40.5, con: true, edge: false }]);
  });

  it('of a redirection has nothing else', () => {
    const draft = { ...draftOf(null), name: 'away', kind: 'redirect' as const, redirect: 'coaps://b.example.com:5684', server: { lifetime: '60' } };
    expect(requestOf(draft, model)).not.toHaveProperty('server');
  });

  it('leaves what is no number to the server, which says so', () => {
    expect(requestOf({ ...draftOf(null), priority: 'first' }, model).priority).toBe('first');
  });
});

describe('the order of rules', () => {
  const rules = (...priorities: number[]) => priorities.map((priority, index) => ({ id: 'abcd'[index]!, priority }));
  const changes = (...args: Parameters<typeof reordered>) => reordered(...args).map(({ rule, priority }) => `${rule.id}${priority}`);

  it('changes the moved rule alone where there is room', () => {
    expect(changes(rules(10, 20, 30), 2, 1)).toEqual(['c15']);
    expect(changes(rules(10, 20, 30), 2, 0)).toEqual(['c5']);
    expect(changes(rules(10, 20, 30), 0, 2)).toEqual(['a40']);
  });

  it('numbers anew where there is none', () => {
    expect(changes(rules(1, 1, 2), 2, 1)).toEqual(['a10', 'c20', 'b30']);
    expect(changes(rules(0, 20), 1, 0)).toEqual(['b10', 'a20']);
  });

  it('has no places beyond its ends', () => {
    expect([changes(rules(10, 20), 0, -1), changes(rules(10, 20), 1, 2)]).toEqual([[], []]);
  });
});
