/** Runs suites in the format of the plugin helm-unittest, as far as the chart's use it: the plugin itself comes from no registry of packages. */
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { type Rendering, render } from './helm.ts';
import { type Fields, isFields, type KubernetesObject, parseObjects } from './objects.ts';

interface Settings {
  readonly templates?: readonly string[];
  readonly values?: readonly string[];
  readonly set?: Fields;
}

export interface Case extends Settings {
  readonly it: string;
  readonly documentSelector?: { readonly path: string; readonly value: unknown; readonly kind?: string };
  readonly asserts: readonly Readonly<Record<string, Fields>>[];
}

export interface Suite extends Settings {
  readonly suite: string;
  readonly tests: readonly Case[];
}

export const readSuite = (text: string): Suite => parse(text) as Suite;

/** 'a.b[0]["c.d"]' to its steps. */
function steps(path: string): string[] {
  return [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, word]) => quoted ?? index ?? word ?? '',
  );
}

function find(value: unknown, path: unknown): unknown {
  return steps(String(path)).reduce<unknown>((inner, step) => {
    if (Array.isArray(inner)) return inner[Number(step)];
    return isFields(inner) ? inner[step] : undefined;
  }, value);
}

/** `{a.b: 1}` to `{a: {b: 1}}`; names with slashes are keys of annotations and stay whole. */
function nested(set: Fields): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(set)) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let place = made;
    for (const name of names) {
      const inner = isFields(place[name]) ? { ...place[name] } : {};
      place[name] = inner;
      place = inner;
    }
    place[last] = value;
  }
  return made;
}

type Check = (object: KubernetesObject | undefined, given: Fields, all: readonly KubernetesObject[]) => boolean;

const includes = (list: unknown, content: unknown) =>
  Array.isArray(list) && list.some((one) => isDeepStrictEqual(one, content));

const checks: Readonly<Record<string, Check>> = {
  equal: (object, { path, value }) => isDeepStrictEqual(find(object, path), value),
  exists: (object, { path }) => find(object, path) !== undefined,
  notExists: (object, { path }) => object !== undefined && find(object, path) === undefined,
  contains: (object, { path, content }) => includes(find(object, path), content),
  notContains: (object, { path, content }) =>
    Array.isArray(find(object, path)) && !includes(find(object, path), content),
  matchRegex: (object, { path, pattern }) => new RegExp(String(pattern)).test(String(find(object, path))),
  isKind: (object, { of }) => object?.kind === of,
  hasDocuments: (_, { count }, all) => all.length === count,
};

/** Objects of the named templates, in Helm's order. */
function ofTemplates(text: string, templates: readonly string[]): KubernetesObject[] {
  return text
    .split(/^---$/m)
    .filter((part) => templates.some((name) => part.includes(`# Source: steward/templates/${name}\n`)))
    .flatMap(parseObjects);
}

/** What one case finds wrong; empty when all holds. */
export async function runCase(suite: Suite, one: Case): Promise<string[]> {
  const ci = [...(suite.values ?? []), ...(one.values ?? [])].at(-1)?.replace(/^.*\/|-values\.yaml$/g, '');
  const rendering: Rendering = { ...(ci === undefined ? {} : { ci }), values: nested({ ...suite.set, ...one.set }) };
  const rendered = await render(rendering);
  const all = rendered.ok ? ofTemplates(rendered.text, one.templates ?? suite.templates ?? []) : [];
  const selector = one.documentSelector;
  const chosen =
    selector === undefined
      ? all[0]
      : all.find(
          (object) =>
            isDeepStrictEqual(find(object, selector.path), selector.value) &&
            (selector.kind === undefined || object.kind === selector.kind),
        );
  return one.asserts.flatMap((assertion) =>
    Object.entries(assertion).flatMap(([name, given]) => {
      const what = `${name} ${JSON.stringify(given)}`;
      if (name === 'failedTemplate')
        return !rendered.ok && new RegExp(String(given['errorPattern'])).test(rendered.error) ? [] : [what];
      if (!rendered.ok) return [rendered.error];
      const check = checks[name];
      if (!check) return [`there is no assertion ${name}`];
      return check(chosen, given, all) ? [] : [`${what}; there: ${JSON.stringify(find(chosen, given['path'] ?? ''))}`];
    }),
  );
}
