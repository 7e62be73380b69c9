/** The errors of the Bot API as Telegram words them: a code, a description, sometimes parameters. */
import type { ResponseParameters } from '@grammyjs/types';

/** A call that Telegram refuses. `code` is also the HTTP status of the answer. */
export class Refusal extends Error {
  readonly code: number;
  readonly parameters: ResponseParameters | undefined;

  constructor(code: number, description: string, parameters?: ResponseParameters) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export const badRequest = (text: string, parameters?: ResponseParameters): Refusal =>
  new Refusal(400, `Bad Request: ${text}`, parameters);

export const forbidden = (text: string): Refusal => new Refusal(403, `Forbidden: ${text}`);

export const conflict = (text: string): Refusal => new Refusal(409, `Conflict: ${text}`);

export const unauthorized = (): Refusal => new Refusal(401, 'Unauthorized');

/** `seconds` is a whole number of at least 1, as Telegram gives it. */
export const tooManyRequests = (seconds: number): Refusal =>
  new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });

/** The JSON body of a refused call. */
export function refusalBody(refusal: Refusal): string {
  return JSON.stringify({
    ok: false,
    error_code: refusal.code,
    description: refusal.message,
    ...(refusal.parameters ? { parameters: refusal.parameters } : {}),
  });
}
