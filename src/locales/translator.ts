/** Finds and fills the texts people read: Fluent files of `en/` and `ru/`, one file a feature (keys: see `README.md`). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FluentBundle, FluentNumber, FluentResource, type FluentVariable } from '@fluent/bundle';
import { Bug, type MessageArguments } from '../core/errors.ts';
import { turnsDirection } from './bidi.ts';

/** The languages Steward speaks. */
export const languages = ['en', 'ru'] as const;
export type Language = (typeof languages)[number];

/** What a text may be filled with: words, numbers, or (for `spans`) styled pieces that keep their style. */
export type SpanArguments<S extends object> = Readonly<Record<string, string | number | S | readonly (S | string)[]>>;

export interface Translator {
  readonly language: Language;
  /** The text of `key`, plain. Numbers are written without grouping ("#1234"); plurals follow the language. Throws `Bug`, see `reportTextFaults`. */
  text(key: string, args?: MessageArguments): string;
  /** The text of `key` as pieces: each styled argument stays the object it was. Strings may hold anything. */
  spans<S extends object>(key: string, args?: SpanArguments<S>): (string | S)[];
}

/** A text that could not be given as asked: an unknown key, a missing argument. */
export interface TextFault {
  readonly language: Language;
  readonly key: string;
  readonly reason: string;
}

let onFault: ((fault: TextFault) => void) | undefined;

/**
 * Where faulty texts are told. Without a listener (tests, development) a faulty text throws `Bug`; with one (set at start
 * in production, writing to the log) the person gets the best text there is. Returns the way back.
 */
export function reportTextFaults(listener: (fault: TextFault) => void): () => void {
  const before = onFault;
  onFault = listener;
  return () => {
    onFault = before;
  };
}

/** The language spoken to someone whose client says `tag` ("ru-RU", "en", "de"): English unless it is one of ours. */
export function languageOf(tag: string): Language {
  const primary = tag.toLowerCase().split(/[-_]/, 1)[0];
  return languages.find((language) => language === primary) ?? 'en';
}

const translators = new Map<Language, Translator>();

/** The translator of a language tag, made once per language. Russian falls back to English. */
export function translator(tag: string): Translator {
  const language = languageOf(tag);
  const known = translators.get(language);
  if (known) return known;
  const made = makeTranslator(language, language === 'en' ? [bundle('en')] : [bundle(language), bundle('en')]);
  translators.set(language, made);
  return made;
}

const bundles = new Map<Language, FluentBundle>();

function bundle(language: Language): FluentBundle {
  const known = bundles.get(language);
  if (known) return known;
  const made = loadBundle(language, join(import.meta.dirname, language));
  bundles.set(language, made);
  return made;
}

/** Reads every `*.ftl` of a folder. Throws `Bug` naming file and key when one cannot be read or is there twice: Fluent itself would skip it silently. */
export function loadBundle(language: Language, folder: string): FluentBundle {
  const made = new FluentBundle(language, { useIsolating: false });
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.ftl')) continue;
    const source = readFileSync(join(folder, file), 'utf8');
    if (/[\uFDD0\uFDD1]/.test(source)) throw new Bug(`${language}/${file}: holds a character kept for placeholders`);
    const resource = new FluentResource(source);
    const read = new Set(resource.body.map((entry) => entry.id));
    for (const [, id = ''] of source.matchAll(/^(-?[a-zA-Z][\w-]*)[ \t]*=/gm)) {
      if (!read.has(id)) throw new Bug(`${language}/${file}: ${id} cannot be read`);
    }
    for (const error of made.addResource(resource)) throw new Bug(`${language}/${file}: ${error.message}`);
  }
  return made;
}

function makeTranslator(language: Language, from: readonly FluentBundle[]): Translator {
  const format = (key: string, args: Record<string, FluentVariable>): string => {
    for (const [index, candidate] of from.entries()) {
      const pattern = candidate.getMessage(key)?.value;
      if (pattern === undefined || pattern === null) continue;
      if (index > 0) tell({ language, key, reason: 'missing in this language' });
      const errors: Error[] = [];
      const text = candidate.formatPattern(pattern, args, errors);
      for (const error of errors) tell({ language, key, reason: error.message });
      return text;
    }
    tell({ language, key, reason: 'unknown key' });
    return key;
  };
  return {
    language,
    text: (key, args = {}) => {
      const variables: Record<string, FluentVariable> = {};
      for (const [name, value] of Object.entries(args)) variables[name] = variable(value);
      return format(key, variables);
    },
    spans: (key, args = {}) => fill(key, args, format),
  };
}

function tell(fault: TextFault): void {
  if (!onFault) throw new Bug(`text ${fault.key} (${fault.language}): ${fault.reason}`);
  onFault(fault);
}

/** Grouping is off because most of our numbers are names: task "#1,234" could not be typed back. */
function variable(value: string | number): FluentVariable {
  return typeof value === 'number' ? new FluentNumber(value, { useGrouping: false }) : value;
}

/**
 * Styled arguments go through Fluent as "U+FDD0 index U+FDD1" and are put back afterwards. A string that holds one of these
 * two noncharacters is sent the same way, so what Fluent returns holds no such character that is not ours: nothing a
 * person writes can be taken for a placeholder. So is one that may turn the direction of writing: as a piece of its own
 * the message builder isolates it from our words.
 */
function fill<S extends object>(
  key: string,
  args: SpanArguments<S>,
  format: (key: string, args: Record<string, FluentVariable>) => string,
): (string | S)[] {
  const slots: (readonly (S | string)[])[] = [];
  const variables: Record<string, FluentVariable> = {};
  for (const [name, value] of Object.entries(args)) {
    if (
      typeof value === 'number' ||
      (typeof value === 'string' && !/[\uFDD0\uFDD1]/.test(value) && !turnsDirection(value))
    ) {
      variables[name] = variable(value);
      continue;
    }
    variables[name] = `\uFDD0${slots.length}\uFDD1`;
    slots.push(isPieces(value) ? value : [value]);
  }
  const out: (string | S)[] = [];
  for (const piece of format(key, variables)
    .split(/\uFDD0(\d+)\uFDD1/)
    .entries()) {
    const [position, text] = piece;
    if (position % 2 === 1) out.push(...(slots[Number(text)] ?? []));
    else if (text !== '') out.push(text);
  }
  return out;
}

function isPieces<S extends object>(value: string | S | readonly (S | string)[]): value is readonly (S | string)[] {
  return Array.isArray(value);
}
