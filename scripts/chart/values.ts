/** Reads the chart's values.yaml as it explains itself: every key with its default, its words ("# --") and what may stand there ("# @schema"). */
import { isMap, isNode, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Schema = { readonly [key: string]: Json };

export interface Value {
  /** `database.standalone.enabled` */
  readonly path: string;
  readonly name: string;
  /** As JSON; undefined for a key that only holds others. */
  readonly fallback: Json | undefined;
  /** Empty for a key that only holds others. */
  readonly help: string;
  readonly schema: Schema;
  readonly children: readonly Value[];
}

interface Explained {
  readonly help: string;
  readonly schema: Schema;
}

/** The words of the comment block that stands right above a key; what a blank line separates is about something else. */
function explained(comment: string, path: string): Explained {
  const block = comment.split(/\n\s*\n/).at(-1) ?? '';
  const words: string[] = [];
  let schema: Schema = {};
  for (const line of block.split('\n').map((text) => text.trim())) {
    const given = /^@schema (.*)$/.exec(line)?.[1];
    const begun = /^-- (.*)$/.exec(line)?.[1];
    if (given !== undefined) schema = parseSchema(given, path);
    else if (begun !== undefined) words.push(begun);
    else if (words.length > 0 && line !== '') words.push(line);
  }
  return { help: words.join(' '), schema };
}

function parseSchema(text: string, path: string): Schema {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new Error(`values.yaml: the schema of ${path} is no object`);
  return parsed as Schema;
}

function readValue(pair: Pair, above: string, before: string): Value {
  if (!isScalar(pair.key)) throw new Error(`values.yaml: a key of ${above || 'the file'} is no text`);
  const name = String(pair.key.value);
  const path = above === '' ? name : `${above}.${name}`;
  const { help, schema } = explained(`${before}\n${pair.key.commentBefore ?? ''}`, path);
  if (help !== '') return { path, name, help, schema, fallback: json(pair), children: [] };
  if (!isMap(pair.value) || pair.value.flow)
    throw new Error(`values.yaml: ${path} is not explained ("# -- …" above it)`);
  return { path, name, help, schema, fallback: undefined, children: valuesIn(pair.value, path) };
}

function json({ value }: Pair): Json {
  return (isNode(value) ? value.toJSON() : value) as Json;
}

function valuesIn(map: YAMLMap, above: string): Value[] {
  // The parser hands what stands above the first key to the map itself.
  return map.items.map((pair, index) => readValue(pair, above, index === 0 ? (map.commentBefore ?? '') : ''));
}

/** All values, in order. Throws when one is not explained. */
export function readValues(text: string): Value[] {
  const document = parseDocument(text);
  const [fault] = document.errors;
  if (fault) throw fault;
  if (!isMap(document.contents)) throw new Error('values.yaml holds no keys');
  return valuesIn(document.contents, '');
}

/** Those that hold a value themselves. */
export function leaves(values: readonly Value[]): Value[] {
  return values.flatMap((value) => (value.children.length > 0 ? leaves(value.children) : [value]));
}
