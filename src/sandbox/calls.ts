/** One call of the Bot API from request to answer: token, faults, limits, the method, the record of it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorMessage } from '../core/errors.ts';
import { type Effect, type Faults, refusalOf } from './faults/faults.ts';
import type { Limits } from './faults/limits.ts';
import type { Journal } from './journal.ts';
import { type Delivery, Told } from './methods/call.ts';
import { methodOf } from './methods/index.ts';
import { readParams } from './wire/body.ts';
import { isObject, type JsonObject, Params } from './wire/params.ts';
import { Refusal, refusalBody, tooManyRequests, unauthorized } from './wire/refusal.ts';
import type { StoredMessage, World } from './world.ts';

/** What a call needs of the stand-in. */
export interface CallHost {
  readonly world: World;
  readonly delivery: Delivery;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly journal: Journal;
  readonly token: string;
  readonly revoked: boolean;
}

/** What became of a call's answer. `undefined` body: none is sent. */
interface Outcome {
  readonly code: number;
  readonly body: string | undefined;
  readonly description: string | undefined;
  readonly accepted: boolean;
  /** Cut the connection instead of answering. */
  readonly reset: boolean;
  readonly wrote: readonly StoredMessage[];
  /** Seconds, of a 429. */
  readonly retryAfter?: number | undefined;
}

/** Answers `/bot<TOKEN>/<method>`. Never rejects. */
export async function answerCall(
  sandbox: CallHost,
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
): Promise<void> {
  const hangup = new AbortController();
  // Aborting costs a DOMException: not for every call that ends as it should.
  response.on('close', () => {
    if (!response.writableFinished) hangup.abort();
  });
  let outcome: Outcome;
  let method = '';
  let params = new Params({});
  try {
    const address = parseAddress(url);
    params = await readParams(request, address.query);
    checkToken(sandbox, address.token);
    const found = methodOf(address.method);
    method = found.name;
    outcome = await perform(sandbox, found, params, hangup.signal);
  } catch (error) {
    outcome = refused(error);
  }
  const record = (delivered: boolean): void => {
    const answerLost = outcome.accepted && (!delivered || outcome.code >= 500);
    if (answerLost) for (const stored of outcome.wrote) stored.answerLost = true;
    sandbox.journal.record(
      {
        method,
        params: recordable(params),
        chatId: params.integer('chat_id'),
        at: sandbox.world.clock.now(),
        code: delivered ? outcome.code : 0,
        description: outcome.description,
        accepted: outcome.accepted,
        answerLost,
        messageId: outcome.wrote[0]?.message.message_id,
      },
      outcome.wrote.length,
    );
  };
  if (outcome.reset) {
    record(false);
    request.socket.resetAndDestroy();
    return;
  }
  if (outcome.body === undefined) {
    // Recorded at once: a test asks for it while the caller still waits.
    record(false);
    return;
  }
  if (hangup.signal.aborted) {
    record(false);
    return;
  }
  let recorded = false;
  const once = (delivered: boolean): void => {
    if (recorded) return;
    recorded = true;
    record(delivered);
  };
  response.once('close', () => once(response.writableFinished));
  if (outcome.retryAfter !== undefined) response.setHeader('retry-after', outcome.retryAfter);
  response.writeHead(outcome.code, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(outcome.body),
  });
  response.end(outcome.body, () => once(true));
}

/** Runs the method a bot wrote into its answer to a webhook; as with Telegram nobody learns its result. */
export async function executeBody(sandbox: CallHost, body: string): Promise<void> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return;
  }
  if (!isObject(parsed) || typeof parsed['method'] !== 'string') return;
  const { method, ...values } = parsed;
  const params = new Params(values);
  let outcome: Outcome;
  try {
    outcome = await perform(sandbox, methodOf(parsed['method']), params, new AbortController().signal);
  } catch (error) {
    outcome = refused(error);
  }
  sandbox.journal.record(
    {
      method: parsed['method'],
      params: recordable(params),
      chatId: params.integer('chat_id'),
      at: sandbox.world.clock.now(),
      code: outcome.code,
      description: outcome.description,
      accepted: outcome.accepted,
      answerLost: false,
      messageId: outcome.wrote[0]?.message.message_id,
    },
    outcome.wrote.length,
  );
}

