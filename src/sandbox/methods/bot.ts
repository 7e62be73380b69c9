/** The bot itself: identity, commands, descriptions, and how it receives its updates. */
import { updateTypes } from '../delivery/updates.ts';
import { isObject, Params } from '../wire/params.ts';
import { badRequest, Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { type Call, chatParam, type Method, Told } from './call.ts';

const getMe: Method = ({ world }) => world.me;

/** Telegram's longest long poll. */
const pollLimitSeconds = 50;

const getUpdates: Method = ({ delivery, params, signal }) => {
  delivery.allow(allowedUpdates(params));
  const limit = Math.min(Math.max(params.integer('limit') ?? 100, 1), 100);
  const timeout = Math.min(Math.max(params.integer('timeout') ?? 0, 0), pollLimitSeconds);
  return delivery.poll(params.integer('offset') ?? 0, limit, timeout * 1000, signal);
};

const known: ReadonlySet<unknown> = new Set(updateTypes);

/** The types asked for; undefined leaves the earlier setting. Unknown names are ignored, as Telegram does. */
function allowedUpdates(params: Params): readonly string[] | undefined {
  const given = params.json('allowed_updates', 'allowed_updates');
  if (given === undefined) return undefined;
  if (!Array.isArray(given)) throw badRequest("can't parse allowed_updates: expected an Array");
  return given.filter((type): type is string => known.has(type));
}

const setWebhook: Method = ({ delivery, params }) => {
  const url = params.text('url')?.trim() ?? '';
  const secret = params.text('secret_token');
  if (secret !== undefined && secret.length > 256) throw badRequest('secret token is too long');
  if (secret !== undefined && !/^[A-Za-z0-9_-]*$/.test(secret)) {
    throw badRequest('secret token contains unallowed characters');
  }
  if (url !== '' && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) {
    throw badRequest('bad webhook: invalid webhook URL specified');
  }
  const allowed = allowedUpdates(params);
  if (params.flag('drop_pending_updates')) delivery.dropPending();
  delivery.allow(allowed);
  const maxConnections = Math.min(Math.max(params.integer('max_connections') ?? 40, 1), 100);
  const before = delivery.webhookInfo().url ?? '';
  delivery.setWebhook(url === '' ? undefined : { url, secretToken: secret || undefined, maxConnections });
  return url === '' ? removed(before) : new Told(true, 'Webhook was set');
};

const deleteWebhook: Method = ({ delivery, params }) => {
  if (params.flag('drop_pending_updates')) delivery.dropPending();
  const before = delivery.webhookInfo().url ?? '';
  delivery.setWebhook(undefined);
  return removed(before);
};

const removed = (before: string): Told =>
  new Told(true, before === '' ? 'Webhook is already deleted' : 'Webhook was deleted');

const getWebhookInfo: Method = ({ delivery }) => delivery.webhookInfo();

/** The key of a list of commands: its scope and language. */
function commandKey({ world, params }: Pick<Call, 'world' | 'params'>): string {
  const scope = params.json('scope', 'BotCommandScope') ?? { type: 'default' };
  if (!isObject(scope)) throw badRequest("can't parse BotCommandScope: expected an Object");
  const type = scope['type'];
  const chat = scope['chat_id'];
  switch (type) {
    case 'default':
    case 'all_private_chats':
    case 'all_group_chats':
    case 'all_chat_administrators':
      return `${type}/${languageCode(params)}`;
    case 'chat':
    case 'chat_administrators':
    case 'chat_member':
      if (chat === undefined) throw badRequest("can't parse BotCommandScope: chat_id is empty");
      knownChat(world, chat);
      return `${type}:${String(chat)}:${String(scope['user_id'] ?? '')}/${languageCode(params)}`;
    default:
      throw badRequest("can't parse BotCommandScope: unsupported type specified");
  }
}

/** A list for one chat needs the chat: one that nobody opened with the bot is not found. */
function knownChat(world: World, chat: unknown): void {
  const id = typeof chat === 'number' || typeof chat === 'string' ? new Params({ chat_id: chat }) : undefined;
  const room = id && world.rooms.get(id.integer('chat_id') ?? 0);
  if (!room || room.closed === 'not_started') throw badRequest('chat not found');
}

/** A two-letter language code; empty for everyone without a list of their own. */
function languageCode(params: Params): string {
  const code = params.text('language_code') ?? '';
  if (!/^(?:[a-z]{2})?$/.test(code)) throw badRequest('invalid language code specified');
  return code;
}

const setMyCommands: Method = ({ world, params }) => {
  const key = commandKey({ world, params });
  const given = params.json('commands', 'commands');
  if (!Array.isArray(given)) throw badRequest("can't parse commands: expected an Array");
  if (given.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  const commands = (given as readonly unknown[]).map((item) => {
    if (!isObject(item)) throw badRequest("can't parse BotCommand: expected an Object");
    const { command, description } = item;
    if (typeof command !== 'string') throw badRequest('can\'t parse BotCommand: Can\'t find field "command"');
    if (typeof description !== 'string') throw badRequest('can\'t parse BotCommand: Can\'t find field "description"');
    const name = command.replace(/^\//, '');
    if (!/^[a-z0-9_]{1,32}$/.test(name)) throw badRequest('BOT_COMMAND_INVALID');
    if (description.trim() === '' || description.length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
    return { command: name, description: description.trim() };
  });
  if (commands.length === 0) world.commands.delete(key);
  else world.commands.set(key, commands);
  return true;
};

const getMyCommands: Method = ({ world, params }) => world.commands.get(commandKey({ world, params })) ?? [];

const deleteMyCommands: Method = ({ world, params }) => {
  world.commands.delete(commandKey({ world, params }));
  return true;
};

function setText(kind: string, field: string, limit: number): Method {
  return ({ world, params }) => {
    const text = params.text(field) ?? '';
    if (text.length > limit) throw badRequest(`${kind.toUpperCase()}_TOO_LONG`);
    const key = `${kind}/${languageCode(params)}`;
    if (text === '') world.texts.delete(key);
    else world.texts.set(key, text);
    return true;
  };
}

function getText(kind: string, field: string): Method {
  return ({ world, params }) => ({
    [field]:
      world.texts.get(`${kind}/${languageCode(params)}`) ??
      world.texts.get(`${kind}/`) ??
      (kind === 'name' ? world.me.first_name : ''),
  });
}

const setChatMenuButton: Method = ({ world, params }) => {
  const button = params.json('menu_button', 'MenuButton') ?? { type: 'default' };
  if (!isObject(button) || !['commands', 'web_app', 'default'].includes(String(button['type']))) {
    throw badRequest("can't parse menu button: unsupported type specified");
  }
  world.menuButtons.set(menuChat({ world, params }), button);
  return true;
};

/** 0 stands for the default of all private chats. */
function menuChat({ world, params }: Pick<Call, 'world' | 'params'>): number {
  return params.has('chat_id') ? world.roomFor(chatParam(params)).chat.id : 0;
}

const getChatMenuButton: Method = ({ world, params }) =>
  world.menuButtons.get(menuChat({ world, params })) ?? world.menuButtons.get(0) ?? { type: 'commands' };

const close: Method = () => {
  throw new Refusal(429, 'Too Many Requests: retry after 600', { retry_after: 600 });
};

export const botMethods = {
  getMe,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  setMyCommands,
  getMyCommands,
  deleteMyCommands,
  setMyName: setText('name', 'name', 64),
  getMyName: getText('name', 'name'),
  setMyDescription: setText('description', 'description', 512),
  getMyDescription: getText('description', 'description'),
  setMyShortDescription: setText('short_description', 'short_description', 120),
  getMyShortDescription: getText('short_description', 'short_description'),
  setChatMenuButton,
  getChatMenuButton,
  logOut: () => true,
  close,
} satisfies Record<string, Method>;
