export const operators = ['eq', 'neq', 'like', 'in', 'nin', 'gte', 'lte'] as const;

export type Operator = (typeof operators)[number];

/** One condition of a filter: `state__eq=registered`. */
export interface Condition {
  /** With the key of an attribute: `custom_attributes__site`. */
  field: string;
  operator: Operator;
  value: string;
}

/** What the list of devices can be filtered by, and how. Those that people look for most come first. */
export const fields: readonly { name: string; operators: readonly Operator[]; hasKey?: boolean; values?: readonly string[]; isTime?: boolean }[] = [
  { name: 'endpoint_name', operators: ['like', 'eq', 'neq', 'in', 'nin'] },
  { name: 'state', operators: ['eq', 'neq', 'in', 'nin'], values: ['unenrolled', 'cloud_enrolling', 'bootstrapped', 'registered', 'deregistered'] },
  { name: 'name', operators: ['like', 'eq', 'neq', 'in', 'nin'] },
  { name: 'serial_number', operators: ['like', 'eq', 'neq', 'in', 'nin'] },
  { name: 'endpoint_type', operators: ['like', 'eq', 'neq', 'in', 'nin'] },
  { name: 'device_class', operators: ['like', 'eq', 'neq', 'in', 'nin'] },
  { name: 'vendor_id', operators: ['like', 'eq', 'neq', 'in', 'nin'] },
  { name: 'custom_attributes', operators: ['eq', 'neq', 'in', 'nin'], hasKey: true },
  { name: 'component_attributes', operators: ['eq', 'neq', 'in', 'nin'], hasKey: true },
  { name: 'groups', operators: ['in', 'nin'] },
  { name: 'lifecycle_status', operators: ['eq', 'neq'], values: ['enabled', 'blocked'] },
  { name: 'deployed_state', operators: ['eq', 'neq'], values: ['development', 'production'] },
  { name: 'description', operators: ['like', 'eq', 'neq'] },
  { name: 'id', operators: ['eq', 'neq', 'in', 'nin'] },
  { name: 'ca_id', operators: ['eq', 'neq', 'in', 'nin'] },
  { name: 'created_at', operators: ['gte', 'lte'], isTime: true },
  { name: 'updated_at', operators: ['gte', 'lte'], isTime: true },
  { name: 'bootstrapped_timestamp', operators: ['gte', 'lte', 'eq'], isTime: true },
  { name: 'connector_expiration_date', operators: ['gte', 'lte', 'eq'], isTime: true },
];

/** Takes a typed filter apart: conditions with `&` between them. Values may be encoded as in an address. */
export function parseFilter(text: string): Condition[] {
  return text.trim().replace(/^\?/, '').split('&').filter((part) => part.trim() !== '').map((part) => {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trim();
    const value = equals < 0 ? '' : decode(part.slice(equals + 1).trim());
    const end = name.lastIndexOf('__');
    const operator = operators.find((op) => end > 0 && op === name.slice(end + 2));
    return operator ? { field: name.slice(0, end), operator, value } : { field: name, operator: 'eq', value };
  });
}

/** The filter as the API takes it. */
export function formatFilter(conditions: readonly Condition[]): string {
  return conditions.filter(({ field }) => field !== '').map(({ field, operator, value }) => `${field}__${operator}=${encode(value)}`).join('&');
}

/** The conditions on one field replaced by this one; null: removed. */
export function withCondition(filter: string, field: string, condition: Condition | null): string {
  const others = parseFilter(filter).filter((other) => other.field !== field);
  return formatFilter(condition ? [...others, condition] : others);
}

// What would end the value, or mean something in the address, is encoded; the rest is left for people to read.
function encode(value: string): string {
  return value.replace(/[%&+#]/g, (character) => encodeURIComponent(character));
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}