/** `/bot<TOKEN>/<method>?query`; a trailing slash is forgiven. */
function parseAddress(url: string): { token: string; method: string; query: string } {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const slash = path.indexOf('/', 4);
  const token = slash < 0 ? path.slice(4) : path.slice(4, slash);
  return {
    token: token.replace(/%3a/i, ':'),
    method: slash < 0 ? '' : path.slice(slash + 1).replace(/\/$/, ''),
    query: mark < 0 ? '' : url.slice(mark + 1),
  };
}

/** A text that is no token at all is an unknown address; a wrong token is not authorised. */
function checkToken(sandbox: CallHost, token: string): void {
  if (!/^\d+:[\w-]+$/.test(token)) throw new Refusal(404, 'Not Found');
  if (token !== sandbox.token || sandbox.revoked) throw unauthorized();
}

async function perform(
  sandbox: CallHost,
  method: ReturnType<typeof methodOf>,
  params: Params,
  signal: AbortSignal,
): Promise<Outcome> {
  const chatId = params.integer('chat_id');
  let after: Extract<Effect, { accepted: boolean }> | undefined;
  for (const effect of sandbox.faults.strike(method.name.toLowerCase(), chatId)) {
    if (effect.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, effect.ms));
    if (effect.kind === 'flood')
      sandbox.limits.penalise(effect.scope === 'global' ? 'global' : (chatId ?? 'global'), effect.seconds);
    const isRich = params.has('rich_message') && !params.has('text');
    const refusal = refusalOf(effect, { method: method.name, isRich });
    if (refusal) throw refusal;
    if (effect.kind === 'silence' || effect.kind === 'reset' || effect.kind === 'status') {
      if (!effect.accepted) return lost(effect, []);
      after = effect;
    }
  }
  if (method.name !== 'getUpdates') {
    const wait = sandbox.limits.wait(chatId, method.writes);
    if (wait > 0) throw tooManyRequests(wait);
  }
  const wrote: StoredMessage[] = [];
  const { world, delivery } = sandbox;
  const answer: unknown = method.run({ world, delivery, params, signal, wrote });
  const result = answer instanceof Promise ? await answer : answer;
  if (after) return lost(after, wrote);
  return {
    code: 200,
    body: JSON.stringify(result instanceof Told ? { ok: true, ...result } : { ok: true, result }),
    description: undefined,
    accepted: true,
    reset: false,
    wrote,
  };
}

function lost(effect: Extract<Effect, { accepted: boolean }>, wrote: readonly StoredMessage[]): Outcome {
  const { accepted } = effect;
  if (effect.kind !== 'status') {
    return { code: 0, body: undefined, description: effect.kind, accepted, reset: effect.kind === 'reset', wrote };
  }
  const description = serverErrors[effect.code] ?? 'Internal Server Error';
  const body = JSON.stringify({ ok: false, error_code: effect.code, description });
  return { code: effect.code, body, description, accepted, reset: false, wrote };
}

const serverErrors: Readonly<Record<number, string>> = {
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

function refused(error: unknown): Outcome {
  const refusal = error instanceof Refusal ? error : new Refusal(500, `Internal Server Error: ${errorMessage(error)}`);
  return {
    code: refusal.code,
    body: refusalBody(refusal),
    retryAfter: refusal.parameters?.retry_after,
    description: refusal.message,
    accepted: false,
    reset: false,
    wrote: [],
  };
}

/** The parameters as the record keeps them: files by name and size. */
function recordable(params: Params): JsonObject {
  if (params.files.size === 0) return params.values;
  const files = [...params.files].map(([name, file]) => [name, { file: file.name, size: file.bytes.length }] as const);
  return { ...params.values, ...Object.fromEntries(files) };
}
