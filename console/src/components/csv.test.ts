import { describe, expect, it } from 'vitest';
import { csvField, csvOf, csvOfList } from './csv';

describe('a CSV file', () => {
  it('quotes what has commas, quotes or lines (RFC 4180, 2.6 and 2.7)', () => {
    expect(csvField('a,b')).toBe('"a,b"');
    expect(csvField('say "yes"')).toBe('"say ""yes"""');
    expect(csvField('two\nlines')).toBe('"two\nlines"');
  });

  it('has no formulas, and keeps numbers', () => {
    expect(['=1+1', '@SUM(A1)', '-cmd', '+49 40', -5, '-5.5'].map(csvField)).toEqual(["'=1+1", "'@SUM(A1)", "'-cmd", "'+49 40", '-5', '-5.5']);
  });

  it('leaves out nothing: a field without a value is empty', () => {
    expect(csvOf(['id', 'name', 'end'], [{ id: '1', name: 'pump', end: null }])).toBe('id,name,end\r\n1,pump,\r\n');
  });

  it('has all pages of a list', async () => {
    const pages = [{ data: [{ id: '1' }], has_more: true }, { data: [{ id: '2' }], has_more: false }];
    const asked: (string | undefined)[] = [];
    const text = await csvOfList(async ({ after }) => (asked.push(after), pages[asked.length - 1]!), ['id']);
    expect([text, asked]).toEqual(['id\r\n1\r\n2\r\n', [undefined, '1']]);
  });
});
