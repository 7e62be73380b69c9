/** An update whose handling failed: its person is told what to do, or it is tried again, or put aside. */
import { readGroup } from '../../access/groups.ts';
import { adoptsLanguage, type Directory } from '../../access/people.ts';
import type { BotId, ChatId } from '../../core/ids.ts';
import { type Translator, translator } from '../../locales/translator.ts';
import { enqueue } from '../../outbox/outbox.ts';
import type { Database, Tx } from '../../storage/database.ts';
import { albumMembers, countAttempt, type Head, lockLane, markIfWaiting, park } from '../receive/inbox.ts';
import type { OwnClaims } from '../send/own-claims.ts';
import { newMessages } from './context.ts';
import { isOutOfRange } from './faults.ts';
import { parseUpdate } from './inbound.ts';
import { errorText, errorView } from './router.ts';

export interface FailingOptions {
  readonly db: Database;
  readonly botId: BotId;
  readonly directory: Directory;
  readonly wakeSender: () => void;
  /** lets the transaction that writes an answer claim it for this process's sender */
  readonly ownClaims: OwnClaims;
  /** Ends the client's waiting for a press, with a notice or none. May fail unseen. */
  readonly answerPress: (callbackId: string, text: string | undefined) => void;
  readonly events: {
    handled(type: string, outcome: 'told' | 'parked' | 'retried', seconds: number): void;
    /** Stores an unexpected error and returns its reference. */
    failed(error: unknown, place: string): Promise<string>;
    error(error: unknown): void;
  };
}

export interface Failing {
  /** Everything the update did is rolled back. Resolves to the milliseconds until its next try; null when it is settled. */
  failed(lane: ChatId, head: Head, error: unknown): Promise<number | null>;
  /** Gives the update up, with a reference for its person. */
  putAside(lane: ChatId, head: Head, error: unknown): Promise<void>;
}

/** Tries before an update is put aside; between them 0.3, 1 and 3 seconds. */
export const TRIES = 4;
const RETRY_MS = [300, 1_000, 3_000];
/** Longer notices than Telegram shows on a press are sent as messages. */
const LONGEST_NOTICE = 190;

/** Opens the treatment of failures of one dispatcher. */
export function openFailing(options: FailingOptions): Failing {
  const { db, botId, events } = options;

  /** In the language the answer would have had. Who writes for the first time is met only by what succeeds. */
  async function wordsFor({ type, payload, person }: Head): Promise<Translator> {
    const parsed = parseUpdate(type, payload);
    const group = parsed?.chatKind === 'group' ? options.directory.group(parsed.chatId) : undefined;
    if (group !== undefined) return translator((await readGroup(db, group.spaceId)).language);
    const code = parsed?.languageCode ?? '';
    return translator(person.name === '' && adoptsLanguage(person, code) ? code : person.language);
  }

  /** Answers with `text` in the transaction that takes the update, or its whole album, off the lane. `settle` says whether it was still there. */
  async function tell(
    lane: ChatId,
    head: Head,
    text: string,
    settle: (tx: Tx, updateIds: readonly number[]) => Promise<boolean>,
  ): Promise<void> {
    const parsed = parseUpdate(head.type, head.payload);
    const claim = options.ownClaims.open();
    const outlet = { wake: options.wakeSender, own: claim.outlet };
    const told = db.transaction(async (tx) => {
      // Another replica that took the lane meanwhile fails in the same way and tells it.
      if (!(await lockLane(tx, botId, lane))) return;
      const album = head.mediaGroup === null ? [] : await albumMembers(tx, botId, lane, head.mediaGroup);
      const members = album.map((member) => member.updateId);
      if (!(await settle(tx, members.length > 0 ? members : [head.updateId]))) return;
      if (parsed?.kind === 'press' && text.length <= LONGEST_NOTICE) {
        tx.afterCommit(() => options.answerPress(parsed.callbackId, text));
        return;
      }
      if (parsed?.kind === 'press') tx.afterCommit(() => options.answerPress(parsed.callbackId, undefined));
      await enqueue(tx, botId, newMessages(lane, errorView(text), '', head.receivedAt), outlet);
    });
    await told.then(
      () => claim.close(true),
      (fault: unknown) => {
        claim.close(false);
        throw fault;
      },
    );
  }

  async function putAside(lane: ChatId, head: Head, error: unknown): Promise<void> {
    const ref = await events.failed(error, `update.${head.type}`);
    const t = await wordsFor(head);
    const text = `${t.text('error-bug')}\n${t.text('error-reference', { reference: ref })}`;
    await tell(lane, head, text, (tx, updateIds) => park(tx, botId, updateIds, ref));
    events.handled(head.type, 'parked', 0);
  }

  return {
    putAside,
    async failed(lane, head, error) {
      const t = await wordsFor(head);
      // A press that names a number no row can have: nobody's button, or that of a forger.
      const text =
        errorText(t, error) ??
        (head.type === 'callback_query' && isOutOfRange(error) ? t.text('error-old-button') : undefined);
      if (text !== undefined) {
        await tell(lane, head, text, (tx, updateIds) => markIfWaiting(tx, botId, updateIds));
        events.handled(head.type, 'told', 0);
        return null;
      }
      events.error(error);
      const retryMs = RETRY_MS[head.attempts] ?? 3_000;
      const tries = await countAttempt(db, botId, head.updateId, retryMs);
      if (tries < TRIES) {
        events.handled(head.type, 'retried', 0);
        return retryMs;
      }
      await putAside(lane, head, error);
      return null;
    },
  };
}
