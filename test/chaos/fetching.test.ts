/** kill -9 of replicas in the middle of fetching files: every file comes, once, with its bytes, whoever died over it. */
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../e2e/steward.ts';
import { type Fleet, type Ground, startFleet, startGround } from './fleet.ts';

const OWNER = 8301;
const FILES = 8;

let ground: Ground;
let fleet: Fleet;
beforeAll(async () => {
  ground = await startGround();
  fleet = await startFleet(ground, { mode: 'webhook', people: [OWNER], count: 2 });
});
afterAll(async () => {
  await fleet?.end();
  await ground?.stop();
});

/** How many files a process is just fetching. */
async function underWay(): Promise<number> {
  const [row] = await fleet.db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM files WHERE state = 'waiting' AND taken_until > clock_timestamp()`,
  );
  return row?.count ?? 0;
}

test('of two replicas each is killed while it fetches, and every file is there once in the end', async () => {
  const [first, second] = fleet.replicas;
  if (!first || !second) throw new Error('there are two');
  const slow = fleet.sandbox.faults.add({ method: 'getFile', effect: { kind: 'delay', ms: 1_500 } });
  const owner = fleet.sandbox.user(OWNER);
  const sent = Array.from({ length: FILES }, () => randomBytes(200_000));
  for (const [index, bytes] of sent.entries())
    owner.sendFile('document', {
      name: `plan ${index}.bin`,
      type: 'application/octet-stream',
      bytes,
      caption: `file ${index}`,
    });
  await until('both fetch', async () => (await underWay()) === 2);
  await first.kill();
  await first.start();
  await until('both fetch again', async () => (await underWay()) === 2, 60_000);
  await second.kill();
  fleet.sandbox.faults.remove(slow);
  // A dead process's file is taken up once it has not been heard of for a while.
  await until(
    'every file came',
    async () => (await fleet.db.query(`SELECT 1 FROM files WHERE state = 'waiting'`)).length === 0,
    90_000,
  );
  await fleet.quiet();
  const rows = await fleet.db.query<{ title: string; state: string; sha256: string | null }>(
    `SELECT t.title, f.state, f.sha256 FROM attachments a JOIN files f ON f.id = a.file_id JOIN tasks t ON t.id = a.task_id ORDER BY t.title`,
  );
  const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  expect(rows.map(({ state, sha256 }) => [state, sha256])).toEqual(sent.map((bytes) => ['kept', sha(bytes)]));
  for (const bytes of sent) {
    const parts = await fleet.db.query<{ content: Buffer }>(
      'SELECT content FROM content_parts WHERE sha256 = $1 ORDER BY part',
      [sha(bytes)],
    );
    expect(Buffer.concat(parts.map((part) => part.content)).equals(bytes)).toBe(true);
  }
  expect(await fleet.db.query('SELECT 1 FROM contents')).toHaveLength(FILES);
});
