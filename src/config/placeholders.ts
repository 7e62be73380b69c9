/** Values nobody meant: what examples and templates hold in the place of a secret, and words everyone tries first. */

/** A value was refused; `what` completes "NAME …" and never holds the value of a secret. */
export class Refused extends Error {
  constructor(what: string, mend: string) {
    super(`${what}. Mend: ${mend}.`);
  }
}

const TEMPLATES = [/<[\w -]+>/, /\$\{\w+\}/, /\{\{.*\}\}/, /^\[.*\]$/, /your[-_ ]?(domain|host|server|url|site)/i];

const PLACEHOLDERS = [
  /^<.*>$/,
  /^\$\w+$/,
  /change[-_ ]?(me|this|it)/i,
  /(^|[-_:. ])(your|my)[-_ ].*(token|key|secret|password|id|bot|dsn)/i,
  /(replace|insert|put|enter|paste|fill)[-_ ]?(me|this|it|in|here|with|your)/i,
  /(token|key|secret|password|value)[-_ ]?(goes[-_ ]?)?here/i,
  /placeholder|example[-_ ]?(token|key|secret|password)|^dummy|^to-?do$|^tbd$/i,
  /^(.)\1{2,}$/,
  /x{5,}|^x{3,}$|\.{3}$|…/i,
  // The tokens that Telegram's own pages and many tutorials show.
  /^(123456:ABC-?DEF|123456789:ABC-?DEF|110201543:AAHdqTcvCH1|4839574812:AAFD39kkdp)/i,
];

const WEAK = new Set(
  (
    'password passw0rd pass secret token admin administrator root user test testing guest postgres postgresql steward ' +
    'telegram webhook default letmein welcome qwerty abc123 iloveyou changeit'
  ).split(' '),
);
const SHORTEST = 8;

/** Throws when `text` is a template someone forgot to fill. */
export function refuseTemplate(text: string): void {
  if (TEMPLATES.some((pattern) => pattern.test(text)))
    throw new Refused('holds a placeholder', 'put the real value in, or remove the line to leave it out');
}

/** Throws when `text` stands in the place of a secret. */
export function refusePlaceholder(text: string): void {
  refuseTemplate(text);
  if (PLACEHOLDERS.some((pattern) => pattern.test(text)))
    throw new Refused('holds a placeholder', 'put the real value in, or remove the line to leave it out');
}

/** A password may hold anything, so only a whole one that says what it stands for is refused. */
const PASSWORD_PLACEHOLDERS = [
  /^<[^<>]*>$/,
  /^\$\{?\w+\}?$/,
  /^\{\{.*\}\}$/,
  /^change[-_ ]?(me|this|it)[-!.\d]*$/i,
  /^(your|my|the|db|database)[-_ ]?(\w+[-_ ])?(password|secret)([-_ ]here)?$/i,
  /^(x{3,}|\*+|placeholder|to-?do)$/i,
];

/** Throws when the password `text` stands for another. */
export function refusePasswordPlaceholder(text: string): void {
  if (PASSWORD_PLACEHOLDERS.some((pattern) => pattern.test(text)))
    throw new Refused('holds a placeholder for the password', 'put the real one in');
}

/** Whether anyone would try it first. */
export function isWeak(text: string): boolean {
  const word = text.toLowerCase().replace(/[^a-z]+$/, '');
  return WEAK.has(text.toLowerCase()) || WEAK.has(word) || /^(\d)\1*$|^0?12345678?9?0?$/.test(text);
}

/** Throws when `text` can be guessed. */
export function refuseWeak(text: string): void {
  if (text.length < SHORTEST || isWeak(text) || new Set(text).size < 4)
    throw new Refused('can be guessed', 'use a random one, e.g. from `openssl rand -hex 32`');
}
