import { describe, expect, it } from 'vitest';
import { toBase64 } from './base64';
import { interpret } from './interpret';
import { decodePayload } from './payload';

const hex = (text: string): string => toBase64(Uint8Array.from(text.replace(/\s/g, '').match(/../g)!, (pair) => parseInt(pair, 16)));
const string = { id: 0, name: '', readable: true, writable: false, executable: false, multiple: false, type: 'String', range: '', units: '' } as const;

describe('a payload', () => {
  // OMA-TS-LightweightM2M-V1_0, 6.4.3.1: a request for /3/0, the first resources.
  it('of TLV has a value for each resource and resource instance', () => {
    const values = new Map(decodePayload('/3/0', 'application/vnd.oma.lwm2m+tlv', hex('C8 00 14 4F 70 65 6E 20 4D 6F 62 69 6C 65 20 41 6C 6C 69 61 6E 63 65 86 06 41 00 01 41 01 05 C1 09 64')));
    expect(interpret(values.get('/3/0/0')!, string)).toEqual({ kind: 'text', text: 'Open Mobile Alliance' });
    expect(interpret(values.get('/3/0/6/1')!, { ...string, type: 'Integer' })).toEqual({ kind: 'number', number: 5 });
    expect(interpret(values.get('/3/0/9')!, { ...string, type: 'Integer' })).toEqual({ kind: 'number', number: 100 });
  });

  // OMA-TS-LightweightM2M_Core-V1_1, 7.4.4.
  it('of SenML JSON begins each name with the base name', () => {
    const json = '[{"bn":"/3/0/","n":"0","vs":"Open Mobile Alliance"},{"n":"7/0","v":3800},{"n":"16","vb":true},{"n":"22/0","vlo":"3:0"}]';
    expect(decodePayload('/3/0', 'application/senml+json', btoa(json))).toEqual([['/3/0/0', 'Open Mobile Alliance'], ['/3/0/7/0', 3800], ['/3/0/16', true], ['/3/0/22/0', { link: '3:0' }]]);
  });

  // The same as SenML CBOR: RFC 8428, 6.
  it('of SenML CBOR has numbers as labels', () => {
    expect(decodePayload('/3303/0', 'application/senml+cbor', hex('82 A3 21 68 2F 33 33 30 33 2F 30 2F 00 64 35 37 30 30 02 F9 4D 40 A2 00 64 35 37 30 31 03 63 43 65 6C'))).toEqual([['/3303/0/5700', 21], ['/3303/0/5701', 'Cel']]);
  });

  it('of LwM2M CBOR has maps within maps', () => {
    expect(decodePayload('/6/0', 'application/vnd.oma.lwm2m+cbor', hex('A1 82 06 00 A2 00 FB 40 4A C9 82 34 22 46 7C 18 19 A1 00 05'))).toEqual([['/6/0/0', 53.57428600000001], ['/6/0/25/0', 5]].map(([path, value]) => [path, path === '/6/0/0' ? expect.closeTo(value as number, 6) : value]));
  });

  it('of text is a text, and typed by the definition', () => {
    const [[path, value]] = decodePayload('/3303/0/5700', 'text/plain', btoa('20.6')) as [[string, string]];
    expect(path).toBe('/3303/0/5700');
    expect(interpret(value, { ...string, type: 'Float' })).toEqual({ kind: 'number', number: 20.6 });
  });

  it.each(['application/senml+json', 'application/senml+cbor', 'application/vnd.oma.lwm2m+tlv', 'application/vnd.oma.lwm2m+cbor', 'application/vnd.oma.lwm2m+json'])('that is no %s is bytes', (format) => {
    expect(decodePayload('/3/0', format, hex('c8 ff ff 00'))).toEqual([['/3/0', expect.any(Uint8Array)]]);
  });
});
