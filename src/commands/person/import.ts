/** `steward import`: takes an archive in for one person, of any size; what is there already stays as it is. */
import { access, constants } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import type { Actor } from '../../access/people.ts';
import { perform } from '../../actions/perform.ts';
import { type Config, loadConfig } from '../../config/config.ts';
import { systemClock } from '../../core/clock.ts';
import { errorCode } from '../../core/errors.ts';
import { randomCode } from '../../core/ids.ts';
import {
  ArchiveFault,
  batchesOf,
  type Counts,
  filesOf,
  NOTHING,
  type OpenArchive,
  openArchive,
  previewOf,
  sum,
  takeIn,
  takeSettings,
} from '../../features/portability/index.ts';
import { translator } from '../../locales/translator.ts';
import { type Contents, openContents } from '../../storage/contents/contents.ts';
import type { Database } from '../../storage/database.ts';
import { restoreHooks } from '../../wiring/features.ts';
import { withDatabase } from '../open-database.ts';
import { telegramId } from './telegram-id.ts';
import { actorOf, chosen, ensureActor } from './who.ts';

/** Far beyond what a person keeps; a bomb all the same. */
const LIMITS = { bytes: 8_000_000_000, rows: 5_000_000 };

interface ImportFlags {
  person?: number;
  to?: number;
  settings?: boolean;
  dryRun?: boolean;
  yes?: boolean;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function agreed(flags: ImportFlags): Promise<boolean> {
  if (flags.yes) return true;
  if (!process.stdin.isTTY) {
    say('Nothing was taken in: say --yes where nobody can be asked.');
    process.exitCode = 1;
    return false;
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await lines.question('Take it in? [y/N] ');
  lines.close();
  return /^(y|yes|д|да)$/i.test(answer.trim());
}

/** Takes the rows in by batches, each a change of its own: an import that is stopped goes on where it was. */
async function take(
  db: Database,
  contents: Contents,
  actor: Actor,
  archive: OpenArchive,
  flags: ImportFlags,
): Promise<Counts> {
  const hooks = restoreHooks();
  const takeFile = filesOf(archive, contents);
  const apply = <T>(change: Parameters<typeof perform<T>>[2]['change'], count: (result: T) => number) =>
    db.transaction(async (tx) => {
      const done = await perform<T>(tx, actor, {
        key: `import:${randomCode(20)}`,
        kind: 'data.import',
        at: systemClock.now(),
        change,
        summary: (result) => ({ key: 'action-portability-import', args: { count: count(result) } }),
      });
      return done.result;
    });
  const { settings } = archive;
  if (settings && (flags.settings || actor.person.onboardedAt === null))
    await apply(
      async (changes) => {
        await takeSettings(changes, actor, settings, hooks, systemClock.now());
        return null;
      },
      () => 1,
    );
  let counts = NOTHING;
  for await (const { table, rows } of batchesOf(archive)) {
    const now = systemClock.now();
    counts = sum(
      counts,
      await apply(
        (changes) => takeIn(changes, actor, table, rows, hooks, now, takeFile),
        ({ added }) => added,
      ),
    );
  }
  return counts;
}

async function importFile(db: Database, config: Config, archive: OpenArchive, flags: ImportFlags): Promise<void> {
  const actor =
    flags.to === undefined ? await actorOf(db, chosen(config, flags.person)) : await ensureActor(db, config, flags.to);
  const { rows, there, part, last, person } = await previewOf(db, actor, archive, LIMITS);
  const told = Object.entries(rows).map(([table, count]) => `${count} ${table}`);
  say(
    `${person || 'Somebody'}, part ${part}${last ? '' : ' (more follow)'}: ${told.join(', ')}; ${there} are there already.`,
  );
  if (flags.dryRun || !(await agreed(flags))) return;
  const contents = openContents(config);
  const counts = await take(db, contents, actor, archive, flags);
  await contents.settle(db);
  say(`Taken in: ${counts.added}. There already: ${counts.there}. Reminders whose time had passed: ${counts.overdue}.`);
  if (counts.homeless > 0)
    say(`Without their task: ${counts.homeless}. Take the earlier parts in, then this one again.`);
  if (flags.to !== undefined && config.telegram && !config.telegram.allowedUsers.includes(flags.to))
    say('Let the new account in: add its id to TELEGRAM_ALLOWED_USERS, or /invite it.');
}

/** Runs `work` on the archive in `file` and tells in English what is wrong with it. */
async function withArchive(file: string, work: (archive: OpenArchive) => Promise<void>): Promise<void> {
  let archive: OpenArchive | undefined;
  await access(file, constants.R_OK).catch((error: unknown) => {
    throw new Error(`${file} cannot be read (${errorCode(error)}). Mend: check the path and its permissions.`);
  });
  try {
    archive = await openArchive(file, LIMITS);
    await work(archive);
  } catch (error) {
    if (!(error instanceof ArchiveFault)) throw error;
    throw new Error(translator('en').text(error.key, { ...error.args }), { cause: error });
  } finally {
    archive?.close();
  }
}

/** The command. Exit code 1 when the archive or the person is not as it should be; nothing is taken in then. */
export function importCommand(): Command {
  return new Command('import')
    .description('take in a file that /export or `steward export` made; twice makes no doubles')
    .argument('<file>', 'the archive')
    .option('--person <id>', 'for whom, by Telegram id; the owner when not given', telegramId)
    .option('--to <id>', 'for a new Telegram account, which is made when it is not there yet', telegramId)
    .option('--settings', 'also language, time zone and the like, of somebody who has their own')
    .option('--dry-run', 'only prove the archive and say what is in it')
    .option('--yes', 'do not ask')
    .action(async (file: string, flags: ImportFlags) => {
      const config = loadConfig();
      await withArchive(file, (archive) => withDatabase(config, (db) => importFile(db, config, archive, flags)));
    });
}
