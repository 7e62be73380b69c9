/** What can be asked of the control side: one line a route, its path in a pattern, its fields named as the Bot API would name them. */
import type { Message, MessageEntity } from '@grammyjs/types';
import { updateTypes } from '../delivery/updates.ts';
import type { Effect } from '../faults/faults.ts';
import { checkEntities } from '../rules/entities.ts';
import type { MediaKind } from '../rules/media.ts';
import { wordsOf } from '../rules/words.ts';
import type { StandIn } from '../stand-in.ts';
import type { SandboxUser, SendOptions } from '../users.ts';
import { isObject, type JsonObject, type Params } from '../wire/params.ts';
import type { SeenMessage } from '../world.ts';
import { groupRoutes } from './groups.ts';
import { misuse, number, type Request, type Route, required } from './request.ts';

export const controlRoutes: readonly Route[] = [
  [/^GET $/, ({ sandbox, root }) => status(sandbox, root)],
  [/^POST users$/, ({ sandbox, params }) => newUser(sandbox, params).profile],
  [
    /^POST users\/(?<user>\d+)\/send$/,
    (request) => person(request).send(required(request.params, 'text'), sendOptions(request.params)),
  ],
  [
    /^POST users\/(?<user>\d+)\/edit$/,
    (request) =>
      person(request).edit(
        number(request.params, 'message_id'),
        required(request.params, 'text'),
        sendOptions(request.params),
      ),
  ],
  [/^POST users\/(?<user>\d+)\/press$/, press],
  [/^POST users\/(?<user>\d+)\/forward$/, forward],
  [/^POST users\/(?<user>\d+)\/file$/, sendFile],
  [
    /^POST users\/(?<user>\d+)\/location$/,
    (request) =>
      person(request).sendLocation(
        { latitude: request.params.number('latitude') ?? 0, longitude: request.params.number('longitude') ?? 0 },
        sendOptions(request.params),
      ),
  ],
  [
    /^POST users\/(?<user>\d+)\/contact$/,
    (request) =>
      person(request).sendContact(
        { phone_number: required(request.params, 'phone_number'), first_name: required(request.params, 'first_name') },
        sendOptions(request.params),
      ),
  ],
  [/^POST users\/(?<user>\d+)\/block$/, (request) => person(request).block()],
  [/^POST users\/(?<user>\d+)\/unblock$/, (request) => person(request).unblock()],
  ...groupRoutes,
  [/^POST updates$/, ({ sandbox, params }) => inject(sandbox, params)],
  [
    /^GET chats\/(?<chat>-?\d+)\/messages$/,
    ({ sandbox, params, path }) =>
      sandbox.messages(Number(path['chat']), { after: params.integer('after') ?? 0, deleted: params.flag('deleted') }),
  ],
  [/^GET chats\/(?<chat>-?\d+)\/wait$/, waitForMessage],
  [
    /^GET calls$/,
    ({ sandbox, params }) =>
      sandbox.journal.calls({
        method: params.text('method'),
        chatId: params.integer('chat'),
        after: params.integer('after'),
      }),
  ],
  [
    /^GET counters$/,
    ({ sandbox }) => ({
      ...sandbox.journal.counters,
      pendingUpdates: sandbox.updates.pending.size,
      lastOrder: sandbox.world.lastOrder,
    }),
  ],
  [/^GET lost$/, ({ sandbox }) => sandbox.lostMessages()],
  [
    /^GET queries\/(?<query>\d+)$/,
    ({ sandbox, path }) => sandbox.world.queries.get(path['query'] ?? '') ?? misuse('there is no such query'),
  ],
  [/^GET faults$/, ({ sandbox }) => sandbox.faults.list()],
  [
    /^POST faults$/,
    ({ sandbox, params }) => ({
      id: sandbox.faults.add({
        effect: effect(params.json('effect')),
        method: methods(params.values['method']),
        chatId: params.integer('chat'),
        count: params.integer('count'),
        after: params.integer('after'),
        probability: params.number('probability'),
      }),
    }),
  ],
  [/^DELETE faults$/, ({ sandbox }) => sandbox.faults.clear()],
  [
    /^DELETE faults\/(?<fault>\d+)$/,
    ({ sandbox, path }) => ({ removed: sandbox.faults.remove(Number(path['fault'])) }),
  ],
  [
    /^POST limits$/,
    ({ sandbox, params }) => {
      sandbox.limits.enabled = params.flag('enabled');
    },
  ],
  [
    /^POST disturb$/,
    ({ sandbox, params }) =>
      sandbox.disturb({ duplicate: params.number('duplicate') ?? 0, reorder: params.number('reorder') ?? 0 }),
  ],
  [
    /^POST token$/,
    ({ sandbox, params }) => {
      sandbox.revoked = params.flag('revoked');
    },
  ],
];

function status(sandbox: StandIn, root: string): JsonObject {
  return {
    api_root: root,
    bot: sandbox.world.me,
    chats: sandbox.world.rooms.size,
    pending_updates: sandbox.updates.pending.size,
    webhook: sandbox.delivery.webhookInfo().url,
    routes: controlRoutes.map(([pattern]) =>
      pattern.source.replace(/[\^$\\]/g, '').replace(/\(\?<(\w+)>[^)]*\)/g, ':$1'),
    ),
  };
}

