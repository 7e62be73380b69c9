/** Files a bot sends: what Telegram takes for a photo, an album, a file sent again. */
import { Api, GrammyError, InputFile } from 'grammy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../server.ts';

let sandbox: Sandbox;
let api: Api;

beforeAll(async () => {
  sandbox = await startSandbox();
  sandbox.user(7);
  api = new Api(sandbox.token, { apiRoot: sandbox.url });
});
afterAll(() => sandbox.stop());

async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof GrammyError) return error.description;
    throw error;
  }
  throw new Error('the call was not refused');
}

/** The head of a PNG of that size: enough to be recognised. */
function png(width: number, height: number, bytes = 64): InputFile {
  const data = Buffer.alloc(bytes);
  data.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  data.writeUInt32BE(width, 16);
  data.writeUInt32BE(height, 20);
  return new InputFile(data, 'a.png');
}

test('a photo is a picture, of its own size', async () => {
  const { photo } = await api.sendPhoto(7, png(1200, 800));
  expect(photo.map(({ width, height }) => [width, height])).toEqual([[1200, 800]]);
  const gif = Buffer.from('GIF89a\x03\0\x02\0', 'latin1');
  expect((await api.sendPhoto(7, new InputFile(gif, 'a.gif'))).photo[0]).toMatchObject({ width: 3, height: 2 });
  const jpeg = Buffer.from('ffd8ffe000040000ffc000110801e0028003', 'hex');
  expect((await api.sendPhoto(7, new InputFile(jpeg, 'a.jpg'))).photo[0]).toMatchObject({ width: 640, height: 480 });
});

test('what is no picture, too large or too long for its width is no photo', async () => {
  const send = (file: InputFile) => refusal(api.sendPhoto(7, file));
  expect(await send(new InputFile(Buffer.from('<svg/>'), 'a.png'))).toBe('Bad Request: IMAGE_PROCESS_FAILED');
  expect(await send(png(6000, 4001))).toBe('Bad Request: PHOTO_INVALID_DIMENSIONS');
  expect(await send(png(100, 2001))).toBe('Bad Request: PHOTO_INVALID_DIMENSIONS');
  expect(await send(png(1, 1, 10 * 1024 * 1024 + 1))).toContain('is too big for a photo');
  expect(await send(new InputFile(Buffer.alloc(0), 'a.png'))).toBe('Bad Request: file must be non-empty');
});

test('a file sent again by its id stays what it was', async () => {
  const { photo } = await api.sendPhoto(7, png(10, 10));
  const id = photo[0]?.file_id ?? '';
  await api.sendPhoto(7, id);
  expect(await refusal(api.sendDocument(7, id))).toBe('Bad Request: type of file mismatch');
});

test('an album does not mix documents or sound with other kinds', async () => {
  const document = { type: 'document' as const, media: new InputFile(Buffer.from('1'), 'a.txt') };
  const photo = { type: 'photo' as const, media: png(1, 1) };
  // @ts-expect-error the types know that documents stand alone
  const mixed = api.raw.sendMediaGroup({ chat_id: 7, media: [document, photo] });
  expect(await refusal(mixed)).toBe("Bad Request: documents can't be mixed with other media types");
});
