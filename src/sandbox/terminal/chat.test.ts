/** The terminal chat as it is used: piped line by line, and at a terminal with keys. */
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { Bot, type Context } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DrivenClock } from '../../core/clock.ts';
import { type Sandbox, startSandbox } from '../server.ts';
import { type TerminalChatOptions, terminalChat } from './chat.ts';

let sandbox: Sandbox;
let bot: Bot;
let running: Promise<void>;
let busy: number;
let answer: (context: Context) => Promise<unknown>;
const clock = new DrivenClock('2026-03-01T12:00:00Z');

beforeEach(async () => {
  sandbox = await startSandbox({ clock });
  bot = new Bot(sandbox.token, { client: { apiRoot: sandbox.url } });
  busy = 0;
  bot.use(async (context) => {
    busy += 1;
    try {
      await answer(context);
    } finally {
      busy -= 1;
    }
  });
  await new Promise<void>((resolve) => {
    running = bot.start({ onStart: () => resolve() });
  });
});

afterEach(async () => {
  await bot.stop();
  await running;
  await sandbox.stop();
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function settled(): Promise<void> {
  do await pause(5);
  while (busy > 0);
}

function collected(stream: PassThrough): () => string {
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  return () => text;
}

type Terminal = PassThrough & {
  isTTY?: boolean;
  columns?: number;
  rows?: number;
  setRawMode?: (mode: boolean) => unknown;
};

function options(input: Terminal, output: Terminal): TerminalChatOptions {
  return {
    server: sandbox,
    input,
    output,
    settled,
    clock,
    zone: 'Europe/Berlin',
    env: { LANG: 'en_GB.UTF-8', TERM: 'xterm' },
  };
}

/** Runs the chat on piped input and returns what it printed. */
async function piped(text: string, more: Partial<TerminalChatOptions> = {}): Promise<string> {
  const output = new PassThrough();
  const printed = collected(output);
  const input = new PassThrough();
  input.end(text);
  await terminalChat({ ...options(input, output), ...more });
  return printed();
}

/** A chat at a terminal: type into it, see what it shows without its escape codes. */
function atTerminal(more: Partial<TerminalChatOptions> = {}) {
  const input: Terminal = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const output: Terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 40 });
  const raw = collected(output);
  const ended = terminalChat({ ...options(input, output), ...more });
  const shown = (): string => stripVTControlCharacters(raw());
  const until = (text: string): Promise<void> => expect.poll(shown).toContain(text);
  return { input, ended, raw, shown, until, type: (keys: string) => input.write(keys) };
}

const button = (text: string, data = text) => ({ text, callback_data: data });
const keyboard = (...rows: ReturnType<typeof button>[][]) => ({ reply_markup: { inline_keyboard: rows } });

/** Echoes with an Undo button; a press edits the message and leaves a toast. */
const echo = async (context: Context): Promise<void> => {
  const data = context.callbackQuery?.data;
  if (data === undefined) {
    await context.reply(`heard: ${context.message?.text}`, keyboard([button('Undo'), button('Edit')]));
    return;
  }
  await context.editMessageText(`pressed ${data}`);
  await context.answerCallbackQuery('noted');
};

test('piped: each line is answered before the next, each answer printed once with its buttons', async () => {
  answer = echo;
  const printed = await piped('call Bob\n\n1\r\nlast without line end');
  expect(printed).toBe(
    [
      'heard: call Bob',
      '[1] Undo  [2] Edit',
      '',
      'pressed Undo',
      '· noted',
      '',
      'heard: last without line end',
      '[1] Undo  [2] Edit',
      '',
    ].join('\n'),
  );
});

test('piped: a slow answer is waited for, and several answers to one line stay in order', async () => {
  answer = async (context) => {
    await pause(60);
    await context.reply(`${context.message?.text} 1`);
    await context.reply(`${context.message?.text} 2`);
  };
  expect(await piped('a\nb\n')).toBe('a 1\n\na 2\n\nb 1\n\nb 2\n');
});

test('piped: edits of older messages are not printed again beside an answer', async () => {
  let first: number | undefined;
  answer = async (context) => {
    const sent = await context.reply(`heard ${context.message?.text}`);
    if (first === undefined) first = sent.message_id;
    else await context.api.editMessageText(1, first, 'changed in the background');
  };
  expect(await piped('a\nb\n')).toBe('heard a\n\nheard b\n');
});

test("piped: a task's own number presses its button, other buttons count round it, a backslash sends the number", async () => {
  answer = async (context) => {
    if (context.callbackQuery) {
      await context.answerCallbackQuery();
      await context.reply(`opened ${context.callbackQuery.data}`);
    } else
      await context.reply(
        `list for ${context.message?.text}`,
        keyboard([button('2', 'task 2'), button('15', 'task 15')], [button('Week'), button('Add')]),
      );
  };
  const printed = await piped('/list\n2\n15\n1\n3\n99\n\\15\n');
  expect(printed.split('\n').filter((line) => line.startsWith('['))).toContain('[1] Week  [3] Add');
  expect(printed.match(/opened .*|list for .*/g)).toEqual([
    'list for /list',
    'opened task 2',
    'opened task 15',
    'opened Week',
    'opened Add',
    'list for 99',
    'list for 15',
  ]);
});

