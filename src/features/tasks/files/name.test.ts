/** Guards names of files: whatever comes, what stays is one harmless line a person can read and a file system takes. */

import { describe, expect, test } from 'vitest';
import fc from '../../../../test/support/steady/fast-check.ts';
import { extensionOf, safeName } from './name.ts';

describe('a name', () => {
  test.each([
    ['offer.pdf', 'offer.pdf'],
    ['Отчёт за ноябрь.docx', 'Отчёт за ноябрь.docx'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\system32\\evil.exe', 'evil.exe'],
    ['/absolute/path/', 'path'],
    ['a/../b/..', 'b'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['a\u2066b\u2069c\u200E\u200F\uFEFF.txt', 'abc.txt'],
    ['new\nline\r\n.txt', 'new line .txt'],
    ['nul\0byte.txt', 'nulbyte.txt'],
    ['\u001b[31mred.txt', '[31mred.txt'],
    ['...hidden', 'hidden'],
    ['trailing. . .', 'trailing'],
    ['con.txt', '_con.txt'],
    ['COM1', '_COM1'],
    ['<script>"x".html', '_script__x_.html'],
    ['what? why*.txt', 'what_ why_.txt'],
    ['👨‍👩‍👧 family.jpg', '👨‍👩‍👧 family.jpg'],
    ['🎉.png', '🎉.png'],
    ['', ''],
    ['..', ''],
    ['/', ''],
    ['\u200b\u200b', ''],
    ['\u202e', ''],
  ])('%j is kept as %j', (raw, safe) => {
    expect(safeName(raw)).toBe(safe);
  });

  test('a long one keeps its extension and breaks no character', () => {
    const long = safeName(`${'длинное имя '.repeat(100)}🎉.pdf`);
    expect(long).toMatch(/…\.pdf$/);
    expect([...long].length).toBeLessThanOrEqual(101);
    expect(Buffer.byteLength(safeName(`${'👨‍👩‍👧'.repeat(200)}.png`))).toBeLessThanOrEqual(255);
    expect(extensionOf('a.verylongextension')).toBe('');
  });

  test('of any letters at all is one line without path, direction or anything unseen, short, and safe already', () => {
    const hostile = fc.constantFrom(
      '/',
      '\\',
      '..',
      '\0',
      '\u202e',
      '\u2066',
      '\n',
      '\u200b',
      ':',
      'CON',
      '.',
      ' ',
      '\ud83d',
      '\ufeff',
      'é',
      'e\u0301',
      '🎉',
    );
    const letters = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
    );
    const any = fc.array(fc.oneof(hostile, letters), { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(any, (raw) => {
        const name = safeName(raw);
        expect(name).not.toMatch(/[/\\<>:"|?*\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\u200B\u200E\u200F\uFEFF]/u);
        expect(name).not.toMatch(/^[\s.]|[\s.]$/);
        expect(name.isWellFormed()).toBe(true);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
        expect(safeName(name)).toBe(name);
      }),
      { numRuns: 2_000 },
    );
  });
});
