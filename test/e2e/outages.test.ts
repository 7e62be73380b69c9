/** Telegram and the database going away and coming back while Steward runs: what is told of it, and that nothing is lost or doubled. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ownTime } from '../support/steady/own-time.ts';
import { type DatabaseWire, startWired } from './database-wire.ts';
import { modes, OWNER, type Person, type Steward, until } from './steward.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe.each(modes)('outages by %s', (mode) => {
  let steward: Steward;
  let wire: DatabaseWire;
  let end: () => Promise<void>;
  let owner: Person;
  beforeAll(async () => {
    ({ steward, wire, end } = await startWired({ mode }));
    owner = steward.person();
    await owner.say('/language en');
  });
  afterAll(() => end?.());
  afterEach(() => {
    steward.sandbox.faults.clear();
    steward.sandbox.limits.clear();
  });

  const reminders = (title: string) =>
    owner.texts().filter((text) => text.startsWith(`⏰ ${title}`) && !text.includes('#'));
  const status = async (path: string) => (await fetch(`${steward.publicUrl()}${path}`)).status;

  it('answers everything once Telegram is back, and tells a reminder of that time as late', async () => {
    await owner.say('remind me to take pills in 1 hour');
    steward.sandbox.faults.add({ effect: { kind: 'status', code: 502, accepted: false } });
    const before = owner.texts().length;
    for (const words of ['one', 'two', 'three']) owner.user.send(`while away ${words}`);
    steward.clock.move(HOUR + 2 * MINUTE);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(owner.texts().length).toBe(before);
    await until('it is ready all the same', async () => (await status('/health/ready')) === 200);
    steward.sandbox.faults.clear();
    // What waits for its retry need not be waited for.
    steward.clock.move(2 * MINUTE);
    await until('all is answered', () => owner.texts().length >= before + 4);
    await steward.quiet();
    const told = owner.texts().slice(before);
    expect(told.filter((text) => text.startsWith('while away')).map((text) => text.split('\n')[0])).toEqual([
      'while away one',
      'while away two',
      'while away three',
    ]);
    expect(told.filter((text) => text.includes('ake pills'))).toHaveLength(1);
    expect(told.find((text) => text.includes('ake pills'))).toMatch(
      /was due .* (Telegram took it only at|offline until)/,
    );
  });

  it('repeats a reminder whose receipt was lost once, marked, and writes it down', async () => {
    await owner.say('remind me to breathe in 1 hour');
    steward.sandbox.faults.add({ method: 'sendMessage', count: 1, effect: { kind: 'reset', accepted: true } });
    steward.clock.move(HOUR + 500);
    await until('both are there', () => reminders('Breathe').length === 2);
    await steward.quiet();
    expect(reminders('Breathe')).toEqual(['⏰ Breathe', '⏰ Breathe (repeat)']);
    const [row] = await steward.db.query<{ repeats: number; state: string }>(
      'SELECT repeats, state FROM deliveries ORDER BY id DESC LIMIT 1',
    );
    expect(row).toEqual({ repeats: 1, state: 'sent' });
  });

  it('honours 429 for its chat and delivers in order afterwards', async () => {
    const calls = steward.sandbox.journal.counters.calls;
    steward.sandbox.faults.add({
      method: 'sendMessage',
      count: 1,
      effect: { kind: 'flood', seconds: 1, scope: 'chat' },
    });
    const before = owner.texts().length;
    const started = performance.now();
    for (let n = 0; n < 3; n += 1) owner.user.send(`flooded ${n}`);
    await steward.quiet();
    expect(performance.now() - started).toBeGreaterThan(950);
    expect(
      owner
        .texts()
        .slice(before)
        .map((text) => text.split('\n')[0]),
    ).toEqual(['flooded 0', 'flooded 1', 'flooded 2']);
    const refused = steward.sandbox.journal
      .calls({ method: 'sendMessage', after: calls })
      .filter((call) => call.code === 429);
    expect(refused).toHaveLength(1);
  });

  it('writes down that a chat is closed to it, goes on with others, and tells what was missed when it is open again', async () => {
    await owner.say('remind me to phone home in 1 hour');
    owner.block();
    await steward.quiet();
    steward.clock.move(HOUR + 500);
    await until(
      'the delivery failed',
      async () => (await steward.db.query("SELECT 1 FROM deliveries WHERE state = 'failed'")).length === 1,
    );
    owner.unblock();
    const back = await owner.say('/status');
    expect(back).toMatch(/did not reach you|blocked/);
    const [chat] = await steward.db.query<{ since: number | null }>(
      'SELECT unreachable_since AS since FROM chats WHERE chat_id = $1',
      [OWNER],
    );
    expect(chat?.since).toBeNull();
  });

  it('lives while the database is gone, is not ready, and recovers by itself with nothing lost', async () => {
    await owner.say('remind me to water in 1 hour');
    const before = owner.texts().length;
    wire.away();
    await until('it is not ready', async () => (await status('/health/ready')) === 503);
    const live = await ownTime(() => status('/health/live'));
    expect(live.outcome).toBe(200);
    expect(live.ms).toBeLessThan(1_000);
    expect((await fetch(`${steward.metricsUrl()}/metrics`)).status).toBe(200);
    for (const words of ['first', 'second']) owner.user.send(`without a database ${words}`);
    steward.clock.move(HOUR + 500);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(owner.texts().length).toBe(before);
    await wire.restore();
    await until('it is ready again', async () => (await status('/health/ready')) === 200);
    await until('all came', () => owner.texts().length >= before + 3);
    await steward.quiet();
    expect(
      owner
        .texts()
        .slice(before)
        .filter((text) => text.startsWith('without'))
        .map((text) => text.split('\n')[0]),
    ).toEqual(['without a database first', 'without a database second']);
    expect(reminders('Water')).toHaveLength(1);
  });

  it('loses and doubles nothing when every connection is cut again and again under work', async () => {
    const before = owner.texts().length;
    const cutting = setInterval(
      () =>
        void steward.db
          .query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'steward%' AND pid <> pg_backend_pid() AND random() < 0.5",
          )
          .catch(() => {}),
      150,
    );
    for (let n = 0; n < 40; n += 1) {
      owner.user.send(`cut ${n}`);
      if (n % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 60));
    }
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    clearInterval(cutting);
    await until('all were answered', () => owner.texts().length >= before + 40);
    // A connection that was cut may say so only when it is used next.
    await until('it can be asked', () =>
      steward.quiet().then(
        () => true,
        () => false,
      ),
    );
    const titles = (
      await steward.db.query<{ title: string }>("SELECT title FROM tasks WHERE title LIKE 'cut %' ORDER BY id")
    ).map((row) => row.title);
    expect(titles).toEqual(Array.from({ length: 40 }, (_, n) => `cut ${n}`));
    expect(
      owner
        .texts()
        .slice(before)
        .map((text) => text.split('\n')[0]),
    ).toEqual(titles);
  });

  it('loses and doubles no reminder when the clock jumps forward and back', async () => {
    for (const [name, minutes] of [
      ['early', 30],
      ['middle', 90],
      ['far', 600],
    ] as const)
      await owner.say(`remind me to be ${name} in ${minutes} minutes`);
    steward.clock.move(2 * HOUR, false);
    await until('what the clock says is due', () => reminders('Be middle').length === 1);
    steward.clock.move(-2 * HOUR, false);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await owner.say('the clock went back')).toContain('the clock went back');
    steward.clock.move(12 * HOUR, false);
    await until('the last', () => reminders('Be far').length === 1);
    await steward.quiet();
    for (const name of ['Be early', 'Be middle', 'Be far']) expect(reminders(name), name).toHaveLength(1);
  });

  it('goes on within seconds when the clock is set back while it waits for Telegram', async () => {
    steward.sandbox.faults.add({ method: 'sendMessage', effect: { kind: 'status', code: 502, accepted: false } });
    const before = owner.texts().length;
    owner.user.send('told before the clock went back');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    steward.clock.move(-6 * HOUR, false);
    steward.sandbox.faults.clear();
    await until('it is answered', () => owner.texts().length > before);
    expect(owner.texts().at(-1)).toContain('told before');
  });

  it('goes on answering rightly while a newer version changes the tables it has statements prepared for', async () => {
    // Often, so that whichever connection is taken knows the tables as they were.
    const broken = async () => {
      const told: string[] = [];
      for (let n = 0; n < 10; n += 1) told.push(await owner.say('/list'));
      return told.filter((text) => text === '' || text.includes('broke'));
    };
    expect(await broken()).toEqual([]);
    await steward.db.query('ALTER TABLE tasks ADD COLUMN of_tomorrow int NOT NULL DEFAULT 77');
    expect(await broken()).toEqual([]);
    // Nothing of it counts as a fault of an update, which is put aside after some.
    expect(await steward.db.query("SELECT summary FROM stored_errors WHERE summary LIKE '%0A000%'")).toEqual([]);
  });

  it('says nothing of texts and secrets in its log through all of this', () => {
    const log = steward.log.join('');
    expect(log.length).toBeGreaterThan(1_000);
    for (const planted of [
      steward.sandbox.token,
      steward.sandbox.token.split(':')[1] ?? '?',
      'planted_webhook_secret',
      'planted-database-password',
      'while away',
      'take pills',
      'without a database',
      'phone home',
      'flooded',
    ])
      expect(log.includes(planted), planted).toBe(false);
  });
});

describe('a start without a database', () => {
  it('waits for it, alive and not ready, and comes up by itself', async () => {
    const { steward, wire, end } = await startWired({ mode: 'polling', idle: true });
    try {
      wire.away();
      const starting = steward.start();
      await until('it listens', () => steward.app().ports().publicPort !== undefined);
      await until('it says that it waits', () => steward.log.join('').includes('the database is away'));
      expect((await fetch(`${steward.publicUrl()}/health/live`)).status).toBe(200);
      expect((await fetch(`${steward.publicUrl()}/health/ready`)).status).toBe(503);
      await wire.restore();
      await starting;
      expect(await steward.person().say('there you are')).toContain('there you are');
    } finally {
      await end();
    }
  });
});
