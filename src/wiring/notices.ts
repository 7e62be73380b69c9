/** Tells the operator of new kinds of errors and of a new version, and people of groups that are lost: looked at every minute, each told once whichever replica comes first. */
import { type Directory, isWritable, type Person } from '../access/people.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../core/clock.ts';
import type { BotId } from '../core/ids.ts';
import { type Loop, startLoop } from '../core/loop.ts';
import { readChangelog, version } from '../core/version.ts';
import { absenceNotices } from '../features/groups/index.ts';
import { diskNotice, newVersionNotice, type Running, untoldErrorsNotice } from '../features/status/index.ts';
import { diskSpace } from '../observability/ground.ts';
import { enqueue } from '../outbox/outbox.ts';
import type { Database } from '../storage/database.ts';

export interface NoticeOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly botId: BotId;
  readonly directory: Directory;
  readonly config: Pick<Config, 'dataDir'>;
  /** default: what is free where the data folder lies */
  readonly disk?: typeof diskSpace;
  readonly beat: (name: string) => void;
  readonly onError: (error: unknown) => void;
}

const EVERY_MS = 60_000;
/** How soon an operator who writes for the first time is told what was kept for them. */
const SOON_MS = 2_000;

const THIS: Running = { version, changelog: readChangelog };

/** The operator, where there is one; 'silent': nothing can be written to them, so what is to be told is kept. */
async function operatorOf({
  db,
  directory,
}: Pick<NoticeOptions, 'db' | 'directory'>): Promise<Person | 'silent' | undefined> {
  const operator = directory.people().find((person) => person.role === 'operator');
  return operator && !(await isWritable(db, operator.id)) ? 'silent' : operator;
}

/** Writes what the operator was not told yet into the outbox; the marks and the messages are one transaction. */
export async function tellOperator(
  { db, clock, botId }: Pick<NoticeOptions, 'db' | 'clock' | 'botId'>,
  operator: Person,
  running: Running = THIS,
): Promise<void> {
  await db.transaction(async (tx) => {
    // The sender looks by itself within half a second: a notice need not wake it.
    const notices = [
      ...(await newVersionNotice(tx, operator, running)),
      ...(await untoldErrorsNotice(tx, operator, clock.now())),
    ];
    await enqueue(tx, botId, notices, { wake: () => {} });
  });
}

/** Tells people of groups in which Steward cannot write any more. */
export async function tellOfAbsence({
  db,
  clock,
  botId,
}: Pick<NoticeOptions, 'db' | 'clock' | 'botId'>): Promise<void> {
  await db.transaction(async (tx) => {
    await enqueue(tx, botId, await absenceNotices(tx, clock.now()), { wake: () => {} });
  });
}

const SEVERITY = { ok: 0, degraded: 1, down: 2 } as const;

/**
 * Tells the operator of a disk that fills up, once for each step down. While it is full the database may take nothing: what could not be
 * told then is told when there is space again, and what there was nobody to tell when there is.
 */
function watchDisk({ db, clock, botId, config, disk = diskSpace }: NoticeOptions) {
  let before: keyof typeof SEVERITY = 'ok';
  let untold: keyof typeof SEVERITY = 'ok';
  let freeBytes = 0;
  return {
    async look(): Promise<void> {
      const { status, ...space } = await disk(config.dataDir);
      if (SEVERITY[status] > SEVERITY[before] && SEVERITY[status] > SEVERITY[untold]) untold = status;
      before = status;
      freeBytes = space.freeBytes;
    },
    async tell(operator: Person): Promise<void> {
      if (untold === 'ok') return;
      const trouble = { worst: untold, now: clock.now(), isFullNow: before === 'down', freeBytes };
      await db.transaction(async (tx) => {
        await enqueue(tx, botId, await diskNotice(tx, operator, trouble), { wake: () => {} });
      });
      untold = 'ok';
    },
  };
}

/** Starts the loop. */
export function startNotices(options: NoticeOptions): Loop {
  const watched = watchDisk(options);
  return startLoop({
    name: 'notices',
    beat: options.beat,
    onError: options.onError,
    async turn() {
      // The disk first: one that is full may take the database with it.
      await watched.look();
      const operator = await operatorOf(options);
      if (operator && operator !== 'silent') {
        await watched.tell(operator);
        await tellOperator(options, operator);
      }
      await tellOfAbsence(options);
      return operator === 'silent' ? SOON_MS : EVERY_MS;
    },
  });
}
