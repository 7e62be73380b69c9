/** One attempt to send one message: renders it for this moment, calls Telegram, and says what became of it. */
import type { EpochMs } from '../../core/clock.ts';
import { Bug } from '../../core/errors.ts';
import { ANSWER, DIGEST } from '../../outbox/outbox.ts';
import { build } from '../builder.ts';
import type { DeliveryHandlers } from '../feature.ts';
import type { Outcome, TelegramApi } from './api.ts';
import type { Claimed, Ending } from './claims.ts';
import { afresh, type Call, callOf, type FileSources, MAKES_MESSAGE } from './ways/calls.ts';
import type { NativeSupport } from './ways/native.ts';
import { CANNOT_EDIT, GONE, isOurFault, NO_TOPIC, NOT_MODIFIED, UNREACHABLE } from './ways/refusals.ts';

/** What an attempt tells beside its ending. */
export interface Attempted {
  readonly ending: Ending;
  /** Telegram asked this chat to wait, milliseconds */
  readonly limitedMs?: number;
  /** Telegram was not reached at all, or knows no such bot: everything waits */
  readonly outage?: 'unreached' | 'unauthorized';
  /** the chat refuses us */
  readonly unreachable?: string;
  readonly migrateTo?: number;
  /** Telegram refused what we built: our fault, to be stored */
  readonly rejected?: string;
}

export interface AttemptOptions extends FileSources {
  readonly api: TelegramApi;
  readonly renderers: DeliveryHandlers;
  /** What is known of the Bot API server and native messages. */
  readonly native: NativeSupport;
}

/** A message nobody could be told for a day is given up. */
const GIVE_UP_MS = 86_400_000;

/** The calls a message needs: one, or several for a delivery whose text is longer than one message. */
function calls(message: Claimed, options: AttemptOptions, now: EpochMs): Call[] {
  if (message.delivery === null) return [callOf(message, options, now)];
  const handler = options.renderers[message.delivery.kind];
  if (!handler) throw new Bug(`nothing renders deliveries of kind ${message.delivery.kind}`);
  const view = handler.render({
    payload: message.payload,
    deliveryId: message.delivery.id,
    dueAt: message.delivery.dueAt,
    now,
    repeat: message.repeat,
  });
  const { threadId } = message.payload;
  const topic = typeof threadId === 'number' ? { message_thread_id: threadId } : {};
  return build(view).map((part) => ({ method: 'sendMessage', params: { ...part, ...topic } }));
}

function ended(message: Claimed, state: Ending['state'], more: Partial<Ending> = {}): Ending {
  return { id: message.id, state, reason: null, messageId: null, notBefore: null, uncounted: false, ...more };
}

/** 0.3 s, 0.6 s, … up to a minute, a fifth more or less so that many do not return together. */
function backoff(attempts: number): number {
  return Math.min(60_000, 300 * 2 ** Math.min(attempts - 1, 10)) * (0.8 + Math.random() * 0.4);
}

function messageIdOf(result: unknown, call: Call): number | null {
  if (
    typeof result === 'object' &&
    result !== null &&
    'message_id' in result &&
    typeof result.message_id === 'number'
  ) {
    return result.message_id;
  }
  return typeof call.params['message_id'] === 'number' ? call.params['message_id'] : null;
}

