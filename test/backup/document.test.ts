/** Runs the commands of docs/backup-and-recovery.md as an operator on a laptop would: a document that is wrong fails. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { variables } from '../../src/config/variables.ts';
import { start } from './command.ts';

const text = readFileSync(path.join(import.meta.dirname, '../../docs/backup-and-recovery.md'), 'utf8');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'steward-document-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The `npx steward` lines of the first block under a heading. */
function commandsOf(heading: string): string[][] {
  const [, section = ''] = text.split(new RegExp(`^#+ ${heading}$`, 'm'));
  const [, block = ''] = /```sh\n(.*?)```/s.exec(section) ?? [];
  return [...block.matchAll(/^npx steward ([^#\n]*)/gm)].map(([, line = '']) => line.trim().split(/\s+/));
}

test('every command it names does what it says, in its order', async () => {
  expect(await start(folder, {}, ['migrate']).ended).toMatchObject({ code: 0 });
  const commands = [...commandsOf('In short'), ...commandsOf('On a laptop')];
  expect(commands.length).toBeGreaterThanOrEqual(8);
  for (const command of commands) {
    const { code, stderr } = await start(folder, {}, command).ended;
    expect(code, `steward ${command.join(' ')}: ${stderr}`).toBe(0);
  }
}, 240_000);

test('every variable it names is one of the configuration', () => {
  const named = [...text.matchAll(/\b((?:BACKUP|STEWARD|DATABASE|ATTACHMENT)_[A-Z_]+)\b/g)].map(
    ([, name = '']) => name,
  );
  expect(named.filter((name) => !(name in variables))).toEqual([]);
});
