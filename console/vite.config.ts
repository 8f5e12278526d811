import { defineConfig } from 'vitest/config';
import react from '@vitejs/plugin-react';
import { compressed } from './scripts/compressed.ts';
import { firstPageLimit } from './scripts/firstPageLimit.ts';

/** A server to develop against: `SURETY=http://host:port npm run dev`. */
const server = process.env.SURETY ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: '/console/',
  plugins: [react(), firstPageLimit({ kilobytes: 400 }), compressed()],
  build: {
    outDir: process.env.SURETY_CONSOLE_OUT ?? 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The server's policy forbids what is not a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // The texts of a language are one file.
        codeSplitting: {
          groups: [
            { name: 'texts-en', test: /texts\.en\.json$/ },
            { name: 'texts-de', test: /texts\.de\.json$/ },
          ],
        },
      },
    },
  },
  server: {
    // The definitions of objects are the server's own file.
    fs: { allow: ['.', '../src/Surety.Lwm2m/Model'] },
    proxy: Object.fromEntries(['/auth', '/branding', '/v2', '/v3', '/openapi', '/docs'].map((path) => [path, server])),
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'] },
});
