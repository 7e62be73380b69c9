/** Every label of a button is short: a verb, at most two words (docs/design.md); signs and numbers are not counted, nor what people wrote. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FluentResource } from '@fluent/bundle';
import { expect, it } from 'vitest';
import { languages } from './translator.ts';

const MOST_WORDS = 2;

/** Texts that stand on buttons under another name. */
const ALSO =
  /^(?:help-topic-(?!.*-names$)|task-status-|task-field-(?:title|due|priority|status|tags|project|client|estimate|start|repeat|notes)$)/;
/** Keys that only end like one. */
const NONE = new Set(['error-old-button']);

type Pattern =
  | string
  | ReadonlyArray<string | { readonly type: string; readonly variants?: ReadonlyArray<{ readonly value: Pattern }> }>
  | null;

/** Every text a pattern can become, with nothing in the place of what is filled in. */
function variants(pattern: Pattern): string[] {
  if (pattern === null) return [];
  if (typeof pattern === 'string') return [pattern];
  return pattern.reduce<string[]>(
    (made, part) => {
      const here = typeof part === 'string' ? [part] : (part.variants?.flatMap(({ value }) => variants(value)) ?? ['']);
      return made.flatMap((start) => here.map((end) => start + end));
    },
    [''],
  );
}

const words = (label: string): number => label.split(/[\s·]+/u).filter((word) => /\p{L}/u.test(word)).length;

it.each(languages)('in %s', (language) => {
  const folder = join(import.meta.dirname, language);
  const labels = readdirSync(folder)
    .filter((name) => name.endsWith('.ftl'))
    .flatMap((name) => [...new FluentResource(readFileSync(join(folder, name), 'utf8')).body])
    .filter(({ id }) => (id.endsWith('-button') && !NONE.has(id)) || ALSO.test(id))
    .flatMap(({ id, value }) => variants(value as Pattern).map((label) => ({ id, label })));
  expect(labels.length).toBeGreaterThan(150);
  expect(labels.filter(({ label }) => words(label) > MOST_WORDS)).toEqual([]);
});
