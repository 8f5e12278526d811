import definitionsUrl from '../../../src/Surety.Lwm2m/Model/objects.txt?url';

export type ResourceType = 'String' | 'Integer' | 'UnsignedInteger' | 'Float' | 'Boolean' | 'Opaque' | 'Time' | 'Objlnk' | 'Corelnk' | '';

export interface ResourceDefinition {
  id: number;
  name: string;
  /** May be read, written, executed. */
  readable: boolean;
  writable: boolean;
  executable: boolean;
  multiple: boolean;
  type: ResourceType;
  range: string;
  units: string;
}

export interface ObjectDefinition {
  id: number;
  version: string;
  name: string;
  multiple: boolean;
  resources: ReadonlyMap<number, ResourceDefinition>;
}

/** The definitions of objects, from OMA's registry; the newest version of each. */
export type ObjectModel = ReadonlyMap<number, ObjectDefinition>;

/** Reads the server's file of definitions; its first lines say what stands where. */
export function parseModel(text: string): ObjectModel {
  const model = new Map<number, ObjectDefinition>();
  let resources: Map<number, ResourceDefinition> | null = null;
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const fields = line.split('\t');
    if (fields[0] !== '') {
      const [id, version = '', , instances, , name = ''] = fields;
      resources = new Map();
      // Versions stand in their order, so that the newest is the last.
      model.set(Number(id), { id: Number(id), version, name, multiple: instances === 'M', resources });
    } else {
      const [, id, operations = '', instances, , type = '', name = '', range = '', units = ''] = fields;
      resources?.set(Number(id), {
        id: Number(id), name, range, units,
        readable: operations.includes('R'), writable: operations.includes('W'), executable: operations.includes('E'),
        multiple: instances === 'M', type: type as ResourceType,
      });
    }
  }
  return model;
}

let loading: Promise<ObjectModel> | null = null;

/** The definitions, loaded once when they are first needed. */
export function loadModel(): Promise<ObjectModel> {
  loading ??= fetch(definitionsUrl)
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(`${answer.status}`))))
    .then(parseModel)
    .catch((error: unknown) => {
      loading = null;
      throw error;
    });
  return loading;
}
