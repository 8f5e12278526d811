import { describe, expect, it } from 'vitest';
import { ServerSentEventParser } from './serverSentEvents';

describe('a stream of events', () => {
  const stream = 'retry: 2000\n\n:\n\nid: 1\ndata: {"a":1}\n\nid: 2\r\ndata: x\r\ndata: y\r\n\r\n';
  const expected = [{ id: '1', data: '{"a":1}' }, { id: '2', data: 'x\ny' }];

  it('is taken apart, without comments', () => expect(new ServerSentEventParser().push(stream)).toEqual(expected));

  it('is the same in whatever pieces it comes', () => {
    for (let size = 1; size < 12; size++) {
      const parser = new ServerSentEventParser();
      const events = [];
      for (let i = 0; i < stream.length; i += size) events.push(...parser.push(stream.slice(i, i + size)));
      expect(events, `pieces of ${size}`).toEqual(expected);
    }
  });
});
