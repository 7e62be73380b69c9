/** Objects against the schemas of Kubernetes and of the operators, as strict as an API server that refuses unknown fields. */
import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import { isFields, type KubernetesObject, nameOf } from '../objects.ts';

interface Schemas {
  readonly kinds: Readonly<Record<string, object>>;
  readonly definitions: Readonly<Record<string, object>>;
}

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../schemas/${name}.json`, import.meta.url), 'utf8')) as Schemas;

export const versions = ['1.30', '1.34'] as const;
export type Version = (typeof versions)[number];

const compilers = new Map<Version, Ajv>();

/** Lists with keys (env by name, ports by number and protocol) hold each key once: server-side apply refuses others. */
function uniqueKeys(keys: readonly string[], list: unknown): boolean {
  if (!Array.isArray(list)) return true;
  // A port may leave its protocol out.
  const seen = list.map((one) => keys.map((key) => (isFields(one) ? (one[key] ?? 'TCP') : '')).join('|'));
  return new Set(seen).size === seen.length;
}

function compiler(version: Version): Ajv {
  const known = compilers.get(version);
  if (known) return known;
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
  ajv.addKeyword({ keyword: 'x-kubernetes-list-map-keys', type: 'array', validate: uniqueKeys });
  for (const { kinds, definitions } of [read(`kubernetes-${version}`), read('custom-resources')])
    for (const [kind, schema] of Object.entries(kinds)) ajv.addSchema({ ...schema, definitions }, kind);
  compilers.set(version, ajv);
  return ajv;
}

const told = ({ instancePath, message, params }: ErrorObject): string =>
  `${instancePath} ${message ?? ''}${'additionalProperty' in params ? ` (${String(params['additionalProperty'])})` : ''}`;

/** Every fault of every object. A kind without a schema is one too. */
export function schemaFaults(objects: readonly KubernetesObject[], version: Version): string[] {
  const ajv = compiler(version);
  return objects.flatMap((object) => {
    const validate = ajv.getSchema(`${object.apiVersion}/${object.kind}`);
    if (!validate) return [`${nameOf(object)}: no schema for ${object.apiVersion}/${object.kind}`];
    return validate(object) ? [] : (validate.errors ?? []).map((error) => `${nameOf(object)}${told(error)}`);
  });
}
