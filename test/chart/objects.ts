/** Rendered objects as data: read from YAML, looked into by paths, their pods found wherever they are. */
import { parseAllDocuments } from 'yaml';

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [key: string]: unknown;
}

export type Fields = Readonly<Record<string, unknown>>;

/** Every document of `text` that holds something. Throws when it is no YAML. */
export function parseObjects(text: string): KubernetesObject[] {
  return parseAllDocuments(text).flatMap((document) => {
    const [fault] = document.errors;
    if (fault) throw fault;
    const value: unknown = document.toJS();
    return value === null || value === undefined ? [] : [value as KubernetesObject];
  });
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at `path` ('spec.template.spec'), or undefined. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => (isFields(inner) ? inner[name] : undefined), value);
}

export function fieldsAt(value: unknown, path: string): Fields {
  const found = at(value, path);
  return isFields(found) ? found : {};
}

export function listAt(value: unknown, path: string): readonly Fields[] {
  const found = at(value, path);
  return Array.isArray(found) ? found.filter(isFields) : [];
}

export const textAt = (value: unknown, path: string): string => String(at(value, path) ?? '');

export const nameOf = (object: KubernetesObject): string => `${object.kind}/${object.metadata.name}`;

export interface PodTemplate {
  readonly owner: KubernetesObject;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: Fields;
}

const PLACES: Readonly<Record<string, string>> = {
  Pod: '',
  Deployment: 'spec.template',
  StatefulSet: 'spec.template',
  Job: 'spec.template',
  CronJob: 'spec.jobTemplate.spec.template',
};

/** The pods an object makes. */
export function podsOf(objects: readonly KubernetesObject[]): PodTemplate[] {
  return objects.flatMap((owner) => {
    const place = PLACES[owner.kind];
    if (place === undefined) return [];
    const template = place === '' ? owner : at(owner, place);
    return [
      {
        owner,
        labels: fieldsAt(template, 'metadata.labels') as Readonly<Record<string, string>>,
        spec: fieldsAt(template, 'spec'),
      },
    ];
  });
}

/** All containers of a pod, those that come first included. */
export const containersOf = (spec: Fields): readonly Fields[] => [
  ...listAt(spec, 'initContainers'),
  ...listAt(spec, 'containers'),
];

/** Whether `labels` has everything `selector` asks for. */
export function selects(selector: Fields, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(selector).every(([name, value]) => labels[name] === value);
}
