/** Holds every source file to the rules of CONTRIBUTING.md, and the rules to what they say. */
import { describe, expect, test } from 'vitest';
import { clockReadings, leftOutTests, typesGivenUp, unfinished, withoutReason } from './rules.ts';
import { isTest, parseSource, type SourceFile, sources } from './source.ts';

const files = sources();

/** Measured by hand-written examples in this file, which the rules must not take for the real thing. */
const tests = files.filter((file) => isTest(file.path));

describe('this repository', () => {
  test('the time is read in core/clock.ts alone', () => {
    expect(files.filter((file) => file.path !== 'src/core/clock.ts').flatMap(clockReadings)).toEqual([]);
  });

  test('no type gives up', () => {
    expect(files.flatMap(typesGivenUp)).toEqual([]);
  });

  test('every file says its reason in its first line', () => {
    expect(files.filter((file) => file.path.includes('/')).flatMap(withoutReason)).toEqual([]);
  });

  test('nothing is left unfinished without an issue', () => {
    expect(files.flatMap(unfinished)).toEqual([]);
  });

  test('no test is skipped without a printed reason, none runs alone', () => {
    expect(tests.flatMap(leftOutTests)).toEqual([]);
  });
});

describe('the rules themselves', () => {
  const file = (text: string, name = 'src/core/example.ts'): SourceFile => parseSource(name, text);

  test.each([
    'const a = new Date();',
    'const a = Date.now();',
    'const a = Date();',
    'const D = Date; new D();',
    'const { now } = Date;',
    'const a = globalThis.Date.now();',
    'const a = Temporal.Now.instant();',
    'const a = new Date(Date.now());',
    'list.map(Date.now);',
    'const a = [Date];',
  ])('%s reads the clock', (text) => {
    expect(clockReadings(file(text))).toHaveLength(1);
  });

  test.each([
    'const a = new Date(0);',
    'const a = Date.parse("2026-01-01");',
    'const a = Date.UTC(2026, 0, 1);',
    'const a = x instanceof Date;',
    'let a: Date;',
    'const a = { Date: 1 };',
    'const a = rule.Date;',
    'const a = clock.now();',
    'const a = performance.now();',
    'const a = Temporal.Instant.from("2026-01-01T00:00Z");',
    '// Date.now() is not called here',
  ])('%s does not', (text) => {
    expect(clockReadings(file(text))).toEqual([]);
  });

  test.each([
    'let a: any;',
    'f<any>();',
    'a!.b;',
    'class A { b!: string }',
    'let a!: string;',
    'const a = b as unknown as string;',
    'const a = (b as unknown) as string;',
    '// @ts-ignore because\nconst a = 1;',
    '// @ts-expect-error wrong on purpose\nconst a = 1;',
    '// @ts-nocheck',
  ])('%s gives up on types', (text) => {
    expect(typesGivenUp(file(text))).toHaveLength(1);
  });

  test('a test of types may expect an error it names', () => {
    const expecting = (reason: string) =>
      file(`// @ts-expect-error${reason}\nconst a = 1;`, 'src/core/example.test.ts');
    expect(typesGivenUp(expecting(' a button without a handler does not compile'))).toEqual([]);
    expect(typesGivenUp(expecting(''))).toHaveLength(1);
  });

  test('`as unknown`, `unknown` and `!==` are no surrender', () => {
    expect(typesGivenUp(file('const a = b as unknown; const c = !d; if (a !== c) {} type T = unknown;'))).toEqual([]);
  });

  test('a reason stands first, as a comment of words', () => {
    expect(withoutReason(file('/** Days. */\nexport {};'))).toEqual([]);
    expect(withoutReason(file('#!/usr/bin/env node\n/** The command. */\nexport {};'))).toEqual([]);
    expect(withoutReason(file("import a from 'node:fs';\n/** Days. */"))).toHaveLength(1);
    expect(withoutReason(file('// Days.\nexport {};'))).toHaveLength(1);
    expect(withoutReason(file('/** */\nexport {};'))).toHaveLength(1);
  });

  test('what is left to do names its issue', () => {
    expect(unfinished(file('// TODO later'))).toHaveLength(1);
    expect(unfinished(file('/* FIXME: soon */'))).toHaveLength(1);
    expect(unfinished(file("// TODO(#12) later\nconst status = 'TODO'; // todo is a status"))).toEqual([]);
  });

  test.each([
    "test.only('a', f);",
    "describe.skip('a', f);",
    "it.todo('a');",
    "xit('a', f);",
    "test.skipIf(x)('a', f);",
  ])('%s leaves tests out', (text) => {
    expect(leftOutTests(file(text))).toHaveLength(1);
  });

  test('a skip in a test says why', () => {
    expect(leftOutTests(file('context.skip();'))).toHaveLength(1);
    expect(leftOutTests(file('context.skip(absent);'))).toHaveLength(1);
    expect(leftOutTests(file("context.skip(absent, 'no PostgreSQL 14 for this platform');"))).toEqual([]);
    expect(leftOutTests(file("test.each([1])('a', f); cursor.skip(3);"))).toEqual([]);
  });
});
