/** Files that are too large, lost, false or hostile, over real HTTP: the task is kept, the bytes harm nobody, and what happened is told. */
import { deflateRawSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FileStage, fileStage, picture, sha } from './file-stage.ts';
import { type Person, type Steward, textOf, until } from './steward.ts';

let stage: FileStage;
let steward: Steward;
let owner: Person;
let { attached, send, told, titles, newestFile, sentBack } = {} as FileStage;
beforeAll(async () => {
  stage = await fileStage();
  ({ steward, owner, attached, send, told, titles, newestFile, sentBack } = stage);
});
afterAll(() => steward?.end());
afterEach(() => steward.sandbox.faults.clear());

describe('what cannot be as it should', () => {
  it('a file over 20 MB is not asked for: the task is there without it, and says why', async () => {
    const calls = steward.sandbox.journal.counters.calls;
    const { answers } = await send('video', {
      name: 'film.mp4',
      type: 'video/mp4',
      bytes: Buffer.alloc(20 * 1024 * 1024 + 1),
      caption: 'watch this',
    });
    expect(answers).toEqual([expect.stringContaining('The video is larger than the 20 MB Telegram hands me')]);
    expect(await titles()).toContain('watch this');
    expect((await attached()).filter((row) => row.title === 'watch this')).toEqual([]);
    expect(steward.sandbox.journal.calls({ method: 'getFile', after: calls })).toHaveLength(0);
  });

  it('Telegram that does not hand it out is told once, with a reference; the task stays', async () => {
    steward.sandbox.faults.add({
      method: 'getFile',
      effect: { kind: 'refusal', code: 400, description: 'Bad Request: wrong file_id' },
    });
    const newest = () => told().slice(-1).map(textOf).join('');
    const before = told().length;
    owner.sendAlbum(
      'photo',
      [1, 2, 3].map((index) => ({ name: `${index}.png`, type: 'image/png', bytes: picture() })),
    );
    await attached();
    await until('it is told', () =>
      owner.texts().some((text) => text.includes('Telegram did not hand me 3 of the files')),
    );
    await send('photo', { name: 'x.png', type: 'image/png', bytes: picture(), caption: 'lost photo' });
    await attached();
    await until('it is told', () => newest().startsWith('⚠️'));
    expect(newest()).toMatch(
      /^⚠️ Telegram did not hand me the photo\. The task is kept without it; send it again to attach it\.\nRef [0-9A-Z]{4}$/,
    );
    expect(told()).toHaveLength(before + 4);
    steward.sandbox.faults.clear();
    const warning = told().at(-1)?.message.message_id;
    const again = await send('photo', { name: 'x.png', type: 'image/png', bytes: picture() }, warning);
    expect(again.answers).toEqual(['📎 Put to lost photo.']);
    expect((await attached()).filter((row) => row.state === 'kept' && row.title === 'lost photo')).toHaveLength(1);
  });

  it('Telegram that is away is waited for, and a Steward that stopped meanwhile goes on', async () => {
    const bytes = picture();
    steward.sandbox.faults.add({ method: 'getFile', effect: { kind: 'reset', accepted: false } });
    await send('photo', { name: 'x.png', type: 'image/png', bytes, caption: 'through the storm' });
    expect(await titles()).toContain('through the storm');
    await steward.stop();
    steward.sandbox.faults.clear();
    // Whoever held it died: its time is over.
    await steward.db.query(`UPDATE files SET taken_until = NULL WHERE state = 'waiting'`);
    await steward.start();
    expect((await attached()).find((row) => row.title === 'through the storm')).toMatchObject({
      state: 'kept',
      sha256: sha(bytes),
    });
  });

  it('a Steward that is told to end does not wait for a file that does not come, and the next one fetches it', async () => {
    const bytes = picture();
    steward.sandbox.faults.add({ method: 'getFile', effect: { kind: 'delay', ms: 60_000 } });
    await send('photo', { name: 'x.png', type: 'image/png', bytes, caption: 'slow to come' });
    const { calls } = steward.sandbox.journal.counters;
    await steward.stop();
    // Telegram has still not answered: nobody waited for it.
    expect(steward.sandbox.journal.calls({ method: 'getFile', after: calls })).toEqual([]);
    steward.sandbox.faults.clear();
    await steward.start();
    expect((await attached()).find((row) => row.title === 'slow to come')).toMatchObject({ sha256: sha(bytes) });
  });

  it('markup, scripts, false names and bombs are plain bytes, never looked into, and go back as documents', async () => {
    const bomb = deflateRawSync(Buffer.alloc(50_000_000));
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(bomb.length, 18);
    head.writeUInt32LE(50_000_000, 22);
    head.writeUInt16LE(5, 26);
    const zip = Buffer.concat([head, Buffer.from('a.txt'), bomb]);
    const cases: Array<[string, string, Buffer, string]> = [
      [
        'image.svg',
        'image/svg+xml',
        Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        'application/octet-stream',
      ],
      ['page.html', 'text/html', Buffer.from('<!doctype html><script>alert(1)</script>'), 'application/octet-stream'],
      ['photo.jpg', 'image/jpeg', Buffer.from('MZ\u0090\0\u0003', 'latin1'), 'application/octet-stream'],
      ['cat.png', 'image/png', Buffer.from('  <html><body onload=alert(1)>'), 'application/octet-stream'],
      ['bomb.zip', 'application/zip', zip, 'application/zip'],
      ['empty-ish', 'x/y', Buffer.from('\0'), 'application/octet-stream'],
    ];
    const from = (await attached()).length;
    for (const [name, type, bytes] of cases) await send('document', { name, type, bytes });
    const rows = (await attached()).slice(from);
    expect(rows.map((row) => [row.name, row.mediaType])).toEqual(cases.map(([name, , , is]) => [name, is]));
    expect(rows.map((row) => row.sha256)).toEqual(cases.map(([, , bytes]) => sha(bytes)));
    await steward.db.query(`UPDATE files SET telegram_file = ''`);
    await owner.say('/files');
    const [{ id = 0 } = {}] = await steward.db.query<{ id: number }>(
      `SELECT id FROM attachments WHERE name = 'photo.jpg'`,
    );
    await owner.press(String(id));
    expect(owner.texts().at(-1)).toContain('not what its name says');
    await owner.press('Show');
    expect(sentBack()).toMatchObject({ kind: 'document', name: 'photo.jpg' });
  });

  it('identical content lies once, and bytes that are gone are said to be gone', async () => {
    const bytes = picture();
    for (const caption of ['first copy', 'second copy'])
      await send('document', { name: 'same.png', type: 'image/png', bytes, caption });
    const rows = (await attached()).filter((row) => row.sha256 === sha(bytes));
    expect(rows).toHaveLength(2);
    expect(await steward.db.query('SELECT 1 FROM contents WHERE sha256 = $1', [sha(bytes)])).toHaveLength(1);
    await steward.db.query(`UPDATE files SET telegram_file = '' WHERE sha256 = $1`, [sha(bytes)]);
    await steward.db.query('DELETE FROM content_parts WHERE sha256 = $1', [sha(bytes)]);
    await owner.say('/files');
    await owner.press(String(await newestFile()));
    expect(await owner.press('Show')).toContain('same.png is not there any more');
  });

  it('a file that Telegram forgot is sent from the copy kept here', async () => {
    const bytes = picture();
    await send('photo', { name: 'x.png', type: 'image/png', bytes, caption: 'forgotten there' });
    await attached();
    await steward.db.query(`UPDATE files SET telegram_file = 'AgACforgotten' WHERE sha256 = $1`, [sha(bytes)]);
    await owner.say('/files');
    await owner.press(String(await newestFile()));
    await owner.press('Show');
    const back = sentBack();
    expect(back.kind).toBe('photo');
    expect(back.bytes.equals(bytes)).toBe(true);
  });

  it('nobody’s files are seen by number from elsewhere', async () => {
    expect(await owner.say('/remove_attachment 999999')).toContain('There is no file 999999');
    expect(await owner.say('/files rename')).not.toMatch(/broke|undefined/);
  });

  it('none of it was a fault of Steward', () => {
    expect(steward.log.filter((line) => line.includes('"level":"error"') && !line.includes('"place":"files"'))).toEqual(
      [],
    );
  });
});
