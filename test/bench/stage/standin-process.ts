/** Telegram's stand-in as a process of its own, with the people of the bench in it: they write, and time what comes back. */
import { systemClock } from '../../../src/core/clock.ts';
import { startSandbox } from '../../../src/sandbox/index.ts';
import type { SeenMessage } from '../../../src/sandbox/world.ts';
import type { Load, Order, Reminded } from './standin.ts';

const sandbox = await startSandbox({
  limits: process.env['LIMITS'] === 'on',
  keep: { messages: 50, calls: 50 },
});

interface Waiting {
  readonly since: number;
  readonly answered: (ms: number) => void;
}

/** The newest messages of the bot in each chat, by id. */
const shown = new Map<number, Map<number, SeenMessage>>();
const MOST_SHOWN = 20;
const LONGEST_ANSWER_MS = 20_000;
const waiting = new Map<number, Waiting[]>();
/** Reminders as they arrived: when they were due and how late they were, milliseconds. */
let reminded: Reminded[] = [];
const DUE = /due (\d{13})/;

sandbox.watch((event) => {
  if ((event.kind !== 'message' && event.kind !== 'edit') || !event.seen.fromBot) return;
  const text = event.seen.message.text ?? '';
  const messages = shown.get(event.seen.chatId) ?? new Map<number, SeenMessage>();
  shown.set(event.seen.chatId, messages);
  messages.delete(event.seen.message.message_id);
  messages.set(event.seen.message.message_id, event.seen);
  for (const id of messages.keys()) if (messages.size > MOST_SHOWN) messages.delete(id);
  const due = DUE.exec(text)?.[1];
  if (due !== undefined) {
    reminded.push({ due: Number(due), late: systemClock.now() - Number(due), chat: event.seen.chatId });
    return;
  }
  const first = waiting.get(event.seen.chatId)?.shift();
  first?.answered(performance.now() - first.since);
});

/** Resolves when the bot's next message or edit is there; gives up after a while, so that what comes later is not taken for it. */
function answer(user: number, what: string, act: () => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const list = waiting.get(user) ?? [];
    waiting.set(user, list);
    const one: Waiting = {
      since: performance.now(),
      answered(ms) {
        clearTimeout(timer);
        resolve(ms);
      },
    };
    const timer = setTimeout(() => {
      waiting.set(
        user,
        list.filter((each) => each !== one),
      );
      reject(new Error(`no answer to ${what}`));
    }, LONGEST_ANSWER_MS);
    list.push(one);
    act();
  });
}

function ask(user: number, text: string): Promise<number> {
  return answer(user, text, () => sandbox.user(user).send(text));
}

const labelled = (seen: SeenMessage, label: string) =>
  (seen.message.reply_markup?.inline_keyboard ?? []).flat().find((button) => button.text.includes(label));

function press(user: number, label: string): Promise<number> {
  const seen = [...(shown.get(user)?.values() ?? [])].reverse().find((one) => labelled(one, label));
  const button = seen && labelled(seen, label);
  if (!seen || !button) throw new Error(`no message shows a button "${label}"`);
  return answer(user, `the button "${label}"`, () => sandbox.user(user).press(seen, button.text));
}

/** Everyone keeps `outstanding` messages unanswered; what is answered in the last `seconds` counts. */
async function load(order: Load): Promise<{ answers: number; seconds: number; replies: number[] }> {
  const replies: number[] = [];
  let count = 0;
  let counting = false;
  let over = false;
  const one = async (user: number): Promise<void> => {
    while (!over) {
      count += 1;
      const ms = await ask(user, order.text.replace('{n}', String(count)));
      if (counting) replies.push(ms);
    }
  };
  const people = order.users.flatMap((user) => Array.from({ length: order.outstanding }, () => one(user)));
  await new Promise((resolve) => setTimeout(resolve, order.warmSeconds * 1000));
  counting = true;
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, order.seconds * 1000));
  counting = false;
  const seconds = (performance.now() - start) / 1000;
  over = true;
  await Promise.race([Promise.all(people), new Promise((resolve) => setTimeout(resolve, 20_000))]);
  return { answers: replies.length, seconds, replies };
}

async function burst(user: number, texts: readonly string[]): Promise<number> {
  const start = performance.now();
  await Promise.all(texts.map((text) => ask(user, text)));
  return performance.now() - start;
}

function obey(order: Order): unknown {
  switch (order.do) {
    case 'ask':
      return ask(order.user, order.text);
    case 'press':
      return press(order.user, order.label);
    case 'load':
      return load(order);
    case 'burst':
      return burst(order.user, order.texts);
    case 'people':
      for (const user of order.users) sandbox.user(user);
      return undefined;
    case 'reminded':
      return reminded.length;
    case 'takeReminded': {
      const taken = reminded;
      reminded = [];
      return taken;
    }
    case 'counters':
      return sandbox.journal.counters;
  }
}

process.on('message', async (message: { id: number; order: Order }) => {
  try {
    process.send?.({ id: message.id, result: await obey(message.order) });
  } catch (error) {
    process.send?.({ id: message.id, error: error instanceof Error ? error.message : String(error) });
  }
});
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
process.send?.({ id: 0, result: { url: sandbox.url, token: sandbox.token } });
