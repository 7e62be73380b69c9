/** Tells the operator of new kinds of errors and of a new version, and people of groups that are lost: looked at every minute, each told once whichever replica comes first. */
import type { Directory } from '../access/people.ts';
import type { Clock } from '../core/clock.ts';
import type { BotId } from '../core/ids.ts';
import { type Loop, startLoop } from '../core/loop.ts';
import { readChangelog, version } from '../core/version.ts';
import { absenceNotices } from '../features/groups/index.ts';
import { newVersionNotice, type Running, untoldErrorsNotice } from '../features/status/index.ts';
import { enqueue } from '../outbox/outbox.ts';
import type { Database } from '../storage/database.ts';

export interface NoticeOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly botId: BotId;
  readonly directory: Directory;
  readonly beat: (name: string) => void;
  readonly onError: (error: unknown) => void;
}

const EVERY_MS = 60_000;

const THIS: Running = { version, changelog: readChangelog };

/** Writes what the operator was not told yet into the outbox; the marks and the messages are one transaction. */
export async function tellOperator(
  { db, clock, botId, directory }: Omit<NoticeOptions, 'beat' | 'onError'>,
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

/** Starts the loop. */
export function startNotices(options: NoticeOptions): Loop {
  return startLoop({
    name: 'notices',
    beat: options.beat,
    onError: options.onError,
    async turn() {
      await tellOperator(options);
      await tellOfAbsence(options);
      return EVERY_MS;
    },
  });
}
