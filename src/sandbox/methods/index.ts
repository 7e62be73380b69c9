/** Every method of the Bot API by name: those that work here, and those that are told to be missing. */
import { badRequest, Refusal } from '../wire/refusal.ts';
import { absentMethods } from './absent.ts';
import { botMethods } from './bot.ts';
import type { Method } from './call.ts';
import { chatMethods } from './chats.ts';
import { mediaMethods } from './media.ts';
import { messageMethods } from './messages.ts';

/** Names as Telegram spells them, found in any case. */
const methods = new Map<string, { readonly name: string; readonly run: Method; readonly writes: boolean }>();

for (const [name, run] of Object.entries({ ...botMethods, ...messageMethods, ...mediaMethods, ...chatMethods })) {
  const writes = /^(?:send(?!ChatAction|MessageDraft)|copy|forward|editMessage)/.test(name);
  methods.set(name.toLowerCase(), { name, run, writes });
}
for (const name of absentMethods) {
  const run = (): never => {
    throw badRequest(`the sandbox does not have the method ${name}`);
  };
  methods.set(name.toLowerCase(), { name, run, writes: false });
}

/** The method of that name in any case; `writes` tells those that count against Telegram's limits. Throws a Refusal (404). */
export function methodOf(name: string): { readonly name: string; readonly run: Method; readonly writes: boolean } {
  const method = methods.get(name.toLowerCase());
  if (!method) throw new Refusal(404, 'Not Found: method not found');
  return method;
}
