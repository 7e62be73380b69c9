/** Tells the operator of new kinds of errors, each once. */
import type { Person } from '../../access/people.ts';
import type { EpochMs } from '../../core/clock.ts';
import type { ChatId } from '../../core/ids.ts';
import { translator } from '../../locales/translator.ts';
import type { Outgoing } from '../../outbox/outbox.ts';
import type { Tx } from '../../storage/database.ts';
import { noticeOf } from '../../telegram/notice.ts';
import { takeUntold } from './service.ts';
import { newErrorsView } from './views.ts';

/** Errors in one notice; more wait for the next turn. */
const IN_ONE_NOTICE = 5;

/**
 * The notice of errors the operator was not told of, empty when there are none. Marks them told in `tx`: put the messages
 * into the outbox in the same transaction. Safe to run on every replica at once. An operator without a chat is told nothing,
 * and the errors stay untold.
 */
export async function untoldErrorsNotice(tx: Tx, operator: Person, now: EpochMs): Promise<Outgoing[]> {
  if (operator.telegramUserId === null) return [];
  const errors = await takeUntold(tx, now, IN_ONE_NOTICE);
  if (errors.length === 0) return [];
  const view = newErrorsView({ t: translator(operator.language), person: operator, now }, errors);
  return noticeOf(operator.telegramUserId as ChatId, view);
}
