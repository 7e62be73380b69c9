/** What is left of a fetch when it ended: nothing, however it ended. */
import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { FileNotFetched, type FileSource, fetchWhole } from './files.ts';

const WANTED = { fileId: 'a file', mostBytes: 100 };
const ofPieces = (...pieces: string[]): FileSource => ({
  async *fetch() {
    for (const piece of pieces) yield Buffer.from(piece);
  },
});

test('a file that was fetched is not kept by the signal that would have ended it', async () => {
  // One signal serves a process for its whole life: what listens to it keeps every piece it was raced with.
  const { signal } = new AbortController();
  const seen: number[] = [];
  const content = await fetchWhole(ofPieces('one ', 'file'), WANTED, signal, () =>
    seen.push(getEventListeners(signal, 'abort').length),
  );
  expect(content.toString()).toBe('one file');
  expect(seen).toEqual([1, 1]);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a file that breaks off leaves nothing behind either, and says why', async () => {
  const { signal } = new AbortController();
  const broken: FileSource = {
    // biome-ignore lint/correctness/useYield: it breaks before its first piece
    async *fetch() {
      throw new FileNotFetched('gone', 'Telegram does not hand it out');
    },
  };
  await expect(fetchWhole(broken, WANTED, signal, () => {})).rejects.toMatchObject({ why: 'gone' });
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('the end of the process ends a file in the middle of a silence', async () => {
  const ending = new AbortController();
  const silent: FileSource = {
    async *fetch() {
      yield Buffer.from('half');
      await new Promise(() => {});
    },
  };
  const fetched = fetchWhole(silent, WANTED, ending.signal, () => ending.abort());
  await expect(fetched).rejects.toMatchObject({ why: 'later' });
});

test('a process that is ending begins no file', async () => {
  const fetched = fetchWhole(ofPieces('one ', 'file'), WANTED, AbortSignal.abort(), () => {});
  await expect(fetched).rejects.toMatchObject({ why: 'later' });
});
