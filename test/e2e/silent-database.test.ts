/** A network that swallows every packet between Steward and its database and closes nothing: Steward notices, and comes back by itself. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/storage/database.ts';
import { openListener } from '../../src/storage/listener.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { ownTime } from '../support/steady/own-time.ts';
import { type DatabaseWire, openWire, startWired } from './database-wire.ts';
import { type Person, until } from './steward.ts';

let wire: DatabaseWire;
let postgres: TestDatabase;
beforeAll(async () => {
  postgres = await testDatabase();
  wire = await openWire(postgres.connection);
});
afterAll(async () => {
  await wire?.close();
  await postgres?.drop();
});

it('a statement, a transaction and its commit end by themselves when the server falls silent, and the pool works at once afterwards', async () => {
  const db = openDatabase({ connection: wire.connection, max: 6, onError: () => {}, statementTimeoutMs: 1_000 });
  try {
    await db.query('CREATE TABLE told (n int)');
    // Connections that lie idle when the network goes are as dead as those in use.
    await Promise.all(Array.from({ length: 6 }, () => db.query('SELECT pg_sleep(0.05)')));
    let reached: (() => void) | undefined;
    const inside = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let goOn: (() => void) | undefined;
    const asleep = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const committing = db.transaction(async (tx) => {
      await tx.query('INSERT INTO told VALUES (1)');
      reached?.();
      await asleep;
    });
    await inside;
    wire.swallow(true);
    goOn?.();
    const outcomes = await Promise.allSettled([
      committing,
      db.query('SELECT 1'),
      db.transaction((tx) => tx.query('SELECT 1')),
      db.patient(500).query('SELECT 1'),
      db.executeSql('SELECT 1'),
    ]);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'ETIMEDOUT' } });
    wire.swallow(false);
    const { ms } = await ownTime(async () => {
      for (let n = 0; n < 8; n += 1) expect(await db.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });
    expect(ms).toBeLessThan(2_000);
  } finally {
    await db.close();
  }
});

it('housekeeping may take longer than a statement for which a person waits, within its own bound', async () => {
  const db = openDatabase({ connection: wire.connection, max: 2, onError: () => {}, statementTimeoutMs: 200 });
  try {
    await expect(db.query('SELECT pg_sleep(0.5)')).rejects.toMatchObject({ code: '57014' });
    expect(await db.patient(5_000).query("SELECT pg_sleep(0.5)::text AS slept, 'x' AS x")).toEqual([
      { slept: '', x: 'x' },
    ]);
    await expect(db.patient(300).query('SELECT pg_sleep(2)')).rejects.toMatchObject({ code: '57014' });
    // The bound was that statement's alone.
    await expect(db.query('SELECT pg_sleep(0.5)')).rejects.toMatchObject({ code: '57014' });
  } finally {
    await db.close();
  }
});

it('a listener whose server fell silent notices, calls everyone once it is back, and hears again', async () => {
  const heard: string[] = [];
  const listener = openListener({ connection: wire.connection, onError: () => {}, heartbeatMs: 200 });
  const db = postgres.database(1);
  try {
    await listener.listen('bell', () => void heard.push('bell'));
    heard.length = 0;
    wire.swallow(true);
    await db.query(`SELECT pg_notify('bell', '')`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    wire.swallow(false);
    expect(heard).toEqual([]);
    await expect.poll(() => heard.length).toBeGreaterThan(0);
    heard.length = 0;
    await db.query(`SELECT pg_notify('bell', '')`);
    await expect.poll(() => heard).toEqual(['bell']);
  } finally {
    await listener.close();
  }
});

it('the whole program is not ready while its database is silent, recovers by itself with nothing lost or doubled, and ends in time in the middle of it', async () => {
  const { steward, wire: line, end } = await startWired({ mode: 'polling', env: { STEWARD_DRAIN_SECONDS: '2' } });
  const ready = async () => (await fetch(`${steward.publicUrl()}/health/ready`)).status;
  try {
    const owner: Person = steward.person();
    await owner.say('/language en');
    await owner.say('remind me to water in 1 hour');
    const before = owner.texts().length;
    // Some are being handled, others wait, while the network goes.
    for (let n = 0; n < 3; n += 1) owner.user.send(`silence ${n}`);
    line.swallow(true);
    for (let n = 3; n < 6; n += 1) owner.user.send(`silence ${n}`);
    steward.clock.move(3_600_500);
    await until('it is not ready', async () => (await ready()) === 503);
    const live = await ownTime(() => fetch(`${steward.publicUrl()}/health/live`));
    expect(live.outcome.status).toBe(200);
    expect(live.ms).toBeLessThan(1_000);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    line.swallow(false);
    await until('it is ready again', async () => (await ready()) === 200);
    await until('everything is answered', () => owner.texts().length >= before + 7, 60_000);
    await steward.quiet();
    const titles = await steward.db.query<{ title: string }>(
      "SELECT title FROM tasks WHERE title ILIKE 'silence %' ORDER BY id",
    );
    expect(titles.map((row) => row.title.toLowerCase())).toEqual(Array.from({ length: 6 }, (_, n) => `silence ${n}`));
    const said = owner.texts().filter((text) => !text.includes('(repeat)'));
    expect(said.filter((text) => /^⏰ Water/.test(text) && !text.includes('#'))).toHaveLength(1);
    for (let n = 0; n < 6; n += 1)
      expect(said.filter((text) => text.toLowerCase().startsWith(`silence ${n}`))).toHaveLength(1);
    line.swallow(true);
    owner.user.send('never stored');
    await until('it is not ready again', async () => (await ready()) === 503);
    // A statement that nobody answers takes 17 s; whoever ends a process does not wait for it.
    expect((await ownTime(() => steward.stop())).ms).toBeLessThan(12_000);
  } finally {
    await end();
  }
});
