/** The chat without a terminal: one message a line, its answers printed before the next line is read. */
import { StringDecoder } from 'node:string_decoder';
import type { Transcript } from './transcript.ts';

export interface PipedOptions {
  readonly input: NodeJS.ReadableStream;
  readonly transcript: Transcript;
  /** Resolves when the bot has handled every update and sent every answer. */
  readonly settled: () => Promise<void>;
  /** How long to stay after the end of input, in ms. */
  readonly waitMs: number;
  /** Whether anything may still come of itself; while it says no, waiting ends early. */
  readonly pending: (() => Promise<boolean>) | undefined;
  readonly signal: AbortSignal;
}

/** How often to ask whether anything is still to come. */
const askMs = 250;
/** How long a press may take to be answered after everything else is done: those answers go past the outbox. */
const pressMs = 500;

/** Runs until the end of input, `/quit` or the signal, then waits for what is still to come. */
export async function pipedChat(options: PipedOptions): Promise<void> {
  const { input, transcript, settled, signal } = options;
  for await (const line of lines(input, signal)) {
    if (line.trim() === '') continue;
    if (line.trim() === '/quit') break;
    transcript.say(line);
    await settled();
    const until = performance.now() + pressMs;
    while (!transcript.pressAnswered && performance.now() < until) await sleep(5, signal);
    transcript.flush();
  }
  if (signal.aborted) return;
  await settled();
  transcript.flush();
  const end = performance.now() + options.waitMs;
  while (!signal.aborted) {
    const left = end - performance.now();
    if (left <= 0 || (options.pending && !(await options.pending()))) break;
    await sleep(Math.min(askMs, left), signal);
    transcript.flush();
  }
  if (options.waitMs > 0 && !signal.aborted) {
    await settled();
    transcript.flush();
  }
}

/** Ends early, without an error, when the signal comes. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

/** The lines of a stream; the last one needs no line end. */
async function* lines(input: NodeJS.ReadableStream, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  const chunks = input[Symbol.asyncIterator]();
  const aborted = new Promise<{ done: true; value: undefined }>((resolve) => {
    signal.addEventListener('abort', () => resolve({ done: true, value: undefined }));
  });
  let rest = '';
  while (!signal.aborted) {
    const { done, value } = await Promise.race([chunks.next(), aborted]);
    rest += done ? decoder.end() : typeof value === 'string' ? value : decoder.write(value);
    const found = rest.split(/\r?\n/);
    rest = found.pop() ?? '';
    yield* found;
    if (done) break;
  }
  if (rest !== '' && !signal.aborted) yield rest;
}
