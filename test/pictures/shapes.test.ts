/** Guards the shapes of docs/design.md: each fits a phone in both languages, has its pictures, and is in the page. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { columnsOf } from '../../src/core/columns.ts';
import { languages } from '../../src/locales/translator.ts';
import { keyboardOf } from '../../src/sandbox/index.ts';
import { textOf } from '../e2e/steward.ts';
import { type Stage, stage, tellsFailure } from '../registry/stage.ts';
import { readText, root } from '../repository/source.ts';
import { messagesOf, shapes } from './shapes.ts';

/** A phone shows that many lines. */
const LINES = 12;

const names = shapes({} as Stage, 'en').map(({ name }) => name);

test('every shape has its pictures, light and dark, in both languages, and there are no others', () => {
  const wanted = names.flatMap((name) =>
    languages.flatMap((language) => ['light', 'dark'].map((theme) => `${name}-${language}-${theme}.webp`)),
  );
  expect(readdirSync(path.join(root, 'docs/pictures')).sort()).toEqual(wanted.sort());
  const page = readText('docs/design.md');
  expect(wanted.filter((file) => !page.includes(`pictures/${file}`))).toEqual([]);
});

describe.each(languages)('in %s', (language) => {
  test('what is shown fits a phone: its lines, and the buttons of a row', async () => {
    const present = await stage(language);
    try {
      const faults: string[] = [];
      for (const shape of shapes(present, language)) {
        const messages = await messagesOf(present, shape);
        for (const { message } of messages.filter(({ fromBot }) => fromBot)) {
          const text = textOf({ message } as (typeof messages)[number]);
          // What is technical in /status is folded.
          const lines = text.split('\n').length;
          if (lines > LINES && shape.name !== 'status') faults.push(`${shape.name}: ${lines} lines\n${text}`);
          for (const row of keyboardOf(message)) {
            const widest = Math.max(...row.map(({ text: label }) => columnsOf(label)));
            // Telegram makes the buttons of a row equally wide.
            if (widest * row.length > 40)
              faults.push(`${shape.name}: ${row.map(({ text: label }) => label).join(' | ')}`);
          }
          if (!['error', 'unknown', 'failure'].includes(shape.name) && tellsFailure(language, text))
            faults.push(`${shape.name}: ${text}`);
        }
      }
      expect(faults.join('\n\n')).toBe('');
      // The shape of a failure needs one.
      expect(present.faults().filter((line) => !line.includes('FileNotFetched'))).toEqual([]);
    } finally {
      await present.steward.end();
    }
  }, 400_000);
});
