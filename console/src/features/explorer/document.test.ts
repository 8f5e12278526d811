import { describe, expect, it } from 'vitest';
import { addressOf, exampleOf, matching, operationsOf, type ApiDocument } from './document';

const document: ApiDocument = {
  paths: {
    '/v3/devices/{id}': { get: { tags: ['Devices'], summary: 'Get a device.', operationId: 'getDevice', parameters: [{ name: 'id', in: 'path' }, { name: 'limit', in: 'query' }] }, delete: { tags: ['Devices'], summary: 'Delete a device.', operationId: 'deleteDevice' } },
    '/v3/bootstrap-rules': { post: { tags: ['Bootstrap'], summary: 'Create a rule.', operationId: 'createRule', requestBody: { content: { 'image/png': {}, 'application/json': { schema: { $ref: '#/components/schemas/Rule' } } } } } },
  },
  components: {
    schemas: {
      Rule: { type: 'object', required: ['name', 'match'], properties: { name: { type: ['null', 'string'] }, priority: { type: 'integer' }, match: { oneOf: [{ type: 'null' }, { $ref: '#/components/schemas/Match' }] } } },
      Match: { properties: { state: { enum: ['on', 'off'] }, groups: { type: 'array', items: { type: 'string' } }, parent: { $ref: '#/components/schemas/Rule' } } },
    },
  },
};
const operations = operationsOf(document);

describe('the operations of a document', () => {
  it('are all there, by tag, with JSON as what is sent where that is possible', () => {
    expect(operations.map((one) => `${one.tag}: ${one.method} ${one.path}`)).toEqual(['Bootstrap: POST /v3/bootstrap-rules', 'Devices: GET /v3/devices/{id}', 'Devices: DELETE /v3/devices/{id}']);
    expect(operations[0]!.body?.type).toBe('application/json');
  });

  it('are found by words in any order', () => {
    expect(matching(operations, 'device DELETE').map((one) => one.id)).toEqual(['deleteDevice']);
    expect(matching(operations, ' ')).toHaveLength(3);
  });
});

describe('a call', () => {
  it('has its parameters in their places, encoded', () => {
    expect(addressOf(operations[1]!, { id: 'a/b', limit: '5', other: 'x' })).toBe('/v3/devices/a%2Fb?limit=5');
    expect(addressOf(operations[1]!, { limit: '' })).toBe('/v3/devices/{id}');
  });

  it('keeps the slashes of a path of resources', () => {
    expect(addressOf({ path: '/v2/endpoints/{device_id}/{path}', parameters: [] }, { device_id: '01', path: '/3/0/0' })).toBe('/v2/endpoints/01/3/0/0');
  });
});

describe('an example', () => {
  it('has what is required, follows references, and ends where they go round', () => {
    const example = exampleOf(document, { $ref: '#/components/schemas/Rule' }) as { name: string; match: { state: string; groups: string[] } };
    expect(example.name).toBe('');
    expect(example.match.state).toBe('on');
    expect(example.match.groups).toEqual(['']);
    expect(example).not.toHaveProperty('priority');
  });
});
