/** How each kind of value is read from its text. Every function throws an Error whose message completes "NAME …" and ends with the mend. */
import { isIP } from 'node:net';
import { Secret } from '../core/secret.ts';
import { canonicalZone } from '../core/zones.ts';
import { Refused, refusePasswordPlaceholder, refusePlaceholder, refuseTemplate, refuseWeak } from './placeholders.ts';

export type Parse<T> = (text: string) => T;

function shown(text: string): string {
  return text.length > 60 ? `"${text.slice(0, 57)}…"` : `"${text}"`;
}

function wholeWithin(text: string, least: number, most: number, besides = ''): number {
  const value = Number(text);
  if (!/^\d{1,15}$/.test(text) || value < least || value > most)
    throw new Refused(`is ${shown(text)}`, `give ${besides}a whole number from ${least} to ${most}`);
  return value;
}

/** A whole number within bounds. */
export function whole(least: number, most: number): Parse<number> {
  return (text) => wholeWithin(text, least, most);
}

/** A word that leaves the number to Steward, or a whole number within bounds. */
export function wholeOr<const T extends string>(word: T, least: number, most: number): Parse<number | T> {
  return (text) => (text.toLowerCase() === word ? word : wholeWithin(text, least, most, `${word} or `));
}

/** Yes or no, in the words people use for it. */
export const flag: Parse<boolean> = (text) => {
  const value = text.toLowerCase();
  if (['true', '1', 'yes', 'on'].includes(value)) return true;
  if (['false', '0', 'no', 'off'].includes(value)) return false;
  throw new Refused(`is ${shown(text)}`, 'give true or false');
};

/** One of `choices`, in any case. */
export function oneOf<const T extends string>(...choices: readonly T[]): Parse<T> {
  return (text) => {
    const found = choices.find((choice) => choice === text.toLowerCase());
    if (found === undefined) throw new Refused(`is ${shown(text)}`, `give one of ${choices.join(', ')}`);
    return found;
  };
}

function items(text: string): string[] {
  return text
    .split(/[,\s]+/)
    .map((item) => item.trim())
    .filter(Boolean);
}

/** Some of `choices`, comma separated, each once. */
export function someOf<const T extends string>(...choices: readonly T[]): Parse<readonly T[]> {
  return (text) => {
    const one = oneOf(...choices);
    return Object.freeze([...new Set(items(text).map(one))]);
  };
}

/** Telegram's numeric user ids; the first is the owner. */
export const userIds: Parse<readonly number[]> = (text) => {
  const ids = items(text).map((item) => {
    const id = Number(item);
    if (!/^\d{1,16}$/.test(item) || id <= 0 || !Number.isSafeInteger(id)) {
      const what = item.startsWith('@')
        ? `has ${shown(item)}, a user name: names can change hands`
        : item.startsWith('-')
          ? `has ${shown(item)}, the id of a group`
          : `has ${shown(item)}`;
      throw new Refused(
        what,
        'give numeric ids of people, comma separated; @userinfobot tells yours, `steward init` too',
      );
    }
    return id;
  });
  return Object.freeze([...new Set(ids)]);
};

/** An http(s) address without credentials, query or fragment; a closing slash is taken off. */
export const address: Parse<string> = (text) => {
  refuseTemplate(text);
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || !url.hostname)
    throw new Refused(`is ${shown(text)}, no web address`, 'give it whole, like https://steward.example.net');
  if (url.username || url.password) throw new Refused('holds a user name or password', 'leave them out of the address');
  if (url.search || url.hash) throw new Refused(`is ${shown(text)}`, 'leave out what follows ? or #');
  return text.replace(/\/+$/, '');
};

/** An IANA time zone, in its usual spelling. */
export const zone: Parse<string> = (text) => {
  const found = canonicalZone(text);
  if (!found) throw new Refused(`is ${shown(text)}, no time zone`, 'give an IANA name like Europe/Berlin');
  return found;
};

/** A secret that someone chose or was given; placeholders, examples and words everyone tries are refused. */
export const secret: Parse<Secret> = (text) => {
  refusePlaceholder(text);
  return new Secret(text);
};

/** The database's password: any characters. */
export const password: Parse<Secret> = (text) => {
  refusePasswordPlaceholder(text);
  return new Secret(text);
};

/** Taken as it is; `databaseConnection` reads it. */
export const databaseUrl: Parse<Secret> = (text) => new Secret(text);

/** A secret that proves who calls us: it must also be hard to guess. */
export const sharedSecret: Parse<Secret> = (text) => {
  refusePlaceholder(text);
  refuseWeak(text);
  return new Secret(text);
};

/** `secret_token` of setWebhook: Telegram allows these characters only. */
export const webhookSecret: Parse<Secret> = (text) => {
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(text))
    throw new Refused(
      'has characters Telegram refuses or is too long',
      'use 1 to 256 of A-Z a-z 0-9 _ and -, e.g. from `openssl rand -hex 32`',
    );
  return sharedSecret(text);
};

