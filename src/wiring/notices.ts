/** Tells the operator of new kinds of errors and of a new version, and people of groups that are lost: looked at every minute, each told once whichever replica comes first. */
import type { Directory } from '../access/people.ts';
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

const THIS: Running = { version, changelog: readChangelog };

/** Writes what the operator was not told yet into the outbox; the marks and the messages are one transaction. */
export async function tellOperator(
  { db, clock, botId, directory }: Pick<NoticeOptions, 'db' | 'clock' | 'botId' | 'directory'>,
  running: Running = THIS,
): Promise<void> {
  const operator = directory.people().find((person) => person.role === 'operator');
  if (!operator) return;
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
 * told then is told when there is space again.
 */
function watchDisk({ db, clock, botId, directory, config, disk = diskSpace }: NoticeOptions): () => Promise<void> {
  let told: keyof typeof SEVERITY = 'ok';
  let untold: keyof typeof SEVERITY = 'ok';
  return async () => {
    const { status, freeBytes } = await disk(config.dataDir);
    if (SEVERITY[status] > SEVERITY[told] && SEVERITY[status] > SEVERITY[untold]) untold = status;
    if (untold !== 'ok') {
      const worst = untold;
      const operator = directory.people().find((person) => person.role === 'operator');
      await db.transaction(async (tx) => {
        if (!operator) return;
        const notice = await diskNotice(tx, operator, {
          worst,
          now: clock.now(),
          isFullNow: status === 'down',
          freeBytes,
        });
        await enqueue(tx, botId, notice, { wake: () => {} });
      });
      untold = 'ok';
    }
    told = status;
  };
}

/** Starts the loop. */
export function startNotices(options: NoticeOptions): Loop {
  const tellOfDisk = watchDisk(options);
  return startLoop({
    name: 'notices',
    beat: options.beat,
    onError: options.onError,
    async turn() {
      await tellOfDisk();
      await tellOperator(options);
      await tellOfAbsence(options);
      return EVERY_MS;
    },
  });
}
