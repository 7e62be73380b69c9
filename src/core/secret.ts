/** A value that cannot be printed by accident: logs, JSON, templates and the inspector all show `[secret]`. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';

const SHOWN = '[secret]';

/** Holds a value apart from everything that prints. Only `reveal` gives it out. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself: call it where it is used, never to keep it. */
  reveal(): string {
    return this.#value;
  }

  /** Whether `candidate` is the value, in a time that tells nothing about it. */
  matches(candidate: string): boolean {
    const digest = (text: string) => createHash('sha256').update(text).digest();
    return timingSafeEqual(digest(this.#value), digest(candidate));
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [inspect.custom](): string {
    return SHOWN;
  }
}
