import { describe, expect, it } from 'vitest';
import { namespaceOf } from './i18n';

const files = import.meta.glob<Record<string, unknown>>('../**/texts.*.json', { eager: true, import: 'default' });

function keysOf(texts: Record<string, unknown>, before = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) => (typeof value === 'object' ? keysOf(value as Record<string, unknown>, `${before}${key}.`) : [`${before}${key}`]));
}

describe('the texts', () => {
  const english = Object.keys(files).filter((path) => path.endsWith('texts.en.json'));

  it.each(english)('%s are there in German, all of them', (path) => {
    const german = files[path.replace('.en.', '.de.')];
    expect(german, namespaceOf(path)).toBeDefined();
    expect(keysOf(german!).sort()).toEqual(keysOf(files[path]!).sort());
  });
});
