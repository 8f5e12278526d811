import { describe, expect, it } from 'vitest';
import { problemsOf } from './arrival';

const event = (data: Record<string, string>, outcome = 'FAIL', device: string | null = null, description = 'The handshake failed.') => ({ device_id: device, data, description, event_type_description: outcome });

describe('what keeps a device away', () => {
  it('is what failed for its name, each once', () => {
    const events = [event({ endpoint_name: 'mine' }), event({ endpoint_name: 'mine' }), event({ endpoint_name: 'other' }, 'FAIL', null, 'Not of interest.'), event({ endpoint_name: 'mine' }, 'SUCCESS', null, 'Fine.')];
    expect(problemsOf('mine', null, events, [])).toEqual(['The handshake failed.']);
  });

  it('is what failed for its id, and why it was denied', () => {
    expect(problemsOf('mine', '1', [event({}, 'FAIL', '1', 'No rule.')], [{ endpoint_name: 'mine', reason: 'It is not claimed.' }, { endpoint_name: 'other', reason: 'Not of interest.' }])).toEqual(['No rule.', 'It is not claimed.']);
  });

  it('is unknown while nobody knows its name', () => {
    expect(problemsOf('', null, [event({ endpoint_name: '' })], [])).toEqual([]);
  });
});
