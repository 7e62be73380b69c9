/** Every text exists in both languages, is used, and reads as it should. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FluentResource } from '@fluent/bundle';
import { describe, expect, it } from 'vitest';
import fc from '../../test/support/steady/fast-check.ts';
import { Bug } from '../core/errors.ts';
import { languageOf, languages, loadBundle, reportTextFaults, type TextFault, translator } from './translator.ts';

const here = import.meta.dirname;
const sources = join(here, '..');

/** Keys that code makes in a way the scan below cannot see, each with its reason. */
const MADE_ELSEWHERE: Readonly<Record<string, string>> = {};

/** What shared files offer before every feature that will say it is there. */
const OFFERED = ['errors.ftl', 'shared.ftl'];

interface Entry {
  readonly file: string;
  readonly variables: readonly string[];
}

function entries(language: string): Map<string, Entry> {
  const found = new Map<string, Entry>();
  for (const file of readdirSync(join(here, language)).filter((name) => name.endsWith('.ftl'))) {
    for (const { id, value } of new FluentResource(readFileSync(join(here, language, file), 'utf8')).body) {
      found.set(id, { file, variables: [...new Set(variablesOf(value))].sort() });
    }
  }
  return found;
}

/** The names of `{ $name }` anywhere in a parsed pattern. */
function variablesOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(variablesOf);
  if (typeof node !== 'object' || node === null) return [];
  const own = 'type' in node && node.type === 'var' && 'name' in node ? [String(node.name)] : [];
  return [...own, ...Object.values(node).flatMap(variablesOf)];
}

function code(): { file: string; text: string }[] {
  return (
    readdirSync(sources, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('generated'))
      // The sandbox is Telegram, not Steward: it has no texts of ours.
      .filter((file) => !file.startsWith('sandbox'))
      .map((file) => ({ file, text: readFileSync(join(sources, file), 'utf8') }))
  );
}

