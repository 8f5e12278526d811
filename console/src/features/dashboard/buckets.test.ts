import { describe, expect, it } from 'vitest';
import { countBySpan, startOfDay } from './buckets';

const from = Date.parse('2026-01-01T00:00:00Z');
const hour = 3_600_000;

describe('times', () => {
  it('are counted by span, and spans without any are there', () => {
    const times = ['2026-01-01T00:00:00Z', '2026-01-01T00:59:59Z', '2026-01-01T02:00:00Z'];
    expect(countBySpan(times, from, from + 3 * hour, hour)).toEqual([[from, 2], [from + hour, 0], [from + 2 * hour, 1]]);
  });

  it('before, after and of nothing are left out', () => {
    expect(countBySpan(['2025-12-31T23:59:59Z', '2026-01-01T01:00:00Z', null, undefined, 'soon'], from, from + hour, hour)).toEqual([[from, 0]]);
  });

  it('begin their day at midnight of the viewer', () => {
    const start = new Date(startOfDay(from + 5 * hour));
    expect([start.getHours(), start.getMinutes(), start.getSeconds()]).toEqual([0, 0, 0]);
  });
});