/** The person of the path, made known when new. */
function person({ sandbox, path }: Request): SandboxUser {
  return sandbox.user(Number(path['user']));
}

function newUser(sandbox: StandIn, params: Params): SandboxUser {
  const [firstName, lastName, username, language] = ['first_name', 'last_name', 'username', 'language_code'].map(
    (name) => params.text(name),
  );
  return sandbox.user(number(params, 'id'), {
    ...(firstName === undefined ? {} : { first_name: firstName }),
    ...(lastName === undefined ? {} : { last_name: lastName }),
    ...(username === undefined ? {} : { username }),
    ...(language === undefined ? {} : { language_code: language }),
    ...(params.has('started') ? { started: params.flag('started') } : {}),
  });
}

function sendOptions(params: Params): SendOptions {
  const extra = params.json('extra');
  const entities = entityList(params);
  return {
    chat: params.integer('chat'),
    replyTo: params.integer('reply_to'),
    thread: params.integer('thread'),
    ...(entities ? { entities } : {}),
    ...(isObject(extra) ? { extra: extra as Partial<Message> } : {}),
  };
}

function entityList(params: Params): MessageEntity[] | undefined {
  const given = params.json('entities');
  return given === undefined ? undefined : checkEntities(given, params.text('text') ?? params.text('caption') ?? '');
}

function press(request: Request): unknown {
  const { params, sandbox } = request;
  const user = person(request);
  const chat = params.integer('chat') ?? user.id;
  const id = params.integer('message_id');
  // Without a message: the newest one with buttons, as someone looking at the chat would press.
  const target =
    id === undefined
      ? sandbox.messages(chat).findLast((seen) => seen.message.reply_markup !== undefined)
      : (sandbox.world.rooms.get(chat)?.messages.get(id) ?? undefined);
  if (!target) return misuse('there is no message with buttons');
  const data = params.text('data');
  return data === undefined ? user.press(target, required(params, 'button'), chat) : user.pressData(target, data);
}

function forward(request: Request): unknown {
  const { sandbox, params } = request;
  const from = sandbox.world.rooms.get(number(params, 'from_chat'));
  const message = from?.messages.get(number(params, 'message_id'))?.message;
  return message ? person(request).forward(message, sendOptions(params)) : misuse('there is no such message');
}

const kinds: readonly MediaKind[] = ['photo', 'document', 'voice', 'audio', 'video', 'animation'];

function sendFile(request: Request): unknown {
  const { params } = request;
  const kind = kinds.find((one) => one === (params.text('kind') ?? 'document')) ?? misuse('unknown kind of file');
  return person(request).sendFile(
    kind,
    {
      name: params.text('name') ?? 'file.bin',
      type: params.text('type') ?? 'application/octet-stream',
      bytes: Buffer.from(required(params, 'base64'), 'base64'),
      caption: params.text('caption'),
    },
    sendOptions(params),
  );
}

/** Any update, given whole: only its type is checked, so that a bot meets what Telegram may yet invent. */
function inject(sandbox: StandIn, params: Params): unknown {
  const types = Object.keys(params.values).filter((name) => name !== 'update_id' && name !== 'lane');
  if (types.length === 0) return misuse(`an update has one field, such as ${updateTypes[0]}`);
  const { lane: _, ...update } = params.values;
  return sandbox.inject(update, params.text('lane'));
}

async function waitForMessage({ sandbox, params, path }: Request): Promise<SeenMessage> {
  const contains = params.text('contains') ?? '';
  return sandbox.waitFor((seen) => (params.flag('any') || seen.fromBot) && wordsOf(seen.message).includes(contains), {
    chat: Number(path['chat']),
    after: params.integer('after'),
    timeoutMs: params.integer('timeout_ms'),
  });
}

function methods(value: unknown): string | string[] | undefined {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : undefined;
}

/** Parses the effect of a fault. Throws SandboxMisuse when it is none. */
function effect(value: unknown): Effect {
  if (!isObject(value)) return misuse('"effect" must be an object with a "kind"');
  const amount = (name: string, fallback: number): number => (typeof value[name] === 'number' ? value[name] : fallback);
  const accepted = value['accepted'] === true;
  switch (value['kind']) {
    case 'delay':
      return { kind: 'delay', ms: amount('ms', 1000) };
    case 'silence':
      return { kind: 'silence', accepted };
    case 'reset':
      return { kind: 'reset', accepted };
    case 'status':
      return { kind: 'status', code: amount('code', 502), accepted };
    case 'flood':
      return { kind: 'flood', seconds: amount('seconds', 5), scope: value['scope'] === 'global' ? 'global' : 'chat' };
    case 'refusal':
      return { kind: 'refusal', code: amount('code', 400), description: String(value['description'] ?? 'Bad Request') };
    case 'unauthorized':
    case 'blocked':
    case 'chat_not_found':
    case 'no_rich':
      return { kind: value['kind'] };
    default:
      return misuse(
        '"effect.kind" must be delay, silence, reset, status, flood, unauthorized, blocked, chat_not_found, no_rich or refusal',
      );
  }
}
