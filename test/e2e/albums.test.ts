/** Albums that Telegram brings twice, out of order and while Steward is restarted: each is one task, whole, answered once. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FileStage, fileStage, picture } from './file-stage.ts';
import { textOf } from './steward.ts';

const ALBUMS = 4;
let stage: FileStage;
beforeAll(async () => {
  stage = await fileStage({ mode: 'webhook' });
});
afterAll(() => stage?.steward.end());

it('each album is one task with all of its files and one answer, whatever comes twice, late or amid a restart', async () => {
  const { steward, owner, attached, titles } = stage;
  steward.sandbox.disturb({ duplicate: 0.5, reorder: 0.5 });
  const from = owner.seen().length;
  const names: string[] = [];
  for (let album = 1; album <= ALBUMS; album += 1) {
    const photos = Array.from({ length: 10 }, (_, index) => ({
      name: `${index}.png`,
      type: 'image/png',
      bytes: picture(),
      // Telegram puts the words of an album to one of its members.
      ...(index === album ? { caption: `album ${album}` } : {}),
    }));
    owner.sendAlbum('photo', photos);
    names.push(`album ${album}`);
    if (album % 2 === 0) continue;
    await steward.stop();
    await steward.start();
  }
  const rows = await attached();
  expect((await titles()).toSorted()).toEqual(names);
  for (const name of names) {
    const own = rows.filter((row) => row.title === name);
    expect(own.map((row) => row.state)).toEqual(Array.from({ length: 10 }, () => 'kept'));
    expect(new Set(own.map((row) => row.sha256)).size).toBe(10);
  }
  // Beside the restarts, which may cut an album in two before its answer left.
  const answers = owner.seen().slice(from).map(textOf);
  const whole = names.filter((_, index) => (index + 1) % 2 === 0);
  for (const name of whole)
    expect(answers.filter((text) => text.split('\n').includes(name))).toEqual([expect.stringMatching(/📎 \d+ files$/)]);
});
