// Makes src/api/schema.d.ts from the OpenAPI document of a running server: npm run api [-- http://127.0.0.1:8080]
import { writeFile } from 'node:fs/promises';
import openapi, { astToString } from 'openapi-typescript';

const server = process.argv[2] ?? 'http://127.0.0.1:8080';
const answer = await fetch(`${server}/openapi/v3.json`);
if (!answer.ok) throw new Error(`${server} answered ${answer.status}: start a server, or name one: npm run api -- http://host:port`);
const document = await answer.json();
// Filters are many, and the console builds them as one string; every error is the same object, which src/api/errors.ts reads.
for (const item of Object.values(document.paths)) {
  for (const operation of Object.values(item)) {
    if (Array.isArray(operation.parameters)) operation.parameters = operation.parameters.filter((p) => !(p.in === 'query' && p.name.includes('__')));
    for (const status of Object.keys(operation.responses ?? {})) if (Number(status) >= 400) delete operation.responses[status];
  }
}
// Times have a converter of their own in the server, and no type in the document.
(function complete(schema) {
  if (typeof schema !== 'object' || schema === null) return;
  if (schema.format === 'date-time' && schema.type === undefined) schema.type = ['string', 'null'];
  Object.values(schema).forEach(complete);
})(document.components);
const types = astToString(await openapi(document, { alphabetize: true }));
await writeFile(new URL('../src/api/schema.d.ts', import.meta.url), `// Made by npm run api from the server's OpenAPI document. Do not edit.\n\n${types}`);
