/** Fetches files that people sent: by Telegram's id, bounded in bytes and time, read as they come. */
import { get as httpGet, type IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import { type TelegramApi, TelegramFailure } from '../send/api.ts';

/** Why a file did not come. 'gone': Telegram has it no more; 'large': beyond the bound; 'later': worth another try. */
export class FileNotFetched extends Error {
  readonly why: 'gone' | 'large' | 'later';

  constructor(why: FileNotFetched['why'], message: string) {
    super(message);
    this.why = why;
  }
}

export interface FileSource {
  /** The file's bytes. Throws FileNotFetched, also in the middle. */
  fetch(fileId: string, mostBytes: number): AsyncGenerator<Buffer>;
}

/** Longest silence while a file comes. */
const SILENCE_MS = 15_000;

/** Makes the source of a bot's files. `root` is '' for Telegram's own. */
export function openFiles(options: {
  readonly api: TelegramApi;
  readonly token: string;
  readonly root: string;
}): FileSource {
  const root = (options.root === '' ? 'https://api.telegram.org' : options.root).replace(/\/+$/, '');

  function open(path: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const url = `${root}/file/bot${options.token}/${path}`;
      const request = (url.startsWith('http:') ? httpGet : httpsGet)(url, resolve);
      request.setTimeout(SILENCE_MS, () => request.destroy(new Error('silent')));
      request.on('error', reject);
    });
  }

  return {
    async *fetch(fileId, mostBytes) {
      const file = await options.api
        .ask<{ file_path?: string; file_size?: number }>('getFile', { file_id: fileId })
        .catch((error: unknown) => {
          const outcome = error instanceof TelegramFailure ? error.outcome : undefined;
          if (outcome?.kind !== 'refused') throw new FileNotFetched('later', 'Telegram was not reached');
          throw new FileNotFetched(/too big/i.test(outcome.reason) ? 'large' : 'gone', 'Telegram does not hand it out');
        });
      if (file.file_path === undefined) throw new FileNotFetched('gone', 'Telegram names no place');
      if ((file.file_size ?? 0) > mostBytes) throw new FileNotFetched('large', 'it is larger than announced');
      let bytes = 0;
      try {
        const response = await open(file.file_path);
        if (response.statusCode !== 200) {
          response.destroy();
          throw new FileNotFetched(
            response.statusCode === 404 ? 'gone' : 'later',
            `it is answered by ${response.statusCode}`,
          );
        }
        for await (const chunk of response as AsyncIterable<Buffer>) {
          bytes += chunk.length;
          if (bytes > mostBytes) throw new FileNotFetched('large', 'it is larger than it may be');
          yield chunk;
        }
        if (!response.complete) throw new FileNotFetched('later', 'it was cut');
      } catch (error) {
        // What the transport says may hold the address, and with it the token.
        throw error instanceof FileNotFetched ? error : new FileNotFetched('later', 'the connection broke');
      }
    },
  };
}

/** A file that drips for longer than this is left for another try: whoever waits behind it has waited enough. */
const LONGEST_FETCH_MS = 150_000;

/** The whole file in memory. `signal` ends it as the process ends; `came` is told of each piece. Throws FileNotFetched. */
export async function fetchWhole(
  files: FileSource,
  wanted: { readonly fileId: string; readonly mostBytes: number },
  signal: AbortSignal,
  came: () => void,
): Promise<Buffer> {
  const started = performance.now();
  const pieces: Buffer[] = [];
  const coming = files.fetch(wanted.fileId, wanted.mostBytes);
  const { promise: aborted, reject: end } = Promise.withResolvers<never>();
  const onAbort = () => end(new FileNotFetched('later', 'the process ends'));
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  // Nobody waits for it between two pieces.
  aborted.catch(() => {});
  try {
    for (;;) {
      const { done, value } = await Promise.race([coming.next(), aborted]);
      if (done) return Buffer.concat(pieces);
      pieces.push(value);
      came();
      if (performance.now() - started > LONGEST_FETCH_MS) throw new FileNotFetched('later', 'it comes too slowly');
    }
  } finally {
    // The signal lives as long as the process, and through `aborted` it would keep every piece of every file.
    signal.removeEventListener('abort', onAbort);
    // Not awaited: it may be in the middle of a silence.
    coming.return(undefined).catch(() => {});
  }
}