/** Sends `message` once. Never rejects for anything Telegram does. */
export async function attempt(message: Claimed, options: AttemptOptions, now: EpochMs): Promise<Attempted> {
  /** why Telegram would not have the native form as we built it, where it took the plain one */
  let formRefused: string | undefined;
  /** Calls, and what stands behind it where Telegram refuses the form; tells which it was and what Telegram said. */
  async function tried(best: Call): Promise<{ readonly call: Call; readonly outcome: Outcome }> {
    let refused: Outcome | undefined;
    for (let call = best; ; ) {
      const params = { chat_id: message.chatId, ...call.params };
      const outcome = await options.api.call(call.method, params, undefined, call.upload);
      if (call.native && outcome.kind === 'done') options.native.took();
      if (!call.otherwise?.after(outcome)) {
        if (refused) formRefused = options.native.refused(refused, outcome, now);
        return { call, outcome };
      }
      if (call.native) refused = outcome;
      call = call.otherwise.call;
    }
  }

  let messageId: number | null = null;
  for (const best of calls(message, options, now)) {
    let { call, outcome } = await tried(best);
    if (outcome.kind === 'refused' && call.method === 'editMessageText' && CANNOT_EDIT.test(outcome.reason))
      ({ call, outcome } = await tried(afresh(call)));
    if (outcome.kind === 'refused' && 'message_thread_id' in call.params && NO_TOPIC.test(outcome.reason)) {
      // The topic was closed or deleted: what was to be said there is said to the whole group.
      const { message_thread_id: _, ...anywhere } = call.params;
      ({ call, outcome } = await tried({ ...call, params: anywhere }));
    }
    let rejected: string | undefined;
    if (isOurFault(outcome) && call.method === 'sendMessage') {
      rejected = outcome.reason;
      // Telegram will not have it as built: the words alone are better than silence.
      outcome = await options.api.call('sendMessage', { chat_id: message.chatId, text: call.params['text'] });
    }
    const bad = judge(message, outcome, now, { method: call.method, rejected });
    // What went before this part is there: all of it, sent once more, says that it is a repeat.
    if (bad && messageId !== null && bad.ending.state === 'due')
      return { ...bad, ending: { ...bad.ending, state: 'unknown' } };
    if (bad) return bad;
    if (outcome.kind === 'done') messageId = messageIdOf(outcome.result, call);
    if (rejected !== undefined) return { ending: ended(message, 'sent', { messageId }), rejected };
  }
  return {
    ending: ended(message, 'sent', { messageId }),
    ...(formRefused === undefined ? {} : { rejected: formRefused }),
  };
}

/** What was called last for a message, and why Telegram refused it as it was built, if it did. */
interface Made {
  readonly method: string;
  readonly rejected: string | undefined;
}

/** What an outcome other than done means; undefined when the message is as Telegram should have it. */
function judge(message: Claimed, outcome: Outcome, now: EpochMs, made: Made): Attempted | undefined {
  const tooOld = now - message.orderAt > GIVE_UP_MS;
  switch (outcome.kind) {
    case 'done':
      return undefined;
    case 'limited':
      return { ending: ended(message, 'due', { uncounted: true }), limitedMs: outcome.retryAfterMs };
    case 'unauthorized':
      return { ending: ended(message, 'due', { uncounted: true, reason: outcome.reason }), outage: 'unauthorized' };
    case 'unreached': {
      if (tooOld) return { ending: ended(message, 'failed', { reason: outcome.reason }) };
      const answered = /^5\d\d/.test(outcome.reason);
      const again = ended(message, 'due', {
        reason: outcome.reason,
        uncounted: !answered,
        notBefore: answered ? now + backoff(message.attempts) : null,
      });
      return answered ? { ending: again } : { ending: again, outage: 'unreached' };
    }
    case 'lost': {
      const notBefore = now + backoff(message.attempts + 1);
      const idempotent = !MAKES_MESSAGE.has(made.method);
      if (tooOld || message.priority === DIGEST)
        return { ending: ended(message, 'failed', { reason: outcome.reason }) };
      return { ending: ended(message, idempotent ? 'due' : 'unknown', { reason: outcome.reason, notBefore }) };
    }
    case 'refused': {
      if (NOT_MODIFIED.test(outcome.reason)) {
        const edited = message.payload['message_id'];
        return { ending: ended(message, 'sent', { messageId: typeof edited === 'number' ? edited : null }) };
      }
      if (outcome.migrateTo !== undefined) {
        return { ending: ended(message, 'due', { uncounted: true }), migrateTo: outcome.migrateTo };
      }
      if (GONE.test(outcome.reason)) return { ending: ended(message, 'sent', { reason: outcome.reason }) };
      const ending = ended(message, 'failed', { reason: outcome.reason });
      if (outcome.code === 403 || UNREACHABLE.test(outcome.reason)) return { ending, unreachable: outcome.reason };
      return { ending, rejected: made.rejected ?? outcome.reason };
    }
  }
}

/** What becomes of a message whose renderer failed: tried again later, then given up with its reason. */
export function unrendered(message: Claimed, now: EpochMs): Attempted {
  const notBefore = now + 5_000 * message.attempts;
  return {
    ending: ended(message, message.attempts >= 5 ? 'failed' : 'due', { reason: 'could not be rendered', notBefore }),
  };
}

/** True for messages that go one after another in their chat. */
export function isAnswer(message: Claimed): boolean {
  return message.priority === ANSWER;
}