/** A bot's token: `<bot id>:<30 or more characters>`. */
export const botToken: Parse<Secret> = (text) => {
  refusePlaceholder(text);
  if (!/^\d+:[\w-]{30,}$/.test(text))
    throw new Refused(
      'is no bot token',
      'copy it whole from @BotFather, it looks like 8 to 10 digits, a colon and 35 characters',
    );
  return new Secret(text);
};

export interface MasterKey {
  /** Stored beside what the key encrypted. */
  readonly id: string;
  /** 32 bytes, base64. */
  readonly key: Secret;
}

/** `id:base64 of 32 bytes`, comma separated; the first encrypts, all decrypt. */
export const masterKeys: Parse<readonly MasterKey[]> = (text) => {
  const mend = 'give id:key, where the key is from `openssl rand -base64 32`';
  const keys = items(text).map((item) => {
    const [, id, key] = /^([A-Za-z0-9][\w.-]{0,31}):([A-Za-z0-9+/_-]+={0,2})$/.exec(item) ?? [];
    if (!id || !key) throw new Refused('has an entry that is not id:key', mend);
    const bytes = Buffer.from(key, 'base64');
    if (bytes.length !== 32) throw new Refused(`has a key (${id}) of ${bytes.length} bytes, not 32`, mend);
    if (new Set(bytes).size < 8) throw new Refused(`has a key (${id}) that is no random one`, mend);
    return Object.freeze({ id, key: new Secret(bytes.toString('base64')) });
  });
  if (new Set(keys.map((key) => key.id)).size < keys.length)
    throw new Refused('names one id twice', 'give each key an id of its own');
  return Object.freeze(keys);
};

/** How many proxies stand before us, or their addresses. Never "all": anyone could then claim any address. */
export const proxies: Parse<number | readonly string[]> = (text) => {
  if (/^\d+$/.test(text)) return whole(0, 10)(text);
  const list = items(text);
  for (const item of list) {
    const [ip = '', bits = '0', ...rest] = item.split('/');
    const named = ['loopback', 'linklocal', 'uniquelocal'].includes(item);
    if (!named && (isIP(ip) === 0 || rest.length > 0 || !/^\d{1,3}$/.test(bits)))
      throw new Refused(
        `has ${shown(item)}`,
        'give how many proxies stand in front (0 to 10), or their addresses (10.0.0.0/8)',
      );
  }
  return Object.freeze(list);
};

/** Host names, comma separated, with an optional port. */
export const hostNames: Parse<readonly string[]> = (text) => {
  for (const item of items(text)) {
    if (!/^(\[[0-9a-f:]+\]|[a-z0-9_.-]+)(:\d{1,5})?$/i.test(item))
      throw new Refused(`has ${shown(item)}`, 'give host names without https:// and path');
  }
  return Object.freeze(items(text).map((item) => item.toLowerCase()));
};

/** Where something is kept: a folder, or a bucket. */
export const place: Parse<string> = (text) => {
  if (/^s3:/i.test(text) && !/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[^?#]*)?$/.test(text))
    throw new Refused(`is ${shown(text)}`, 'give s3://bucket/prefix, or a folder');
  if (!/^s3:/i.test(text) && /^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    throw new Refused(`is ${shown(text)}`, 'give a folder or s3://bucket/prefix');
  return text;
};

/** `database`, `folder`, or a bucket. */
export const attachmentStore: Parse<string> = (text) => {
  if (text === 'database' || text === 'folder') return text;
  if (!text.startsWith('s3:')) throw new Refused(`is ${shown(text)}`, 'give database, folder or s3://bucket/prefix');
  return place(text);
};

/** `anthropic`, or the address of an OpenAI-compatible endpoint. */
export const assistantProvider: Parse<string> = (text) => (text === 'anthropic' ? text : address(text));

const CRON_BOUNDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

function isCronField(field: string, [least, most]: readonly [number, number]): boolean {
  return field.split(',').every((part) => {
    const [, from, to, step] = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part) ?? [];
    if (!/^[\d*]/.test(part) || (from === undefined && !part.startsWith('*'))) return false;
    const low = Number(from ?? least);
    const high = Number(to ?? from ?? most);
    return low >= least && high <= most && low <= high && step !== '0';
  });
}

/** A cron expression of five fields, or `off`. */
export const schedule: Parse<string> = (text) => {
  if (text.toLowerCase() === 'off') return 'off';
  const fields = text.split(/\s+/);
  const fits = fields.length === 5 && CRON_BOUNDS.every((bounds, index) => isCronField(fields[index] ?? '', bounds));
  if (!fits)
    throw new Refused(`is ${shown(text)}`, 'give minute, hour, day, month and weekday like "15 3 * * *", or off');
  return fields.join(' ');
};

/** Plain text that is no placeholder. */
export const plain: Parse<string> = (text) => {
  refusePlaceholder(text);
  return text;
};

/** A value of a known form; the value itself is not told. */
export function matching(form: RegExp, mend: string): Parse<string> {
  return (text) => {
    refusePlaceholder(text);
    if (!form.test(text)) throw new Refused('has another form than it should', mend);
    return text;
  };
}

/** A secret of a known form; the value is not told. */
export function secretMatching(form: RegExp, mend: string): Parse<Secret> {
  return (text) => new Secret(matching(form, mend)(text));
}
