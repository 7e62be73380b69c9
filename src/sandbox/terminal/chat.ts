/** The terminal chat: one person at a terminal or a pipe, talking to whatever bot is on the stand-in. */
import type { Clock } from '../../core/clock.ts';
import type { StandIn } from '../stand-in.ts';
import type { Page } from './drawing/render.ts';
import { paintFor } from './drawing/style.ts';
import { interactiveChat, type TerminalInput } from './interactive.ts';
import { personOf } from './person.ts';
import { pipedChat } from './piped.ts';
import { Transcript } from './transcript.ts';

export interface TerminalChatOptions {
  readonly server: StandIn;
  readonly input: TerminalInput;
  readonly output: NodeJS.WritableStream & { isTTY?: boolean; columns?: number; rows?: number };
  /** Resolves when the bot has handled every update it took and sent every answer. */
  readonly settled: () => Promise<void>;
  /** With piped input: how long to stay after its end, in ms. */
  readonly wait?: number | undefined;
  /** With `wait`: whether anything may still come of itself; absent, the whole time is waited. */
  readonly pending?: (() => Promise<boolean>) | undefined;
  readonly clock: Clock;
  /** Environment for NO_COLOR, TERM, LANG; the process's by default. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** IANA zone dates are shown in; without one they stay in the words of the bot, which knows the zone the person told it. */
  readonly zone?: string | undefined;
  /** The id of the person at the terminal; 1 by default. */
  readonly userId?: number | undefined;
  /** Ends the chat from outside. */
  readonly signal?: AbortSignal | undefined;
  /** The same chat in the browser: its address, shown once, and a fresh one each time a used one was tried. */
  readonly page?: { readonly address: string; readonly onFresh: (tell: (address: string) => void) => void } | undefined;
}

const columnLimit = 80;
/** Changes that come together are printed together: a message and its first edit as one. */
const gatherMs = 30;

/** Runs the chat until the person leaves or, with piped input, all is said and answered. */
export async function terminalChat(options: TerminalChatOptions): Promise<void> {
  const { server, input, output } = options;
  const env = options.env ?? process.env;
  const person = personOf(env);
  const signal = options.signal ?? new AbortController().signal;
  const atTerminal = output.isTTY === true;
  const live = atTerminal && input.isTTY === true;
  const paint = paintFor(atTerminal, env);
  const user = server.user(options.userId ?? 1, { first_name: person.firstName, language_code: person.languageCode });
  const page = (): Page => ({
    columns: atTerminal ? Math.min(output.columns || columnLimit, columnLimit) : Number.POSITIVE_INFINITY,
    indent: live ? '  ' : '',
    paint,
    reader: { locale: person.locale, zone: options.zone, now: options.clock.now() },
  });

  let printed = 0;
  let flushing: NodeJS.Timeout | undefined;
  let answering = false;
  const terminal = live
    ? interactiveChat({
        input,
        output,
        paint,
        signal,
        greeting: [
          `${paint(server.world.me.first_name, 'bold')}${paint(` · local chat with ${person.firstName}`, 'dim')}`,
          paint('A number alone presses that button; all else is a message. /quit or Ctrl-D ends.', 'dim'),
          ...(options.page ? [paint(`In the browser: ${options.page.address}`, 'dim')] : []),
        ],
        commands: () =>
          [...new Set([...server.world.commands.values()].flat().map(({ command }) => `/${command}`))].sort(),
      })
    : undefined;
  options.page?.onFresh((address) => {
    terminal?.print([paint(`That address was used already. A new one: ${address}`, 'dim')], false);
  });
  const transcript = new Transcript({
    server,
    user,
    page,
    live,
    print:
      terminal?.print ??
      ((lines) => {
        output.write(`${printed > 0 ? '\n' : ''}${lines.join('\n')}\n`);
        printed += 1;
      }),
    onChange: () => {
      if (answering || flushing) return;
      flushing = setTimeout(() => {
        flushing = undefined;
        if (!answering) transcript.flush();
      }, gatherMs);
    },
  });
  try {
    if (terminal) await terminal.run(transcript);
    else {
      const settled = async (): Promise<void> => {
        answering = true;
        try {
          await Promise.race([server.updates.drained().then(options.settled), aborted(signal)]);
        } finally {
          answering = false;
        }
      };
      await pipedChat({ input, transcript, settled, waitMs: options.wait ?? 0, pending: options.pending, signal });
    }
  } finally {
    clearTimeout(flushing);
    transcript.stop();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
