/** One attempt to send one message: renders it for this moment, calls Telegram, and says what became of it. */
import type { EpochMs } from '../../core/clock.ts';
import { ANSWER, DIGEST, FILE_PARAMETERS, type OutgoingContent, type OutgoingFile } from '../../outbox/outbox.ts';
import { ContentMissing } from '../../storage/contents/store.ts';
import { build } from '../builder.ts';
import type { DeliveryHandler } from '../feature.ts';
import type { Outcome, TelegramApi } from './api.ts';
import type { Claimed, Ending } from './claims.ts';
import type { Upload } from './upload.ts';

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

export interface AttemptOptions {
  readonly api: TelegramApi;
  readonly renderers: Partial<Record<'reminder' | 'digest' | 'notice', DeliveryHandler>>;
  /** The pieces of a kept file in order. */
  readonly content: (file: string) => AsyncIterable<Uint8Array>;
  /** The bytes kept under a checksum. Throws ContentMissing. */
  readonly kept: (sha256: string) => AsyncIterable<Uint8Array>;
}

const UNREACHABLE =
  /bot was blocked|user is deactivated|chat not found|bot was kicked|bot is not a member|have no rights|not enough rights|CHAT_WRITE_FORBIDDEN|PEER_ID_INVALID/i;
const CANNOT_EDIT =
  /message to edit not found|message can't be edited|MESSAGE_ID_INVALID|message identifier is not specified/i;
const NO_TOPIC = /thread not found|TOPIC_(?:CLOSED|DELETED|ID_INVALID)/i;
const GONE = /message to delete not found|message can't be deleted/i;
/** A message nobody could be told for a day is given up. */
const GIVE_UP_MS = 86_400_000;

interface Call {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly upload?: Upload;
  /** what to call where this one is refused as it is, or its bytes are not there any more */
  readonly otherwise?: Call;
  readonly isGone?: () => boolean;
}

/** Methods that make a message each time they are called. */
const MAKES_MESSAGE = new Set(['sendMessage', ...Object.keys(FILE_PARAMETERS)]);
const parameterOf = (method: string): string | undefined =>
  Object.entries(FILE_PARAMETERS).find(([name]) => name === method)?.[1];
/** The parameter that holds a message's words. */
const wordsOf = (method: string): string =>
  method === 'sendMessage' ? 'text' : parameterOf(method) === undefined ? '' : 'caption';

/** The ways to send a content, the best first: Telegram's own copy, its bytes as what it was, as a document, word that it is gone. */
function waysOf(method: string, params: Call['params'], file: OutgoingContent, options: AttemptOptions): Call {
  const { sha256, name, bytes, telegramFile, fits, missing } = file;
  const { caption: _, ...bare } = params;
  const said: Call = { method: 'sendMessage', params: { ...bare, text: missing } };
  const upload = (by: string, otherwise: Call): Call => {
    let gone = false;
    async function* content() {
      try {
        if (sha256 !== null) yield* options.kept(sha256);
      } catch (error) {
        gone = error instanceof ContentMissing;
        throw error;
      }
    }
    const field = parameterOf(by) ?? 'document';
    return { method: by, params, upload: { field, name, bytes, content }, otherwise, isGone: () => gone };
  };
  let way = sha256 === null ? said : upload('sendDocument', said);
  if (sha256 !== null && fits && method !== 'sendDocument') way = upload(method, way);
  if (telegramFile === null) return way;
  return { method, params: { ...params, [parameterOf(method) ?? 'document']: telegramFile }, otherwise: way };
}

/** The calls a message needs: one, or several for a delivery whose text is longer than one message. */
function calls(message: Claimed, options: AttemptOptions, now: EpochMs): Call[] {
  if (message.delivery === null) {
    const { repeatMark, file, ...params } = message.payload;
    const words = wordsOf(message.method);
    const marked =
      message.repeat && typeof params[words] === 'string' && typeof repeatMark === 'string'
        ? { ...params, [words]: `${params[words]}\n${repeatMark}` }
        : params;
    const call = { method: message.method, params: marked };
    if (file === undefined || parameterOf(message.method) === undefined) return [call];
    const sent = file as OutgoingFile | OutgoingContent;
    if (!('id' in sent)) return [waysOf(message.method, marked, sent, options)];
    const { id, name, bytes } = sent;
    return [{ ...call, upload: { field: 'document', name, bytes, content: () => options.content(id) } }];
  }
  const handler = options.renderers[message.delivery.kind];
  if (!handler) throw new Error(`nothing renders deliveries of kind ${message.delivery.kind}`);
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
  let messageId: number | null = null;
  for (const call of calls(message, options, now)) {
    const params = { chat_id: message.chatId, ...call.params };
    let { method } = call;
    let outcome = await options.api.call(method, params, undefined, call.upload);
    for (let { otherwise, isGone } = call; otherwise; { otherwise, isGone } = otherwise) {
      if (!isGone?.() && !(outcome.kind === 'refused' && isOurFault(outcome))) break;
      method = otherwise.method;
      const next = { chat_id: message.chatId, ...otherwise.params };
      outcome = await options.api.call(method, next, undefined, otherwise.upload);
    }
    if (outcome.kind === 'refused' && call.method === 'editMessageText' && CANNOT_EDIT.test(outcome.reason)) {
      const { message_id: _, ...fresh } = params as Record<string, unknown>;
      method = 'sendMessage';
      outcome = await options.api.call(method, fresh);
    }
    if (outcome.kind === 'refused' && 'message_thread_id' in params && NO_TOPIC.test(outcome.reason)) {
      // The topic was closed or deleted: what was to be said there is said to the whole group.
      const { message_thread_id: _, ...anywhere } = params as Record<string, unknown>;
      outcome = await options.api.call(method, anywhere);
    }
    let rejected: string | undefined;
    if (outcome.kind === 'refused' && isOurFault(outcome) && call.method === 'sendMessage') {
      rejected = outcome.reason;
      // Telegram will not have it as built: the words alone are better than silence.
      outcome = await options.api.call('sendMessage', {
        chat_id: message.chatId,
        text: params['text' as keyof typeof params],
      });
    }
    const bad = judge(message, outcome, now, { method, rejected });
    // What went before this part is there: all of it, sent once more, says that it is a repeat.
    if (bad && messageId !== null && bad.ending.state === 'due')
      return { ...bad, ending: { ...bad.ending, state: 'unknown' } };
    if (bad) return bad;
    if (outcome.kind === 'done') messageId = messageIdOf(outcome.result, call);
    if (rejected !== undefined) return { ending: ended(message, 'sent', { messageId }), rejected };
  }
  return { ending: ended(message, 'sent', { messageId }) };
}

function isOurFault(outcome: Extract<Outcome, { kind: 'refused' }>): boolean {
  return outcome.code === 400 && outcome.migrateTo === undefined && !UNREACHABLE.test(outcome.reason);
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
      if (/message is not modified/i.test(outcome.reason)) {
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
