/** `steward export`: everything of one person as archives, for them to keep, to move, or to be restored from. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { loadConfig } from '../../config/config.ts';
import { systemClock } from '../../core/clock.ts';
import { today } from '../../core/zones.ts';
import { type Archive, archiveName, writeArchives } from '../../features/portability/index.ts';
import { translator } from '../../locales/translator.ts';
import { openContents } from '../../storage/contents/contents.ts';
import { withDatabase } from '../open-database.ts';
import { telegramId } from './telegram-id.ts';
import { actorOf, chosen } from './who.ts';

/** The file of an archive: as named, with the number of the part from the second on. */
function fileFor(out: string, part: number): string {
  if (part === 1) return out;
  const { dir, name, ext } = path.parse(out);
  return path.join(dir, `${name}-${part}${ext}`);
}

/** Writes whole or not at all; its owner's alone, like everything private. */
async function write(archive: Archive, file: string): Promise<void> {
  const draft = `${file}.part`;
  try {
    await pipeline(Readable.from(archive.content), createWriteStream(draft, { mode: 0o600, flush: true }));
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

async function run(options: { person?: number; out?: string }): Promise<void> {
  const config = loadConfig();
  const now = systemClock.now();
  await withDatabase(config, async (db) => {
    const actor = await actorOf(db, chosen(config, options.person));
    const out = path.resolve(options.out ?? archiveName(today(now, actor.person.timezone), 1));
    const told = { now, t: translator(actor.person.language), contents: openContents(config) };
    await db.transaction(async (tx) => {
      // One state of everything, however long it takes to write it down.
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      await tx.query('SET LOCAL idle_in_transaction_session_timeout = 0');
      for await (const archive of writeArchives(tx, actor, told)) {
        const file = fileFor(out, archive.part);
        await write(archive, file);
        const rows = Object.entries(archive.rows()).map(([name, count]) => `${count} ${name}`);
        process.stdout.write(`${file}: ${rows.join(', ')}\n`);
      }
    });
  });
}

/** The command. Exit code 1 when there is no such person or the file cannot be written. */
export function exportCommand(): Command {
  return new Command('export')
    .description('write everything of one person into a file they can read, keep and import again')
    .option('--person <id>', 'their Telegram id; the owner when not given', telegramId)
    .option('--out <file>', 'where to; further parts of a large export get a number')
    .action(run);
}
