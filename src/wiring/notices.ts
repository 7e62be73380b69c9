/** Tells the operator of new kinds of errors: looked at every minute, each told once whichever replica comes first. */
import type { Directory } from '../access/people.ts';
import type { Clock } from '../core/clock.ts';
import type { BotId } from '../core/ids.ts';
import { type Loop, startLoop } from '../core/loop.ts';
import { untoldErrorsNotice } from '../features/status/index.ts';
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

/** Writes the notice of errors nobody told the operator of into the outbox; the marks and the message are one transaction. */
export async function tellOperator({
  db,
  clock,
  botId,
  directory,
}: Omit<NoticeOptions, 'beat' | 'onError'>): Promise<void> {
  const operator = directory.people().find((person) => person.role === 'operator');
  if (!operator) return;
  await db.transaction(async (tx) => {
    // The sender looks by itself within half a second: a notice need not wake it.
    await enqueue(tx, botId, await untoldErrorsNotice(tx, operator, clock.now()), { wake: () => {} });
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
      return EVERY_MS;
    },
  });
}
