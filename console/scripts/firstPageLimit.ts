import { gzipSync } from 'node:zlib';
import type { Plugin, Rollup } from 'vite';

/** The scripts that the first page needs before it shows anything: the entry and what it imports, not what it loads later. */
export function firstPageScripts(bundle: Readonly<Record<string, Pick<Rollup.OutputChunk, 'type' | 'isEntry' | 'imports'> | { type: 'asset' }>>): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || found.has(name)) return;
    found.add(name);
    chunk.imports.forEach(visit);
  };
  for (const [name, chunk] of Object.entries(bundle)) {
    if (chunk.type === 'chunk' && chunk.isEntry) visit(name);
  }
  return [...found];
}

/** Fails the build when the scripts of the first page are larger than this, with gzip. */
export function firstPageLimit({ kilobytes }: { kilobytes: number }): Plugin {
  return {
    name: 'surety:first-page-limit',
    apply: 'build',
    generateBundle(_, bundle) {
      const scripts = firstPageScripts(bundle);
      const size = scripts.reduce((sum, name) => {
        const chunk = bundle[name];
        return sum + (chunk?.type === 'chunk' ? gzipSync(chunk.code).length : 0);
      }, 0);
      const text = `first page: ${(size / 1000).toFixed(0)} kB of script with gzip, of ${kilobytes}`;
      if (size > kilobytes * 1000) this.error(`${text}; load what it does not need with lazy routes: ${scripts.join(', ')}`);
      console.log(text);
    },
  };
}
