import { describe, expect, it } from 'vitest';
import { toCapture } from './pcap';
import { matches, type TraceLine } from './traceLine';

const line: TraceLine = {
  time: '2026-01-31T12:00:00.250000Z', direction: 'in', server: 'lwm2m', scheme: 'coaps', address: '10.1.2.3:40000', security: 'DTLS 1.2', type: 'CON', code: '0.02', code_name: 'POST',
  message_id: 1, token: '0a', path: '/rd', options: [{ number: 11, name: 'UriPath', value: 'rd' }], content_format: 40, payload_length: 7, text: '</3/0>', withheld: false, datagram: btoa('\x41\x02\x00\x01\x0a'), missed: 0,
};

describe('a capture', () => {
  it('has the header of pcap, and each message as a packet of IPv4 and UDP', () => {
    const bytes = toCapture([line, { ...line, direction: 'out' }, { ...line, withheld: true, datagram: null }]);
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    expect(hex.slice(0, 48)).toBe('d4c3b2a1020004000000000000000000ffff000065000000');
    // 2026-01-31T12:00:00Z is 1769860800; 250000 microseconds; 33 bytes.
    expect(hex.slice(48, 80)).toBe('c0ee7d69' + '90d00300' + '21000000' + '21000000');
    // The sum over the header of IPv4 with its checksum is all ones (RFC 1071).
    expect(hex.slice(80, 120)).toMatch(/^45000021000000004011[0-9a-f]{4}0a010203c0000201$/);
    let sum = 0;
    for (let i = 0; i < 20; i += 2) sum += (bytes[40 + i]! << 8) | bytes[41 + i]!;
    expect((sum & 0xffff) + (sum >> 16)).toBe(0xffff);
    expect(hex.slice(120, 146)).toBe('9c401633000d0000' + '410200010a');
    expect(bytes.length).toBe(24 + 2 * (16 + 33));
    expect(hex.slice(146 + 32 + 24, 146 + 32 + 40)).toBe('c00002010a010203');
  });

  it('has a place for devices with IPv6, and for those whose address nobody knows', () => {
    expect([...toCapture([{ ...line, address: '[2001:db8::1]:40000' }]).slice(52, 56)]).toEqual([192, 0, 2, 2]);
    expect([...toCapture([{ ...line, address: null }]).slice(52, 56)]).toEqual([192, 0, 2, 2]);
    expect([...toCapture([{ ...line, address: '[::ffff:10.1.2.3]:40000' }]).slice(52, 56)]).toEqual([10, 1, 2, 3]);
  });
});

describe('a filter', () => {
  it('wants all of its words, wherever they are', () => {
    expect(matches(line, '')).toBe(true);
    expect(matches(line, 'post RD')).toBe(true);
    expect(matches(line, 'uripath')).toBe(true);
    expect(matches(line, 'post 3303')).toBe(false);
  });
});
