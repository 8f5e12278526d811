import type { ObjectDefinition, ObjectModel, ResourceDefinition } from './model';
import type { KnownValue } from '../live/ValueStore';

export interface ResourceNode {
  path: string;
  id: number;
  definition: ResourceDefinition | undefined;
  known: KnownValue | undefined;
  /** Of a resource with instances: each with its value. */
  instances: { path: string; known: KnownValue }[];
  units: string;
}

export interface InstanceNode {
  path: string;
  id: number;
  resources: ResourceNode[];
}

export interface ObjectNode {
  path: string;
  id: number;
  definition: ObjectDefinition | undefined;
  instances: InstanceNode[];
}

/** The resource that names the unit of the others in IPSO's objects. */
const sensorUnits = 5701;

/**
 * The tree of a device: the objects and instances that it has registered, the resources that the definitions of these objects have, and
 * whatever else a value or a registered path is there for.
 */
export function buildTree(model: ObjectModel, registered: Iterable<string>, values: ReadonlyMap<string, KnownValue>): ObjectNode[] {
  const objects = new Map<number, Map<number, Set<number>>>();
  const add = (path: string): void => {
    const [object, instance, resource] = parsePath(path);
    if (object === undefined) return;
    const instances = objects.get(object) ?? new Map<number, Set<number>>();
    objects.set(object, instances);
    if (instance === undefined) return;
    const resources = instances.get(instance) ?? new Set<number>();
    instances.set(instance, resources);
    if (resource !== undefined) resources.add(resource);
  };
  for (const path of registered) add(path);
  for (const path of values.keys()) add(path);
  const instancesOf = groupInstances(values);
  return [...objects].sort(([a], [b]) => a - b).map(([id, instances]) => {
    const definition = model.get(id);
    return {
      id, path: `/${id}`, definition,
      instances: [...instances].sort(([a], [b]) => a - b).map(([instance, extra]) => instanceNode(`/${id}/${instance}`, instance, definition, extra, values, instancesOf)),
    };
  });
}

function instanceNode(
  path: string, id: number, object: ObjectDefinition | undefined, extra: ReadonlySet<number>, values: ReadonlyMap<string, KnownValue>,
  instancesOf: ReadonlyMap<string, { path: string; known: KnownValue }[]>,
): InstanceNode {
  const ids = [...new Set([...(object?.resources.keys() ?? []), ...extra])].sort((a, b) => a - b);
  const said = values.get(`${path}/${sensorUnits}`)?.value;
  const measure = typeof said === 'string' ? said : '';
  return {
    path, id,
    resources: ids.map((resource) => {
      const definition = object?.resources.get(resource);
      const at = `${path}/${resource}`;
      const isMeasured = definition?.type === 'Float' && resource >= 5600 && resource <= 5700;
      return { path: at, id: resource, definition, known: values.get(at), instances: instancesOf.get(at) ?? [], units: definition?.units || (isMeasured ? measure : '') };
    }),
  };
}

function groupInstances(values: ReadonlyMap<string, KnownValue>): Map<string, { path: string; known: KnownValue }[]> {
  const groups = new Map<string, { path: string; known: KnownValue }[]>();
  for (const [path, known] of values) {
    if (parsePath(path).length !== 4) continue;
    const parent = path.slice(0, path.lastIndexOf('/'));
    groups.set(parent, [...(groups.get(parent) ?? []), { path, known }]);
  }
  return groups;
}

/** The ids of a path; nothing when it is none. */
export function parsePath(path: string): number[] {
  return /^(\/\d{1,5}){1,4}$/.test(path) ? path.slice(1).split('/').map(Number) : [];
}
