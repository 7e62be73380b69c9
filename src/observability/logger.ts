/** The log: one JSON object a line on standard error, or lines for a person at a terminal. Never a message text, never a secret. */
import { AsyncLocalStorage } from 'node:async_hooks';
import winston from 'winston';
import { errorCode } from '../core/errors.ts';
import { redact, safeMessage } from './redaction.ts';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** Facts beside a message: ids, counts, names of ours. Contents of messages have no place here, and names that suggest them are refused. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Logger {
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  /** The same log under the name of a part. */
  part(component: string): Logger;
}

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly format: 'json' | 'pretty';
  /** Default: standard error; standard output belongs to the chat and the commands. */
  readonly stream?: NodeJS.WritableStream;
  readonly colors?: boolean;
}

/** Fields whose value would be what a person wrote. */
const CONTENTS = new Set(['text', 'title', 'body', 'payload', 'caption', 'notes', 'query', 'words', 'content']);
/** Names of the line itself, which no field may take over. */
const OWN = new Set(['level', 'message', 'time', 'component']);

const context = new AsyncLocalStorage<LogFields>();

/** Runs `work` with `fields` (updateId, requestId, ref) on every line logged in it. */
export function withLogContext<T>(fields: LogFields, work: () => T): T {
  return context.run({ ...context.getStore(), ...fields }, work);
}

function clean(fields: LogFields): Record<string, string | number | boolean | null> {
  const out: Record<string, string | number | boolean | null> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const key = OWN.has(name) ? `${name}_` : name;
    if (CONTENTS.has(name.toLowerCase())) out[key] = '[not logged]';
    else out[key] = typeof value === 'string' ? redact(value) : value;
  }
  return out;
}

const SIGNS: Readonly<Record<string, string>> = { error: '✗', warn: '⚠', info: '·', debug: ' ' };
const COLORS: Readonly<Record<string, string>> = { error: '31', warn: '33', info: '36', debug: '2' };

/** A line stays one line, and tells the terminal nothing: control characters, and those that turn the direction, are written out. */
function printable(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function pretty(colors: boolean) {
  const paint = (code: string, text: string) => (colors ? `\u001b[${code}m${text}\u001b[0m` : text);
  return winston.format.printf((info) => {
    const { level, message, time, component, ...fields } = info;
    const clock = String(time).slice(11, 19);
    const rest = Object.entries(fields)
      .map(([name, value]) => `${name}=${printable(String(value))}`)
      .join(' ');
    const sign = paint(COLORS[level] ?? '0', SIGNS[level] ?? '·');
    return [paint('2', clock), sign, printable(String(message)), rest === '' ? '' : paint('2', rest)]
      .filter(Boolean)
      .join(' ');
  });
}

/** Opens the log. */
export function createLogger(options: LoggerOptions): Logger {
  const stream = options.stream ?? process.stderr;
  // Whoever read the log went away (a closed pipe): no reason to end, and nobody left to tell.
  if (stream.listenerCount('error') === 0) stream.on('error', () => {});
  const winstonLogger = winston.createLogger({
    level: options.level,
    format: winston.format.combine(
      winston.format.timestamp({ alias: 'time' }),
      winston.format((info) => {
        delete info['timestamp'];
        return info;
      })(),
      options.format === 'json' ? winston.format.json() : pretty(options.colors ?? false),
    ),
    transports: [new winston.transports.Stream({ stream })],
  });
  const make = (component: string | undefined): Logger => {
    const write = (level: LogLevel, message: string, fields: LogFields = {}) => {
      if (!winstonLogger.isLevelEnabled(level)) return;
      winstonLogger.log({
        level,
        message: redact(message),
        ...(component === undefined ? {} : { component }),
        ...clean({ ...context.getStore(), ...fields }),
      });
    };
    return {
      error: (message, fields) => write('error', message, fields),
      warn: (message, fields) => write('warn', message, fields),
      info: (message, fields) => write('info', message, fields),
      debug: (message, fields) => write('debug', message, fields),
      part: (name) => make(name),
    };
  };
  return make(undefined);
}

/** What to log of anything thrown: class, code, message without secrets and without anybody's words. Never throws. */
export function errorFields(error: unknown): LogFields {
  const cause = error instanceof Error ? errorCode(error.cause) : undefined;
  return {
    error: errorName(error),
    code: errorCode(error),
    // Masked before it is cut: half a secret is one too.
    reason: safeMessage(error).slice(0, 500),
    ...(cause === undefined ? {} : { cause }),
  };
}

/** The class of anything thrown: 'TypeError', 'DatabaseError', 'string'. */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return error === null ? 'null' : typeof error;
  const { name } = error.constructor ?? Error;
  return /^[A-Za-z_$][\w$]{0,60}$/.test(name) ? name : 'Error';
}
