/** Files on their way: out through the outbox as documents, in from Telegram within bounds, and wiped when of no use. */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import type { ChatId } from '../../src/core/ids.ts';
import { enqueue, trimOutbox } from '../../src/outbox/outbox.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { keepFile } from '../../src/storage/contents/transfer-files.ts';
import { FileNotFetched, openFiles } from '../../src/telegram/receive/files.ts';
import { openTelegramApi } from '../../src/telegram/send/api.ts';
import { startSandbox, type TestBot, testBot } from '../support/bot.ts';
import { databaseOfFile } from '../support/postgres.ts';

const OWNER = 501;
const db = databaseOfFile(8);
let sandbox: Sandbox;
let running: TestBot;
beforeEach(async () => {
  await db.query('DELETE FROM outbox');
  sandbox = await startSandbox();
  sandbox.user(OWNER, { first_name: 'Olga' }).send('/start');
  running = await testBot({ db, sandbox, features: [], people: [OWNER] });
});
afterEach(async () => {
  await running.stop();
  await sandbox.stop();
});

async function* inPieces(content: Buffer, size = 100_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

async function sendFile(content: Buffer, name: string): Promise<string> {
  return db.transaction(async (tx) => {
    const file = await keepFile(tx, inPieces(content), systemClock.now());
    await enqueue(
      tx,
      running.botId,
      [
        {
          chatId: OWNER as ChatId,
          priority: 0,
          method: 'sendDocument',
          payload: { caption: 'Your data', repeatMark: '(repeat)', file: { id: file.id, name, bytes: file.bytes } },
        },
      ],
      { wake: () => {} },
    );
    return file.id;
  });
}

const documents = () =>
  sandbox
    .messages(OWNER)
    .filter((one) => one.fromBot && one.message.document)
    .map((one) => one.message);

const download = async (fileId: string, most = 20_000_000): Promise<Buffer> => {
  const api = openTelegramApi({ token: sandbox.token, root: sandbox.url, observe: () => {} });
  const pieces: Buffer[] = [];
  for await (const piece of openFiles({ api, token: sandbox.token, root: sandbox.url }).fetch(fileId, most))
    pieces.push(piece);
  return Buffer.concat(pieces);
};

it.each([1, 511, 512 * 1024, 1_700_001])('a document of %d bytes arrives as it was kept', async (bytes) => {
  const content = randomBytes(bytes);
  await sendFile(content, 'Ada’s "data".zip');
  await expect.poll(() => documents().length).toBe(1);
  const [message] = documents();
  expect(message).toMatchObject({
    caption: 'Your data',
    document: { file_size: bytes, file_name: 'Ada’s _data_.zip' },
  });
  expect((await download(message?.document?.file_id ?? '')).equals(content)).toBe(true);
});

it('one whose receipt was lost comes once more, marked; one refused for a moment once, unmarked', async () => {
  sandbox.faults.add({ method: 'sendDocument', count: 1, effect: { kind: 'reset', accepted: true } });
  await sendFile(randomBytes(700_000), 'a.zip');
  await expect.poll(() => documents().length).toBe(2);
  expect(documents().map((message) => message.caption)).toEqual(['Your data', 'Your data\n(repeat)']);
  sandbox.faults.add({ method: 'sendDocument', count: 1, effect: { kind: 'flood', seconds: 1, scope: 'chat' } });
  await sendFile(randomBytes(1_000), 'b.zip');
  await expect.poll(() => documents().length).toBe(3);
  expect(documents().at(-1)?.caption).toBe('Your data');
});

it('a file is wiped an hour after it was sent, and kept while it waits', async () => {
  sandbox.faults.add({ method: 'sendDocument', effect: { kind: 'status', code: 500, accepted: false } });
  const file = await sendFile(randomBytes(600_000), 'a.zip');
  const pieces = () => db.query('SELECT part FROM transfer_files WHERE file = $1', [file]);
  await trimOutbox(db, systemClock.now() + 2 * 3_600_000);
  expect(await pieces()).toHaveLength(2);
  sandbox.faults.clear();
  await expect.poll(() => documents().length).toBe(1);
  await expect
    .poll(async () => (await db.query("SELECT 1 FROM outbox WHERE state = 'sent' AND method = 'sendDocument'")).length)
    .toBe(1);
  await trimOutbox(db, systemClock.now() + 30 * 60_000);
  expect(await pieces()).toHaveLength(2);
  await trimOutbox(db, systemClock.now() + 2 * 3_600_000);
  expect(await pieces()).toHaveLength(0);
});

it('a file larger than the bound, one that is gone and a Telegram that is away are told apart, without the token', async () => {
  const told = async (fetched: Promise<unknown>) => {
    const error = await fetched.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FileNotFetched);
    expect(String(error)).not.toContain(sandbox.token);
    return error instanceof FileNotFetched ? error.why : undefined;
  };
  const sent = sandbox
    .user(OWNER)
    .sendFile('document', { name: 'x.zip', type: 'application/zip', bytes: randomBytes(5_000) });
  const id = sent.document?.file_id ?? '';
  expect(await told(download(id, 4_999))).toBe('large');
  expect((await download(id, 5_000)).length).toBe(5_000);
  const big = sandbox
    .user(OWNER)
    .sendFile('document', { name: 'y.zip', type: 'application/zip', bytes: Buffer.alloc(21 * 1024 * 1024) });
  expect(await told(download(big.document?.file_id ?? ''))).toBe('large');
  expect(await told(download('nonsense'))).toBe('gone');
  const api = openTelegramApi({ token: sandbox.token, root: 'http://127.0.0.1:1', observe: () => {} });
  const away = openFiles({ api, token: sandbox.token, root: 'http://127.0.0.1:1' }).fetch('x', 10);
  expect(await told(away.next())).toBe('later');
});