describe('texts', () => {
  const en = entries('en');

  it.each(languages.filter((language) => language !== 'en'))(
    '%s has every English key with the same variables, and no other',
    (language) => {
      const other = entries(language);
      expect([...other.keys()].filter((key) => !en.has(key))).toEqual([]);
      expect([...en.keys()].filter((key) => !other.has(key))).toEqual([]);
      for (const [key, { variables, file }] of en) {
        expect({ key, variables: other.get(key)?.variables }).toEqual({ key, variables });
        expect({ key, file: other.get(key)?.file }).toEqual({ key, file });
      }
    },
  );

  it('a key begins with the name of its file, singular or plural', () => {
    const wrong = [...en].filter(([key, { file }]) => {
      const stem = file.replace('.ftl', '');
      const begins = [stem, stem.replace(/s$/, ''), stem.replace(/ies$/, 'y'), 'command'];
      // What an action did is told by /history: 'action-task-complete'.
      const own = key.replace(/^action-/, '');
      return !begins.some((begin) => own === begin || own.startsWith(`${begin}-`));
    });
    expect(wrong.map(([key, { file }]) => `${file}: ${key}`)).toEqual([]);
  });

  it('every key that code names exists', () => {
    const missing: string[] = [];
    for (const { file, text } of code()) {
      const named = text.matchAll(
        /(?:\.(?:text|spans)|(?:UserError|Conflict))\(\s*(?:[^()'"`]{1,200}\?\s*'([^']+)'\s*:\s*)?'([^']+)'/g,
      );
      for (const [, first, second] of named) {
        for (const key of [first, second]) if (key !== undefined && !en.has(key)) missing.push(`${file}: ${key}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('every key is named by code, literally or by its beginning', () => {
    const all = code()
      .map(({ text }) => text)
      .join('\n');
    const literals = new Set([...all.matchAll(/['"`]([a-z][a-z0-9-]+)['"`]/g)].map(([, key]) => key));
    const beginnings = [...all.matchAll(/`([a-z][a-z0-9]*(?:-[a-z0-9]+)*-)\$\{/g)].map(([, begin]) => begin ?? '');
    const unused = [...en]
      .filter(([key, { file }]) => !OFFERED.includes(file) && !literals.has(key) && !(key in MADE_ELSEWHERE))
      // The undo of an action is told by its key with '-undone' behind it.
      .filter(([key]) => !(key.endsWith('-undone') && literals.has(key.replace(/-undone$/, ''))))
      .filter(([key]) => !beginnings.some((begin) => key.startsWith(begin)));
    expect(unused.map(([key]) => key)).toEqual([]);
  });

  it('no text raises its voice', () => {
    for (const language of languages) {
      for (const file of readdirSync(join(here, language)).filter((name) => name.endsWith('.ftl'))) {
        const shouted = readFileSync(join(here, language, file), 'utf8')
          .split('\n')
          .filter((line) => !line.startsWith('#') && /[^ "«!]!(?:\s|$)/.test(line));
        expect({ file, shouted }).toEqual({ file, shouted: [] });
      }
    }
  });
});

describe('translator', () => {
  it('speaks the language of any tag Telegram sends, English where it does not know it', () => {
    expect(['ru', 'ru-RU', 'RU_ru', 'en-GB', 'de', '', 'x-y', 'russian'].map(languageOf)).toEqual([
      'ru',
      'ru',
      'ru',
      'en',
      'en',
      'en',
      'en',
      'en',
    ]);
  });

  it.each([
    [1, '1 минуту'],
    [2, '2 минуты'],
    [5, '5 минут'],
    [11, '11 минут'],
    [21, '21 минуту'],
    [104, '104 минуты'],
  ])('Russian plurals: %d', (minutes, text) => {
    expect(translator('ru').text('duration-minutes', { minutes })).toBe(text);
  });

  it('writes numbers without grouping, so that they can be typed back', () => {
    expect(translator('en').text('error-task-not-found', { number: 1234567 })).toBe('No task #1234567 here.');
    expect(translator('ru').text('error-task-not-found', { number: 1234567 })).toBe('Задачи #1234567 здесь нет.');
  });

  it('throws on an unknown key and on a missing argument while nobody listens', () => {
    expect(() => translator('en').text('no-such-key')).toThrow(Bug);
    expect(() => translator('ru').text('error-task-not-found')).toThrow(Bug);
  });

  it('tells the listener of a faulty text and goes on', () => {
    const faults: TextFault[] = [];
    const stop = reportTextFaults((fault) => faults.push(fault));
    try {
      expect(translator('ru').text('no-such-key')).toBe('no-such-key');
    } finally {
      stop();
    }
    expect(faults).toEqual([{ language: 'ru', key: 'no-such-key', reason: 'unknown key' }]);
    expect(() => translator('ru').text('no-such-key')).toThrow(Bug);
  });

  it('keeps styled arguments as the objects they were, between the words', () => {
    const title = { style: 'bold', content: ['Call Bob'] };
    expect(translator('en').spans('error-no-match', { words: title })).toEqual([
      'Nothing here is called "',
      title,
      '". What there is: /list and /reminders',
    ]);
    expect(translator('en').spans('error-no-match', { words: ['a', title] })).toEqual([
      'Nothing here is called "',
      'a',
      title,
      '". What there is: /list and /reminders',
    ]);
  });

  it('takes nothing that a person wrote for a placeholder or for Fluent syntax', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('\uFDD0', '\uFDD1', '0', '1', '{', '$', '}', '\u2068', 'א', ' ') }),
    );
    const marked = { style: 'bold' };
    fc.assert(
      fc.property(hostile, hostile, (command, suggestion) => {
        const pieces = translator('en').spans('error-bad-argument', { argument: command, usage: [suggestion, marked] });
        const joined = pieces.map((piece) => (piece === marked ? '\n' : piece)).join('');
        expect(joined).toBe(`I could not use "${command}". It goes like this: ${suggestion}\n`);
        const plain = translator('en').text('error-bad-argument', { argument: command, usage: suggestion });
        expect(plain).toBe(`I could not use "${command}". It goes like this: ${suggestion}`);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses a file that Fluent would skip silently, naming the key', () => {
    const folder = mkdtempSync(join(tmpdir(), 'steward-texts-'));
    try {
      writeFileSync(join(folder, 'a.ftl'), 'good = yes\nbroken = { $x ->\n    [one] 1\n}\n');
      expect(() => loadBundle('en', folder)).toThrow(/a\.ftl: broken/);
      writeFileSync(join(folder, 'a.ftl'), 'good = yes\n');
      writeFileSync(join(folder, 'b.ftl'), 'good = no\n');
      expect(() => loadBundle('en', folder)).toThrow(/b\.ftl/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