test('piped: after the end of input it stays for what is still to come, and no longer', async () => {
  let pending = true;
  answer = async (context) => {
    await context.reply('ok');
    setTimeout(async () => {
      await context.api.sendMessage(1, 'reminder');
      pending = false;
    }, 100);
  };
  const before = performance.now();
  expect(await piped('remind me\n', { wait: 20_000, pending: async () => pending })).toBe('ok\n\nreminder\n');
  expect(performance.now() - before).toBeLessThan(10_000);
});

test('piped: /quit and a signal end it', async () => {
  answer = echo;
  expect(await piped('/quit\nnever sent\n')).toBe('');
  const input = new PassThrough();
  const output = new PassThrough();
  output.resume();
  const ended = terminalChat({ ...options(input, output), signal: AbortSignal.timeout(30) });
  await ended;
  expect(sandbox.messages(1)).toEqual([]);
});

test('piped: dates are shown in the zone of the reader, formatting leaves no escape codes', async () => {
  answer = (context) =>
    context.reply('due soon', {
      entities: [
        { type: 'bold', offset: 0, length: 3 },
        {
          type: 'date_time',
          offset: 4,
          length: 4,
          unix_time: Date.parse('2026-03-02T14:00:00Z') / 1000,
          date_time_format: 'wt',
        },
      ],
    });
  expect(await piped('x\n')).toBe('due Mon 15:00\n');
});

test('control characters of a message cannot steer the terminal', async () => {
  answer = (context) => context.reply('a\u009b2Jb');
  const terminal = atTerminal();
  terminal.type('x\r');
  await terminal.until('a2Jb');
  expect(terminal.raw()).not.toContain('\u009b');
  terminal.type('/quit\r');
  await terminal.ended;
});

test('at a terminal: a greeting, answers indented, a press by number, the edit marked', async () => {
  answer = echo;
  const terminal = atTerminal();
  await terminal.until('A number alone presses that button');
  terminal.type('call Bob\r');
  await terminal.until('  heard: call Bob\n  [1] Undo  [2] Edit');
  terminal.type('2\r');
  await terminal.until('  updated\n  pressed Edit');
  await terminal.until('· noted');
  terminal.type('\u0004');
  await terminal.ended;
  for (const line of terminal.shown().split('\n')) expect(line.length).toBeLessThanOrEqual(80 + 20);
});

test('at a terminal: a paste of several lines is one message', async () => {
  answer = async () => undefined;
  const terminal = atTerminal();
  await terminal.until('› ');
  terminal.type('\u001b[20');
  terminal.type('0~one\r\ntwo\n\tthree\u001b[201~');
  terminal.type(' end\r');
  await expect.poll(() => sandbox.messages(1).map((seen) => seen.message.text)).toEqual(['one\ntwo\n three end']);
  terminal.type('\u0003');
  await terminal.ended;
});

test('at a terminal: a number means the keyboard that was there when it was begun', async () => {
  answer = echo;
  const terminal = atTerminal();
  terminal.type('task\r');
  await terminal.until('[1] Undo');
  terminal.type('1');
  await bot.api.sendMessage(1, 'reminder', keyboard([button('Done')]));
  await terminal.until('[1] Done');
  terminal.type('\r');
  await terminal.until('pressed Undo');
  terminal.type('1\r');
  await terminal.until('pressed Done');
  terminal.type('/quit\r');
  await terminal.ended;
});

test('at a terminal: an older message that changes is only remarked, and what is being typed stays', async () => {
  answer = echo;
  const terminal = atTerminal();
  terminal.type('one\r');
  await terminal.until('heard: one');
  terminal.type('two\r');
  await terminal.until('heard: two');
  terminal.type('half a li');
  const first = sandbox.messages(1).find((seen) => seen.message.text === 'heard: one');
  await bot.api.editMessageText(1, first?.message.message_id ?? 0, 'changed');
  await terminal.until('· updated: changed');
  terminal.type('ne\r');
  await terminal.until('heard: half a line');
  terminal.type('/quit\r');
  await terminal.ended;
});

test('at a terminal: NO_COLOR leaves no colours', async () => {
  answer = echo;
  const terminal = atTerminal({ env: { LANG: 'C', TERM: 'xterm', NO_COLOR: '1' } });
  terminal.type('x\r');
  await terminal.until('[1] Undo');
  terminal.type('/quit\r');
  await terminal.ended;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for colours.
  expect(terminal.raw()).not.toMatch(/\u001b\[[0-9;]*m/);
});

test('at a terminal: a change of the message at the bottom is drawn in its place', async () => {
  answer = echo;
  const terminal = atTerminal();
  terminal.type('task\r');
  await terminal.until('[1] Undo');
  const seen = sandbox.messages(1).find(({ fromBot }) => fromBot);
  await bot.api.editMessageText(1, seen?.message.message_id ?? 0, 'ticking', keyboard([button('Stop')]));
  await terminal.until('ticking\n  [1] Stop');
  // Up over the prompt's row, the empty one and the two of the message; and no remark that it changed.
  expect(terminal.raw()).toContain('\u001b[3A');
  expect(terminal.shown()).not.toContain('updated');
  terminal.type('/quit\r');
  await terminal.ended;
});
