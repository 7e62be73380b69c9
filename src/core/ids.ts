/** Branded identifiers, so that a task's id cannot be passed where a space's is meant, and random ones. */
import { randomBytes } from 'node:crypto';

declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

export type PersonId = Branded<number, 'person'>;
export type SpaceId = Branded<number, 'space'>;
export type TaskId = Branded<number, 'task'>;
export type ReminderId = Branded<number, 'reminder'>;
export type NoteId = Branded<number, 'note'>;
export type DeliveryId = Branded<number, 'delivery'>;
export type ActionId = Branded<number, 'action'>;
/** Telegram's chat id: 64 bit with at most 52 significant bits, negative for groups. */
export type ChatId = Branded<number, 'chat'>;
/** Telegram's id of the bot, the number before the colon of its token. */
export type BotId = Branded<number, 'bot'>;

/** Letters and digits that cannot be taken for one another. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A random text of `length` from an alphabet without look-alikes: references of errors, invitation codes. */
export function randomCode(length: number): string {
  let out = '';
  while (out.length < length) {
    for (const byte of randomBytes(length * 2)) {
      // 240 is the largest multiple of 30 below 256: a plain remainder would favour the first letters.
      if (byte < 240 && out.length < length) out += alphabet[byte % alphabet.length];
    }
  }
  return out;
}
