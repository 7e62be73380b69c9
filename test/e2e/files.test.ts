/** Files people send, over real HTTP: they become tasks or go to one, and come back as they were. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FileStage, fileStage, picture, sha } from './file-stage.ts';
import { type Person, type Steward, textOf } from './steward.ts';

let stage: FileStage;
let steward: Steward;
let owner: Person;
let { attached, send, titles, newestFile, sentBack } = {} as FileStage;
beforeAll(async () => {
  stage = await fileStage();
  ({ steward, owner, attached, send, titles, newestFile, sentBack } = stage);
});
afterAll(() => steward?.end());

describe('a file becomes a task', () => {
  it('a photo without words is a task called by what it is and when it came; its bytes follow and come back as a photo', async () => {
    const bytes = picture();
    const { answers } = await send('photo', { name: 'x.png', type: 'image/png', bytes });
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatch(/^Photo, \d{1,2} \w+ \d\d:\d\d\n📎 1 file$/);
    expect((await attached()).at(-1)).toMatchObject({
      kind: 'photo',
      state: 'kept',
      sha256: sha(bytes),
      mediaType: 'image/png',
    });
    await owner.say('/files');
    await owner.press(String(await newestFile()));
    await owner.press('Show');
    const back = sentBack();
    expect(back.kind).toBe('photo');
    expect(back.bytes.equals(bytes)).toBe(true);
  });

  it('a caption goes through the grammar', async () => {
    const file = { name: 'a.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj') };
    const { answers } = await send('document', { ...file, caption: 'pay the invoice tomorrow 3pm !high @acme' });
    expect(answers[0]).toMatch(/^Pay the invoice\n📅 Tomorrow 15:00 · 🟠 high · 👤 Acme · 📎 1 file/i);
    expect((await attached()).at(-1)).toMatchObject({ name: 'a.pdf', mediaType: 'application/pdf' });
  });

  it('a caption that would be an order is a title: nothing is done, and the file is kept', async () => {
    await owner.say('/add -- feed the cat');
    await send('document', { name: 'b.bin', type: 'x/y', bytes: randomBytes(9), caption: 'delete feed the cat' });
    expect(await titles()).toContain('feed the cat');
    expect((await attached()).at(-1)).toMatchObject({ title: 'delete feed the cat', name: 'b.bin' });
  });

  it('"remind me" with a photo is a task that keeps the photo, and a reminder of it', async () => {
    const file = { name: 'x.png', type: 'image/png', bytes: picture() };
    const { answers } = await send('photo', { ...file, caption: 'remind me to pay this bill tomorrow at 9' });
    expect(answers).toEqual([
      expect.stringMatching(/^Pay this bill\n.*📎 1 file/),
      expect.stringMatching(/^⏰ Pay this bill\b/),
    ]);
    const [row] = await steward.db.query<{ title: string }>(
      `SELECT t.title FROM reminders r JOIN tasks t ON t.id = r.task_id JOIN attachments a ON a.task_id = t.id`,
    );
    expect(row?.title).toBe('Pay this bill');
  });

  it('a voice note, a recording and a video come back as what they were', async () => {
    const ogg = Buffer.concat([Buffer.from('OggS\0\u0002', 'latin1'), randomBytes(400)]);
    for (const [kind, type] of [
      ['voice', 'audio/ogg'],
      ['audio', 'audio/mpeg'],
      ['video', 'video/mp4'],
    ] as const) {
      const { answers } = await send(kind, {
        name: kind === 'audio' ? 'song.mp3' : '',
        type,
        bytes: ogg,
        duration: 65,
      });
      expect(answers[0]).toContain('📎 1 file');
      await attached();
      await owner.press('Edit');
      await owner.say(`/files`);
      await owner.press(String(await newestFile()));
      expect(owner.texts().at(-1)).toContain('1:05');
      await owner.press('Show');
      expect(sentBack().kind).toBe(kind);
      expect(sentBack().bytes.equals(ogg)).toBe(true);
    }
  });

  it('an album of ten is one task with ten files and one answer', async () => {
    const before = { tasks: (await titles()).length, seen: owner.seen().length, files: (await attached()).length };
    const files = Array.from({ length: 10 }, (_, index) => ({
      name: `p${index}.png`,
      type: 'image/png',
      bytes: picture(),
    }));
    owner.sendAlbum('photo', files);
    await steward.quiet();
    expect(await titles()).toHaveLength(before.tasks + 1);
    expect(owner.seen().slice(before.seen).map(textOf)).toEqual([
      expect.stringMatching(/^10 photos, .*\n📎 10 files$/),
    ]);
    const rows = (await attached()).slice(before.files);
    expect(rows.map((row) => row.sha256)).toEqual(files.map((file) => sha(file.bytes)));
    expect(new Set(rows.map((row) => row.name)).size).toBe(10);
  });

  it('a member of an album that comes long after the others joins their task; its words are read, and the one answer follows', async () => {
    const album = { extra: { media_group_id: 'late-one' } };
    const photo = () => ({ name: 'p.png', type: 'image/png', bytes: picture() });
    owner.user.sendFile('photo', photo(), album);
    await steward.quiet();
    const before = { tasks: (await titles()).length, seen: owner.seen().length, files: (await attached()).length };
    owner.user.sendFile('photo', photo(), album);
    await steward.quiet();
    expect(owner.seen()).toHaveLength(before.seen);
    owner.user.sendFile('photo', { ...photo(), caption: 'garden in spring !low' }, album);
    await steward.quiet();
    expect(await titles()).toHaveLength(before.tasks);
    expect((await titles()).at(-1)).toBe('Garden in spring');
    expect(owner.seen()).toHaveLength(before.seen);
    expect(owner.texts().at(-1)).toMatch(/Garden in spring\n.*📎 3 files/);
    expect((await attached()).slice(before.files)).toHaveLength(2);
  });
});

describe('a file goes to a task', () => {
  it('in reply to its message; its words describe it, and search finds both', async () => {
    await owner.say('paint the fence');
    const card = owner.seen().at(-1)?.message.message_id;
    const file = {
      name: 'colours.txt',
      type: 'text/plain',
      bytes: Buffer.from('green, white'),
      caption: 'the shop’s list',
    };
    const { answers } = await send('document', file, card);
    expect(answers).toEqual(['📎 Put to paint the fence.']);
    expect((await attached()).at(-1)).toMatchObject({
      title: 'paint the fence',
      name: 'colours.txt',
      description: 'the shop’s list',
      mediaType: 'text/plain',
    });
    expect(await owner.say('/search colours')).toContain('paint the fence');
    expect(await owner.say('/search shop')).toContain('paint the fence');
    await owner.say('/task paint the fence');
    expect(owner.texts().at(-1)).toContain('📎 1 file');
    expect(owner.buttons()).toContain('📎 Files');
  });

  it('is renamed, described, removed and brought back with its bytes', async () => {
    await owner.say('/task paint the fence');
    await owner.press('📎 Files');
    const id = await newestFile();
    await owner.press(String(id));
    await owner.press('Rename');
    expect(await owner.say('../../etc/\u202Egnp.exe')).toContain('📎 gnp.exe');
    await owner.press('Describe');
    expect(await owner.say('chosen by Ann')).toContain('chosen by Ann');
    expect(await owner.say(`/attachment_description ${id} "final"`)).toContain('final');
    expect(await owner.say(`/remove_attachment ${id}`)).toContain('Removed: gnp.exe.');
    expect(await owner.say('/attachments paint the fence')).toContain('0 files');
    expect(await owner.say('/undo')).toContain('The file "gnp.exe" is back.');
    expect(await owner.say('/attachments paint the fence')).toContain('gnp.exe');
    await steward.db.query(
      `UPDATE files SET telegram_file = '' WHERE id = (SELECT file_id FROM attachments WHERE id = $1)`,
      [id],
    );
    await owner.press(String(id));
    await owner.press('Show');
    expect(sentBack()).toMatchObject({ kind: 'document', name: 'gnp.exe', bytes: Buffer.from('green, white') });
    expect(await owner.say('/attachment_stats')).toMatch(/^📎 \d+ files · .* of 1024 MB/);
  });

  it('as LarryBot2 had it: the file first, then /attach in reply to it; or /attach, then the file', async () => {
    const tasks = await titles();
    const { message } = await send('document', { name: 'plan.txt', type: 'text/plain', bytes: Buffer.from('plan') });
    const [{ number = 0 } = {}] = await steward.db.query<{ number: number }>(
      `SELECT number FROM tasks WHERE title = 'paint the fence'`,
    );
    expect(await owner.say(`/attach ${number} "the plan"`, { replyTo: message.message_id })).toContain(
      'Moved to paint the fence',
    );
    expect(await titles()).toEqual(tasks);
    expect((await attached()).at(-1)).toMatchObject({
      title: 'paint the fence',
      name: 'plan.txt',
      description: 'the plan',
    });
    await owner.say('/undo');
    expect((await attached()).at(-1)).toMatchObject({ title: 'plan.txt' });
    expect(await owner.say(`/attach ${number}`)).toContain('Send the photo');
    const { answers } = await send('photo', { name: 'x.png', type: 'image/png', bytes: picture() });
    expect(answers).toEqual(['📎 Put to paint the fence.']);
  });

  it('goes with its task, and comes back with it', async () => {
    const before = (await attached()).length;
    expect(await owner.say('/delete paint the fence')).toMatch(/with .*📎 \d files?/);
    expect((await attached()).length).toBeLessThan(before);
    await owner.say('/undo');
    expect(await attached()).toHaveLength(before);
  });
});
