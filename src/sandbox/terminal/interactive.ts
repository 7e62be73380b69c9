/** The chat at a terminal: a prompt that stays below what arrives, history, pastes of several lines. */
import { clearScreenDown, createInterface, cursorTo, moveCursor } from 'node:readline';
import { PassThrough } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';
import type { Paint } from './drawing/style.ts';
import { displayWidth } from './drawing/width.ts';
import { lineEndSign, pasteFilter, pasteOff, pasteOn } from './paste.ts';
import type { ShownKeyboard, Transcript } from './transcript.ts';

/** What a terminal's input has besides being a stream. */
export interface TerminalInput extends NodeJS.ReadableStream {
  isTTY?: boolean;
  setRawMode?(mode: boolean): unknown;
}

export interface InteractiveOptions {
  readonly input: TerminalInput;
  readonly output: NodeJS.WritableStream & { columns?: number; rows?: number };
  readonly paint: Paint;
  readonly greeting: readonly string[];
  /** Commands to complete with Tab, with their slash. */
  readonly commands: () => readonly string[];
  readonly signal: AbortSignal;
}

export interface Interactive {
  /** Prints a block above the prompt; `over` draws it in the place of the last one, which nothing has followed. */
  readonly print: (lines: readonly string[], over: boolean) => void;
  /** Reads until the person leaves. */
  readonly run: (transcript: Transcript) => Promise<void>;
}

export function interactiveChat({ input, output, paint, greeting, commands, signal }: InteractiveOptions): Interactive {
  // Node's line editor reads from here, after pastes were taken out of what the terminal sends.
  const typed = new PassThrough();
  const editor = createInterface({
    input: typed,
    output,
    terminal: true,
    prompt: paint('› ', 'accent', 'bold'),
    removeHistoryDuplicates: true,
    completer: (line: string): [string[], string] => [
      commands().filter((name) => line !== '' && name.startsWith(line)),
      line,
    ],
  });
  let closed = false;

  /** Rows of the last block with the empty one after it. */
  let lastRows = 0;

  const print = (lines: readonly string[], over: boolean): void => {
    if (closed) return;
    // The line being typed is taken away and drawn again below.
    const { rows } = editor.getCursorPos();
    // What has left the screen at its top cannot be drawn over.
    const back = over && lastRows + rows < (output.rows ?? 0) ? lastRows : 0;
    moveCursor(output, 0, -rows - back);
    cursorTo(output, 0);
    clearScreenDown(output);
    output.write(`${lines.join('\n')}\n\n`);
    const columns = output.columns || Number.POSITIVE_INFINITY;
    lastRows = lines.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(displayWidth(stripVTControlCharacters(line)) / columns)),
      1,
    );
    editor.prompt(true);
  };

  const run = (transcript: Transcript): Promise<void> =>
    new Promise((resolve) => {
      const decoder = new StringDecoder('utf8');
      const filter = pasteFilter();
      // A number means the keyboard that was on the screen when its first digit was typed: what arrives meanwhile must not be pressed by accident.
      let keyboard: { readonly shown: ShownKeyboard | undefined } | undefined;
      const onData = (chunk: Buffer | string): void => {
        const text = filter(typeof chunk === 'string' ? chunk : decoder.write(chunk));
        if (text === '') return;
        if (editor.line === '') keyboard = { shown: transcript.keyboard };
        typed.write(text);
      };
      const leave = (): void => {
        if (closed) return;
        closed = true;
        input.off('data', onData);
        signal.removeEventListener('abort', leave);
        input.setRawMode?.(false);
        input.pause();
        editor.close();
        output.write(`${pasteOff}\n`);
        resolve();
      };
      editor.on('line', (line) => {
        const said = line.replaceAll(lineEndSign, '\n');
        if (['/quit', '/exit'].includes(said.trim())) {
          leave();
          return;
        }
        if (said.trim() !== '') {
          output.write('\n');
          transcript.say(said, keyboard ? keyboard.shown : transcript.keyboard);
        }
        keyboard = undefined;
        editor.prompt();
      });
      // As in a shell: Ctrl-C drops the line, on an empty one it leaves.
      editor.on('SIGINT', () => {
        if (editor.line === '') {
          leave();
          return;
        }
        output.write('^C\n');
        editor.write(null, { ctrl: true, name: 'e' });
        editor.write(null, { ctrl: true, name: 'u' });
      });
      editor.on('close', leave);
      input.on('end', leave);
      signal.addEventListener('abort', leave);
      input.setRawMode?.(true);
      input.on('data', onData);
      input.resume();
      output.write(`${pasteOn}${greeting.join('\n')}\n\n`);
      editor.prompt();
      if (signal.aborted) leave();
    });

  return { print, run };
}
