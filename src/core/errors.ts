/** The taxonomy of everything that can go wrong. Each edge (bot, HTTP, CLI, job) maps these once; anything else is a Bug. */

/** Arguments of a message in the Fluent files. */
export type MessageArguments = Record<string, string | number>;

abstract class StewardError extends Error {
  abstract readonly kind: 'user' | 'not_found' | 'conflict' | 'forbidden' | 'upstream' | 'bug' | 'configuration';
}

/** Told to the person as it is: `key` names a Fluent message. */
abstract class ToldError extends StewardError {
  readonly key: string;
  readonly args: MessageArguments;

  constructor(key: string, args: MessageArguments = {}) {
    super(key);
    this.key = key;
    this.args = args;
  }
}

/** The person can mend it: `key` names the Fluent message that says what happened and what to do. */
export class UserError extends ToldError {
  readonly kind = 'user';
}

/** The thing named is not there, or is not for this actor to know of: both look the same from outside. */
export class NotFound extends StewardError {
  readonly kind = 'not_found';
  readonly entity: string;
  readonly reference: string;

  constructor(entity: string, reference: string | number) {
    super(`${entity} ${reference} not found`);
    this.entity = entity;
    this.reference = String(reference);
  }
}

/** The state moved on since the request was made (a newer change, a second press). */
export class Conflict extends ToldError {
  readonly kind = 'conflict';
}

/** The actor is known but may not do this. */
export class Forbidden extends StewardError {
  readonly kind = 'forbidden';
}

/** An outside system failed or refused; `retryAfterMs` when it said for how long. */
export class Upstream extends StewardError {
  readonly kind = 'upstream';
  readonly system: string;
  readonly retryAfterMs: number | undefined;

  constructor(system: string, message: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message, { cause: options.cause });
    this.system = system;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** A promise of our own code was broken; never shown to a person but by reference id. */
export class Bug extends StewardError {
  readonly kind = 'bug';
}

/** The configuration is wrong; `faults` lists every one with its mend. Ends the process with exit code 78. */
export class ConfigurationError extends StewardError {
  readonly kind = 'configuration';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

/** The words of anything thrown. They may quote what a person wrote: logs take `safeMessage` of it (`src/observability/redaction.ts`). */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The code of anything thrown by system, database or library ('ENOENT', '23505'); undefined for anything else, which might be somebody's words. */
export function errorCode(error: unknown): string | undefined {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return (typeof code === 'string' || typeof code === 'number') && /^[A-Za-z0-9_]{1,60}$/.test(String(code))
    ? String(code)
    : undefined;
}
