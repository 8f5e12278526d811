export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: unknown[];
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  additionalProperties?: boolean | Schema;
}

export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  description?: string;
  required?: boolean;
  schema?: Schema;
}

interface Media {
  schema?: Schema;
  example?: unknown;
}

interface RawOperation {
  tags?: string[];
  summary?: string;
  description?: string;
  operationId?: string;
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, Media> };
  responses?: Record<string, { description?: string; content?: Record<string, Media> }>;
}

/** The server's OpenAPI document, as far as the explorer reads it. */
export interface ApiDocument {
  paths: Record<string, Record<string, RawOperation>>;
  components?: { schemas?: Record<string, Schema> };
}

export const methods = ['get', 'post', 'put', 'delete'] as const;

export interface Operation {
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  tag: string;
  summary: string;
  description: string;
  parameters: readonly Parameter[];
  /** What can be sent: the media type with its schema. */
  body: { type: string; schema: Schema | undefined; example: unknown } | null;
  responses: readonly { status: string; description: string; types: readonly string[] }[];
}

/** All operations, in the order of the document's tags and paths. */
export function operationsOf(document: ApiDocument): Operation[] {
  const all = Object.entries(document.paths).flatMap(([path, item]) => methods.flatMap((method): Operation[] => {
    const raw = item[method];
    if (!raw) return [];
    const [type, media] = Object.entries(raw.requestBody?.content ?? {}).sort(([a], [b]) => Number(b === 'application/json') - Number(a === 'application/json'))[0] ?? [];
    return [{
      id: raw.operationId ?? `${method} ${path}`, method: method.toUpperCase() as Operation['method'], path, tag: raw.tags?.[0] ?? '', summary: raw.summary ?? '', description: raw.description ?? '', parameters: raw.parameters ?? [],
      body: type === undefined ? null : { type, schema: media?.schema, example: media?.example },
      responses: Object.entries(raw.responses ?? {}).map(([status, answer]) => ({ status, description: answer.description ?? '', types: Object.keys(answer.content ?? {}) })).sort((a, b) => a.status.localeCompare(b.status)),
    }];
  }));
  return all.sort((a, b) => a.tag.localeCompare(b.tag));
}

/** Those in which each of the words is found, in whatever they say of themselves. */
export function matching(operations: readonly Operation[], text: string): Operation[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return operations.filter((one) => {
    const said = `${one.method} ${one.path} ${one.summary} ${one.tag} ${one.id}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** The schema that a reference is for. */
export function resolve(document: ApiDocument, schema: Schema | undefined): Schema | undefined {
  const name = schema?.$ref?.split('/').at(-1);
  if (name !== undefined) return document.components?.schemas?.[name];
  const choice = (schema?.oneOf ?? schema?.anyOf)?.find((one) => one.type !== 'null');
  return choice ? resolve(document, choice) : schema;
}

const deepest = 5;

/** A value that has the shape of a schema, to begin with: the required members of it, or all where none is. */
export function exampleOf(document: ApiDocument, schema: Schema | undefined, depth = 0): unknown {
  const found = resolve(document, schema);
  if (!found || depth > deepest) return null;
  if (found.default !== undefined) return found.default;
  if (found.enum && found.enum.length > 0) return found.enum[0];
  const type = Array.isArray(found.type) ? found.type.find((one) => one !== 'null') : found.type;
  if (found.properties) {
    const names = Object.keys(found.properties);
    const chosen = found.required && found.required.length > 0 ? names.filter((name) => found.required!.includes(name)) : names;
    return Object.fromEntries(chosen.map((name) => [name, exampleOf(document, found.properties![name], depth + 1)]));
  }
  if (type === 'array') return [exampleOf(document, found.items, depth + 1)];
  if (type === 'object') return {};
  if (type === 'integer' || type === 'number') return 0;
  if (type === 'boolean') return false;
  return type === 'string' ? (found.format === 'date-time' ? '2027-01-01T00:00:00Z' : '') : null;
}

/** The path of a call: parameters put into their places, those of the query behind it. What is empty is left out of the query. */
export function addressOf(operation: Pick<Operation, 'path' | 'parameters'>, values: Readonly<Record<string, string>>): string {
  // A path of resources goes in as it is, with its slashes.
  const path = operation.path.replace(/\{([^}]+)\}/g, (_, name: string) => (values[name] ? (name === 'path' ? values[name].replace(/^\/+/, '') : encodeURIComponent(values[name])) : `{${name}}`));
  const query = operation.parameters.filter((one) => one.in === 'query' && values[one.name]).map((one) => `${encodeURIComponent(one.name)}=${encodeURIComponent(values[one.name]!)}`);
  return query.length > 0 ? `${path}?${query.join('&')}` : path;
}

/** Ends when the client does; it would take the place of the console's own stream, too. */
export function isStream(operation: Operation): boolean {
  return operation.responses.some(({ status, types }) => status === '101' || types.includes('text/event-stream'));
}
