/** Guards retention: what goes, what stays, and that the last good archive is never among what goes. */
import { truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expired } from '../../src/backup/retention.ts';
import { archiveName, newestFirst, type Stored } from '../../src/backup/targets/target.ts';
import { DrivenClock } from '../../src/core/clock.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { POLICY, type Stage, stage } from './stage.ts';

const DAY = 86_400_000;
const policy = { ...POLICY, keepLast: 3, maxAgeDays: 5, minKeep: 2 };

let from: TestDatabase;
let clock: DrivenClock;
let place: Stage;

beforeAll(async () => {
  from = await testDatabase();
});
afterAll(() => from.drop());
beforeEach(() => {
  clock = new DrivenClock('2026-11-25T03:15:00Z');
  place = stage(clock);
});
afterEach(() => place.clear());

/** One backup now, then a day passes; its name. */
async function night(backup = policy): Promise<string> {
  const { archive } = await place.backup(from.connection, { backup });
  clock.advance(DAY);
  return archive;
}
const there = async () => (await place.target.list()).map((one) => one.name);
const spoil = (archive: string) => truncateSync(path.join(place.target.place, archive), 500);

describe('archives', () => {
  test('beyond the number to keep go, the newest stay', async () => {
    const made = [await night(), await night(), await night(), await night(), await night()];
    expect(await there()).toEqual(made.slice(2).reverse());
  });

  test('too old go after a gap, but the newest good ones stay', async () => {
    const [, second] = [await night(), await night(), await night()];
    clock.advance(30 * DAY);
    const fresh = await night();
    // Two of the newest good ones: the fresh one and the last before the gap.
    expect(await there()).toHaveLength(2);
    expect(await there()).not.toContain(second);
    expect((await there())[0]).toBe(fresh);
  });

  test('found spoilt do not count: an older good one stays in their place', async () => {
    const good = await night();
    const spoilt = [await night(), await night()];
    for (const one of spoilt) spoil(one);
    const fresh = await night({ ...policy, keepLast: 1 });
    expect(await there()).toEqual([fresh, ...[...spoilt].reverse(), good]);
    // A second good one is enough; now the rest goes, good or not.
    const next = await night({ ...policy, keepLast: 1 });
    expect(await there()).toEqual([next, fresh]);
  });

  test('however strict the policy, the last good one goes only once a newer one was proved', async () => {
    const good = await night();
    const most = { ...policy, keepLast: 1, minKeep: 1, maxAgeDays: 1 };
    const fresh = await place.backup(from.connection, { backup: most });
    expect(fresh.removed).toEqual([good]);
    expect(await there()).toEqual([fresh.archive]);
  });

  test('of one second, whose names do not tell which is newer, leave the one that was made last', async () => {
    const backup = { ...policy, keepLast: 1, minKeep: 1 };
    // As a bucket tells them: when they were stored to the second, too.
    const list = async () =>
      newestFirst(
        (await place.target.list()).map((one) => ({ ...one, storedAt: one.madeAt })),
        clock.now(),
      );
    for (let round = 0; round < 5; round += 1) {
      const fresh = await place.backup(from.connection, { backup, target: { ...place.target, list } });
      expect(await there()).toEqual([fresh.archive]);
    }
  });

  test('of others in the folder are never touched', async () => {
    await night();
    for (const name of ['notes.txt', 'steward.tar.gz', 'steward-20200101T000000Z.tar.gz'])
      writeFileSync(path.join(place.target.place, name), 'mine');
    for (let nights = 0; nights < 4; nights += 1) await night();
    for (const name of ['notes.txt', 'steward.tar.gz', 'steward-20200101T000000Z.tar.gz'])
      expect(() => truncateSync(path.join(place.target.place, name), 4)).not.toThrow();
  });

  test('that a failed backup follows all stay', async () => {
    const made = [await night(), await night(), await night()];
    clock.advance(90 * DAY);
    await expect(place.backup({ ...from.connection, database: 'nowhere' }, { backup: policy })).rejects.toThrow();
    expect(await there()).toEqual([...made].reverse());
  });
});

describe('a clock that ran ahead', () => {
  test('makes no archive the newest for years, nor the others too old', () => {
    const now = Date.parse('2026-11-25T03:15:00Z');
    const stored = (madeAt: number): Stored => {
      const name = archiveName(madeAt, { encrypted: false, beforeRestore: false });
      return { name, bytes: 1, madeAt, storedAt: now, encrypted: false, beforeRestore: false };
    };
    const [ahead, today, yesterday] = [stored(now + 900 * DAY), stored(now), stored(now - DAY)];
    expect(newestFirst([ahead, yesterday, today], now)).toEqual([today, yesterday, ahead]);
    expect(expired([today, yesterday, ahead], { keepLast: 2, maxAgeDays: 7, minKeep: 1 }, now)).toEqual([ahead]);
  });
});
