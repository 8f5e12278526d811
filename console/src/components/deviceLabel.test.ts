import { describe, expect, it } from 'vitest';
import { parseFilter } from '../features/devices/filter';
import { labelAddress, searchOf } from './deviceLabel';

describe('the code on a label', () => {
  it.each(['meter-1', 'Ada & co/7', 'süß 100 %', 'urn:imei:490154203237518'])('leads to %s, and back', (name) => {
    const address = labelAddress(name, 'https://iot.example.com', '/console/');
    expect(address.startsWith('https://iot.example.com/console/devices?filter=')).toBe(true);
    expect(parseFilter(new URL(address).searchParams.get('filter')!)).toEqual([{ field: 'endpoint_name', operator: 'eq', value: name }]);
    expect(searchOf(address)).toBe(name);
  });

  it('of somebody else is looked for as it is', () => {
    expect(searchOf(' SN-0001 \n')).toBe('SN-0001');
    expect(searchOf('https://example.com/?filter=other')).toBe('https://example.com/?filter=other');
    expect(searchOf('http://[')).toBe('http://[');
    expect(searchOf('https://x/?filter=endpoint_name__eq%3D%25')).toBe('https://x/?filter=endpoint_name__eq%3D%25');
  });
});
