/** Whether words in a group are meant for Steward: a command, its @name, or a reply to it. Pure. Everything else there is none of its business. */

/** Whom people address. */
export interface Addressee {
  /** Telegram's id of the bot */
  readonly id: number;
  /** The bot's name without '@'; undefined until Telegram told it. */
  readonly username: () => string | undefined;
  /** Whether a word behind a slash is a command or an older name of one. */
  readonly isCommand: (name: string) => boolean;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** '@name' as a word of its own, in any spelling; any bot's while the own name is not known. */
function mentionOf(username: string | undefined): RegExp {
  return new RegExp(`(?<![\\w@/.])@${username ?? '\\w+bot'}\\b`, 'i');
}

/** Whether a message (its fields as Telegram sent them) is meant for the bot. */
export function isAddressed(message: Json, bot: Addressee): boolean {
  const words = [message['text'], message['caption']].find((value) => typeof value === 'string') ?? '';
  const username = bot.username();
  const command = /^\/(\w{1,64})(?:@(\w+))?(?=\s|$)/.exec(words);
  // A command that names no bot is everybody's: taken where there is such a one, left to the other bots where there is not.
  if (command?.[1] && command[2] === undefined) return bot.isCommand(command[1].toLowerCase()) || isReply(message, bot);
  if (command?.[2] !== undefined) return isOwn(command[2], username);
  return isReply(message, bot) || mentionOf(username).test(words) || namesByEntity(message, bot, words, username);
}

function isOwn(name: string, username: string | undefined): boolean {
  return username === undefined || name.toLowerCase() === username.toLowerCase();
}

/** A reply to one of the bot's messages. In a topic every message "replies" to the one that opened it: that is no answer to anybody. */
function isReply(message: Json, bot: Addressee): boolean {
  const to = message['reply_to_message'];
  if (!isObject(to) || to['forum_topic_created'] !== undefined) return false;
  return isObject(to['from']) && to['from']['id'] === bot.id;
}

/** '/list@steward_bot' in the middle, or the bot's name as a link. */
function namesByEntity(message: Json, bot: Addressee, words: string, username: string | undefined): boolean {
  const entities = [message['entities'], message['caption_entities']].find(Array.isArray) ?? [];
  return entities.some((entity: unknown) => {
    if (!isObject(entity)) return false;
    const { type, user, offset, length } = entity;
    if (type === 'text_mention') return isObject(user) && user['id'] === bot.id;
    if (type !== 'bot_command' || typeof offset !== 'number' || typeof length !== 'number') return false;
    const name = words.slice(offset, offset + length).split('@')[1];
    return name !== undefined && isOwn(name, username);
  });
}

/** The words without the bot's name and what sets it off: what is left is what was said to it. */
export function withoutName(words: string, username: string | undefined): string {
  if (username === undefined) return words;
  const name = `(?<![\\w@/.])@${username}\\b`;
  return words
    .replace(new RegExp(`^\\s*${name}[,:]?`, 'i'), '')
    .replaceAll(new RegExp(`,?[^\\S\\n]*${name}(?=,)`, 'gi'), '')
    .replaceAll(new RegExp(`[^\\S\\n]*${name}`, 'gi'), '')
    .trim();
}
