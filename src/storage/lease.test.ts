/** Guards leases: one owner at a time, by the clock of the database alone. */

import { spawnSync } from 'node:child_process';
import { beforeEach, expect, test } from 'vitest';
import { databaseOfFile } from '../../test/support/postgres.ts';
import { endLeasesOfTheDead, ownerName, releaseLease, takeLease, trimLeases } from './lease.ts';

const db = databaseOfFile(8);
beforeEach(() => db.query('DELETE FROM leases'));

test('of many who ask at once, one gets it', async () => {
  const got = await Promise.all(Array.from({ length: 20 }, (_, n) => takeLease(db, 'poller', `p${n}`, 5_000)));
  expect(got.filter(Boolean)).toHaveLength(1);
});

test('its owner renews it, nobody else takes it before it expires', async () => {
  // To the second: a machine's clock may be set back by a little at any time.
  const secondsLeft = async () => {
    const [row] = await db.query<{ left: number }>(
      'SELECT round(extract(epoch FROM expires_at - clock_timestamp()))::float8 AS left FROM leases',
    );
    return row?.left ?? 0;
  };
  expect(await takeLease(db, 'poller', 'a', 60_000)).toBe(true);
  expect(await takeLease(db, 'poller', 'b', 60_000)).toBe(false);
  expect(await secondsLeft()).toBeLessThanOrEqual(60);
  expect(await takeLease(db, 'poller', 'a', 600_000)).toBe(true);
  expect(await secondsLeft()).toBeGreaterThan(60);
  expect(await takeLease(db, 'poller', 'b', 60_000)).toBe(false);
  expect(await takeLease(db, 'poller', 'a', 50)).toBe(true);
  await expect.poll(() => takeLease(db, 'poller', 'b', 60_000)).toBe(true);
  expect(await takeLease(db, 'poller', 'a', 60_000)).toBe(false);
});

test('given back, it is free at once; only its owner gives it back', async () => {
  await takeLease(db, 'poller', 'a', 60_000);
  await releaseLease(db, 'poller', 'b');
  expect(await takeLease(db, 'poller', 'b', 60_000)).toBe(false);
  await releaseLease(db, 'poller', 'a');
  expect(await takeLease(db, 'poller', 'b', 60_000)).toBe(true);
});

test('its end is reckoned by the database, in a long transaction too', async () => {
  const [row] = await db.transaction(async (tx) => {
    await tx.query('SELECT pg_sleep(0.5)');
    await takeLease(tx, 'poller', 'a', 10_000);
    // Since the transaction began, and from now on.
    return tx.query<{ since: number; left: number }>(
      `SELECT extract(epoch FROM expires_at - now())::float8 AS since, extract(epoch FROM expires_at - clock_timestamp())::float8 AS left
         FROM leases WHERE name = 'poller'`,
    );
  });
  // Of the half second slept, either is far on its side, whatever little a clock is set back by.
  expect(row?.since).toBeGreaterThan(10.25);
  expect(row?.left).toBeLessThan(10.25);
});

test('leases of processes long gone are forgotten, all others kept', async () => {
  for (const name of ['process:old', 'process:new', 'poller:1']) await takeLease(db, name, 'a', 1_000);
  await db.query(`UPDATE leases SET expires_at = clock_timestamp() - interval '2 days' WHERE name <> 'process:new'`);
  await trimLeases(db);
  const left = await db.query<{ name: string }>('SELECT name FROM leases ORDER BY name');
  expect(left.map((row) => row.name)).toEqual(['poller:1', 'process:new']);
});

test('a neighbour that died holds nothing up; one that lives, and one elsewhere, keep theirs', async () => {
  const ended = spawnSync(process.execPath, ['-e', '']).pid;
  const dead = ownerName().replace(`/${process.pid}/`, `/${ended}/`);
  const elsewhere = dead.replace(/^[^/]*/, 'another-host');
  await takeLease(db, 'dead', dead, 60_000);
  await takeLease(db, 'elsewhere', elsewhere, 60_000);
  await takeLease(db, 'mine', ownerName(), 60_000);
  await endLeasesOfTheDead(db);
  expect(await takeLease(db, 'dead', 'next', 1_000)).toBe(true);
  expect(await takeLease(db, 'elsewhere', 'next', 1_000)).toBe(false);
  expect(await takeLease(db, 'mine', 'next', 1_000)).toBe(false);
});
