/** What every route of the control side is given, and how it reads its fields. */
import type { StandIn } from '../stand-in.ts';
import { SandboxMisuse } from '../users.ts';
import type { Params } from '../wire/params.ts';

export interface Request {
  readonly sandbox: StandIn;
  readonly params: Params;
  readonly path: Readonly<Record<string, string>>;
  /** Where the server is reached. */
  readonly root: string;
}

export type Route = readonly [pattern: RegExp, run: (request: Request) => unknown];

export function misuse(text: string): never {
  throw new SandboxMisuse(text);
}

export function required(params: Params, name: string): string {
  return params.text(name) ?? misuse(`"${name}" is missing`);
}

export function number(params: Params, name: string): number {
  return params.integer(name) ?? misuse(`"${name}" must be a whole number`);
}
