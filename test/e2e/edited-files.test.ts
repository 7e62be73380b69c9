/** A message whose photo or file is replaced: what it brought is replaced with it, undoably; words edited alone bring nothing anew. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type FileStage, fileStage, picture, sha } from './file-stage.ts';
import type { Person, Steward } from './steward.ts';

let stage: FileStage;
let steward: Steward;
let owner: Person;
beforeAll(async () => {
  stage = await fileStage();
  ({ steward, owner } = stage);
});
afterAll(() => steward?.end());
beforeEach(async () => {
  await owner.say('/bulk_delete all');
  const offered = owner.texts().at(-1) ?? '';
  if (offered.startsWith('Delete'))
    await owner.press(offered.startsWith('Delete 1 ') ? 'Yes, this' : `Yes, all ${/\d+/.exec(offered)?.[0]}`);
});

const photo = (caption?: string) => ({
  ...{ name: 'x.png', type: 'image/png', bytes: picture() },
  ...(caption === undefined ? {} : { caption }),
});

/** Everything said because of an edit. */
async function edited(work: () => unknown): Promise<string[]> {
  const before = owner.texts().length;
  work();
  await stage.attached();
  await steward.quiet();
  return owner.texts().slice(before);
}

it('another photo takes the place of the one before, and undo brings that back with its bytes', async () => {
  const [first, second] = [photo('the receipt'), photo('the receipt')];
  const { message } = await stage.send('photo', first);
  const told = await edited(() => owner.user.editFile(message.message_id, 'photo', second));
  expect(told).toEqual(['📎 the receipt has the new file in its place.']);
  expect(await stage.attached()).toMatchObject([{ title: 'the receipt', state: 'kept', sha256: sha(second.bytes) }]);
  await owner.press('Undo');
  expect(await stage.attached()).toMatchObject([{ title: 'the receipt', state: 'kept', sha256: sha(first.bytes) }]);
  expect(await owner.say('/history')).toContain('Replaced a file of "the receipt"');
});

it('another caption alone leaves the file where it is; with another file both follow', async () => {
  const first = photo('the bill');
  const { message } = await stage.send('photo', first);
  expect(await edited(() => owner.user.edit(message.message_id, 'the bill of May'))).toEqual([
    expect.stringContaining('the bill of May'),
  ]);
  expect(await stage.attached()).toMatchObject([{ title: 'the bill of May', sha256: sha(first.bytes) }]);
  const next = photo('the bill of June');
  const told = await edited(() => owner.user.editFile(message.message_id, 'document', next));
  expect(told).toHaveLength(2);
  expect(await stage.attached()).toMatchObject([
    { title: 'the bill of June', kind: 'document', name: 'x.png', sha256: sha(next.bytes) },
  ]);
});

it('a file that was taken away does not come back with an edited caption', async () => {
  const { message } = await stage.send('photo', photo('the map'));
  await stage.attached();
  await owner.say(`/files remove ${await stage.newestFile()}`);
  await edited(() => owner.user.edit(message.message_id, 'the old map'));
  expect(await stage.attached()).toEqual([]);
});

it('a text that gets a photo has it attached', async () => {
  const message = owner.user.send('paint the door');
  await steward.quiet();
  const first = photo('paint the door');
  const told = await edited(() => owner.user.editFile(message.message_id, 'photo', first));
  expect(told).toEqual([expect.stringContaining('📎')]);
  expect(await stage.attached()).toMatchObject([{ title: 'paint the door', sha256: sha(first.bytes) }]);
});

it('of an album the one that was edited is replaced, the others stay', async () => {
  const files = [photo('the trip'), photo(), photo()];
  const sent = owner.user.sendAlbum('photo', files);
  await stage.attached();
  const next = photo();
  await edited(() => owner.user.editFile(sent[1]?.message_id ?? 0, 'photo', next));
  const kept = (await stage.attached()).map(({ sha256 }) => sha256);
  expect(new Set(kept)).toEqual(
    new Set([sha(files[0]?.bytes ?? next.bytes), sha(files[2]?.bytes ?? next.bytes), sha(next.bytes)]),
  );
  expect(kept).toHaveLength(3);
});

it('one that is too large is told, and what was there stays', async () => {
  const first = photo('the plan');
  const { message } = await stage.send('photo', first);
  const told = await edited(() =>
    owner.user.editFile(message.message_id, 'document', {
      ...photo('the plan'),
      bytes: Buffer.alloc(21 * 1024 * 1024),
    }),
  );
  expect(told.join('\n')).toContain('20 MB');
  expect(await stage.attached()).toMatchObject([{ sha256: sha(first.bytes) }]);
});

it('a file put to a task by a reply is replaced too, and its words describe it', async () => {
  await owner.say('call Bob');
  const reply = owner.seen().at(-1)?.message.message_id;
  const { message } = await stage.send('photo', photo('his number'), reply);
  await edited(() => owner.user.edit(message.message_id, 'his new number'));
  expect(await stage.attached()).toMatchObject([{ title: 'call Bob', description: 'his new number' }]);
  const next = photo('his new number');
  await edited(() => owner.user.editFile(message.message_id, 'photo', next));
  expect(await stage.attached()).toMatchObject([
    { title: 'call Bob', description: 'his new number', sha256: sha(next.bytes) },
  ]);
});
