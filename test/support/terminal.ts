/** The terminal chat on a sandbox with a bot that the test scripts: piped input, or a terminal to type into. For tests of the chat. */
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { Bot, type Context } from 'grammy';
import { expect } from 'vitest';
import { DrivenClock } from '../../src/core/clock.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { type TerminalChatOptions, terminalChat } from '../../src/sandbox/terminal/chat.ts';

type Terminal = PassThrough & {
  isTTY?: boolean;
  columns?: number;
  rows?: number;
  setRawMode?: (mode: boolean) => unknown;
};

export interface TypedTerminal {
  readonly input: Terminal;
  readonly ended: Promise<void>;
  /** What it shows, with its escape codes. */
  raw(): string;
  /** … and without. */
  shown(): string;
  until(text: string): Promise<void>;
  type(keys: string): boolean;
}

export interface TerminalStage {
  /** What the bot does with every update; set by the test. */
  answer: (context: Context) => Promise<unknown>;
  readonly sandbox: Sandbox;
  readonly bot: Bot;
  options(input: Terminal, output: Terminal): TerminalChatOptions;
  /** Runs the chat on piped input and returns what it printed. */
  piped(text: string, more?: Partial<TerminalChatOptions>): Promise<string>;
  atTerminal(more?: Partial<TerminalChatOptions>): TypedTerminal;
  stop(): Promise<void>;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function collected(stream: PassThrough): () => string {
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  return () => text;
}

export const button = (text: string, data = text) => ({ text, callback_data: data });
export const keyboard = (...rows: ReturnType<typeof button>[][]) => ({ reply_markup: { inline_keyboard: rows } });

/** Echoes with an Undo button; a press edits the message and leaves a toast. */
export const echo = async (context: Context): Promise<void> => {
  const data = context.callbackQuery?.data;
  if (data === undefined) {
    await context.reply(`heard: ${context.message?.text}`, keyboard([button('Undo'), button('Edit')]));
    return;
  }
  await context.editMessageText(`pressed ${data}`);
  await context.answerCallbackQuery('noted');
};

/** A sandbox on 1 March 2026, 12:00 UTC, and a running bot that does nothing yet. */
export async function terminalStage(): Promise<TerminalStage> {
  const clock = new DrivenClock('2026-03-01T12:00:00Z');
  const sandbox = await startSandbox({ clock });
  const bot = new Bot(sandbox.token, { client: { apiRoot: sandbox.url } });
  let busy = 0;
  bot.use(async (context) => {
    busy += 1;
    try {
      await stage.answer(context);
    } finally {
      busy -= 1;
    }
  });

  async function settled(): Promise<void> {
    do await pause(5);
    while (busy > 0);
  }

  const stage: TerminalStage = {
    answer: async () => undefined,
    sandbox,
    bot,
    options: (input, output) => ({
      server: sandbox,
      input,
      output,
      settled,
      clock,
      zone: 'Europe/Berlin',
      env: { LANG: 'en_GB.UTF-8', TERM: 'xterm' },
    }),
    async piped(text, more = {}) {
      const output = new PassThrough();
      const printed = collected(output);
      const input = new PassThrough();
      input.end(text);
      await terminalChat({ ...stage.options(input, output), ...more });
      return printed();
    },
    atTerminal(more = {}) {
      const input: Terminal = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
      const output: Terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 40 });
      const raw = collected(output);
      const ended = terminalChat({ ...stage.options(input, output), ...more });
      const shown = (): string => stripVTControlCharacters(raw());
      const until = (text: string): Promise<void> => expect.poll(shown).toContain(text);
      return { input, ended, raw, shown, until, type: (keys) => input.write(keys) };
    },
    async stop() {
      await bot.stop();
      await running;
      await sandbox.stop();
    },
  };
  let running: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve) => {
    running = bot.start({ onStart: () => resolve() });
  });
  return stage;
}
