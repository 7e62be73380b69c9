/** The owner's pages tell the truth: each conversation in them goes as it stands there, each phrase is understood, each command exists. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { declaredCommands } from '../../../scripts/reference/registry.ts';
import type { Language } from '../../../src/locales/translator.ts';
import { furnish, stage, tellsFailure } from '../../registry/stage.ts';
import { readText, root } from '../../repository/source.ts';
import { agrees, chatBlocks, commandsNamed, faultOf, phrases, play } from './chat.ts';

const PAGES: ReadonlyArray<readonly [string, Language]> = [
  ['docs/user-guide.md', 'en'],
  ['docs/cheat-sheet.md', 'en'],
  ['docs/use-cases.md', 'en'],
  ['docs/tips.md', 'en'],
  ['docs/faq.md', 'en'],
  ['docs/best-practices.md', 'en'],
  ['docs/ru/user-guide.md', 'ru'],
  ['docs/ru/cheat-sheet.md', 'ru'],
];

/** With PAGES=write the answers of today are put into the pages, to be read before they are kept. */
const writing = process.env['PAGES'] === 'write';

describe.each(PAGES)('%s', (file, language) => {
  test('names commands that there are', () => {
    const known = new Set(declaredCommands().flatMap(({ name, aliases = [] }) => [name, ...aliases]));
    expect(commandsNamed(readText(file)).filter((name) => !known.has(name))).toEqual([]);
  });

  test('its conversations go as they stand there, and its phrases are understood', async () => {
    let text = readText(file);
    const [blocks, said] = [chatBlocks(file, text), phrases(file, text)];
    const faults: string[] = [];
    if (blocks.length > 0) {
      const present = await stage(language);
      try {
        for (const block of blocks) {
          const played = await play(present, block);
          if (writing)
            text = text.replace(`\`\`\`chat\n${block.lines.join('\n')}\n`, () => `\`\`\`chat\n${played.join('\n')}\n`);
          if (tellsFailure(language, played.filter((line) => !line.startsWith('> ')).join('\n')))
            faults.push(`${block.at} fails\n${played.join('\n')}`);
          if (!writing && !agrees(block.lines, played)) faults.push(`${block.at}\n${played.join('\n')}`);
        }
        expect(present.faults()).toEqual([]);
      } finally {
        await present.steward.end();
      }
    }
    if (writing) writeFileSync(path.join(root, file), text);
    if (said.length > 0) {
      const present = await stage(language);
      try {
        await furnish(present, language);
        for (const phrase of said) {
          const fault = await faultOf(present, language, phrase);
          if (fault !== null) faults.push(fault);
        }
      } finally {
        await present.steward.end();
      }
    }
    expect(faults.join('\n\n')).toBe('');
    expect(blocks.length + said.length).toBeGreaterThan(0);
  }, 400_000);
});
