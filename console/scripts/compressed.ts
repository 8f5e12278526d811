import { brotliCompress, constants, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'vite';

const brotliOf = promisify(brotliCompress);
const gzipOf = promisify(gzip);

/**
 * Leaves each text file of the output as `.br` and `.gz` alone: the server sends one of them as it is. `index.html` stays, since the server
 * writes a nonce into it.
 */
export function compressed(): Plugin {
  let directory = '';
  return {
    name: 'surety:compressed',
    apply: 'build',
    configResolved(config) {
      directory = path.resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const files = (await readdir(directory, { recursive: true, withFileTypes: true }))
        .filter((file) => file.isFile() && /\.(js|css|svg|json|txt|map)$/.test(file.name))
        .map((file) => path.join(file.parentPath, file.name));
      await Promise.all(files.map(compress));
    },
  };
}

async function compress(file: string): Promise<void> {
  const bytes = await readFile(file);
  const [brotli, zipped] = await Promise.all([
    brotliOf(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length, [constants.BROTLI_PARAM_QUALITY]: 10 } }),
    gzipOf(bytes, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${file}.br`, brotli), writeFile(`${file}.gz`, zipped)]);
  await rm(file);
}
