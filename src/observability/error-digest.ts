/** What may be known of an error outside the process that threw it: class, code, a message without secrets and people's words, place. */
import { Bug, ConfigurationError, Conflict, Forbidden, NotFound, Upstream, UserError } from '../core/errors.ts';
import { redact } from './redaction.ts';

export interface ErrorDigest {
  /** The taxonomy's kind; `database` for PostgreSQL's own, `bug` for anything unforeseen. */
  readonly kind: string;
  /** The class, such as `TypeError`. */
  readonly name: string;
  /** PostgreSQL's or the system's code, such as `23505` or `ECONNREFUSED`. */
  readonly code: string | undefined;
  /** At most 500 characters. */
  readonly message: string;
  /** The first line of our own code on the stack, such as `src/queue/jobs.ts:88`. */
  readonly at: string | undefined;
}

/** A class or code of our own making or a library's: anything longer or stranger could carry a person's words. */
function identifier(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.-]{1,60}$/.test(value) ? value : undefined;
}

function property(error: object, name: string): unknown {
  return name in error ? (error as Record<string, unknown>)[name] : undefined;
}

/** PostgreSQL's own errors carry a severity and a five-character state. */
function isPostgresError(error: object): boolean {
  return typeof property(error, 'severity') === 'string' && /^[0-9A-Z]{5}$/.test(String(property(error, 'code')));
}

const ours = [UserError, NotFound, Conflict, Forbidden, Upstream, Bug, ConfigurationError] as const;

/** The kind by which errors are counted in `steward_errors_total`. */
export function kindOf(error: unknown): string {
  for (const type of ours) if (error instanceof type) return error.kind;
  return error instanceof Error && isPostgresError(error) ? 'database' : 'bug';
}

/** True for a broken promise of our own code: a Bug, or anything thrown that the taxonomy does not know. */
export function isUnexpected(error: unknown): boolean {
  return kindOf(error) === 'bug';
}

/**
 * Messages of parsers and of PostgreSQL quote the input they refused, which may be a person's words; Prisma's quote the whole call.
 * Our own classes name things, they do not quote.
 */
function safeMessage(error: Error): string {
  if (error.name.startsWith('PrismaClient')) return redact(error.message.trim().split('\n').at(-1) ?? '').slice(0, 500);
  const own = ours.some((type) => error instanceof type);
  const words = own ? error.message : error.message.replace(/(["'`“«])(?:(?!\1).)*(["'`”»])/gs, '$1…$2');
  const [line = ''] = redact(words).split('\n');
  return line.slice(0, 500);
}

const ownFrame = /((?:src|dist|test|scripts|bin)\/[\w./-]+:\d+)(?::\d+)?\)?$/;

function frames(error: Error): string[] {
  return (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
}

function firstOwnFrame(error: Error): string | undefined {
  for (const line of frames(error)) {
    if (line.includes('node_modules')) continue;
    const found = ownFrame.exec(line)?.[1];
    if (found) return found;
  }
  return undefined;
}

/** The digest of anything thrown, also of what is not an Error. Never throws. */
export function digestError(error: unknown): ErrorDigest {
  try {
    if (!(error instanceof Error)) {
      return { kind: 'bug', name: typeof error, code: undefined, message: 'not an Error was thrown', at: undefined };
    }
    const type = identifier(error.constructor?.name) ?? 'Error';
    const name = type === 'Error' ? (identifier(error.name) ?? type) : type;
    const code = identifier(property(error, 'code'));
    return { kind: kindOf(error), name, code, message: safeMessage(error), at: firstOwnFrame(error) };
  } catch {
    return { kind: 'bug', name: 'Error', code: undefined, message: 'the error could not be read', at: undefined };
  }
}

/** The stack without its head, which repeats the message; at most 20 frames. Undefined when there is none. */
export function stackOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const lines = frames(error).slice(0, 20);
  return lines.length > 0 ? redact(lines.map((line) => line.trim()).join('\n')) : undefined;
}
