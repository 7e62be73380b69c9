/** Ground that gives way under the transport: a commit nobody hears of, replicas on one lane, a chat that blocks its own queue, an end in the middle of work. */
import { afterEach, describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import type { Feature } from '../../src/telegram/feature.ts';
import { startSandbox, testBot } from '../support/bot.ts';
import { testDatabase } from '../support/postgres.ts';
import { ownTime } from '../support/steady/own-time.ts';
import { atCommitWith, startWired } from './database-wire.ts';
import { OWNER, type StewardOptions, until } from './steward.ts';

const FRIEND = 7003;

describe('ground that gives way', () => {
  let end: (() => Promise<void>) | undefined;
  afterEach(async () => {
    await end?.();
    end = undefined;
  });

  async function wired(options: Partial<StewardOptions> = {}) {
    const started = await startWired({ mode: 'polling', ...options });
    end = started.end;
    return started;
  }

  it('sends an answer claimed with the update it answers, in a commit nobody heard of, once and unmarked', async () => {
    const { steward, wire } = await wired();
    const owner = steward.person();
    await owner.say('before');
    const cut = atCommitWith(wire, 'outbox:enqueueOwn', (connection) => connection.cutBeforeAnswer());
    owner.user.send('/list');
    await until('the commit was cut', cut);
    await until('the answer comes all the same', () => owner.texts().some((text) => text.startsWith('Tasks')));
    await owner.say('after');
    expect(owner.texts().filter((text) => text.startsWith('Tasks'))).toHaveLength(1);
    expect(owner.texts().filter((text) => text.includes('(repeat)'))).toEqual([]);
  });

  it('sends a reminder whose claim was committed although nobody heard of it, once and unmarked', async () => {
    const { steward, wire } = await wired();
    const owner = steward.person();
    await owner.say('remind me to stretch in 1 hour');
    const cut = atCommitWith(wire, 'outbox:claim', (connection) => connection.cutBeforeAnswer());
    steward.clock.move(3_600_500);
    await until('the claim was cut', cut);
    const fired = () => owner.texts().filter((text) => text.startsWith('⏰ Stretch') && !text.includes('#'));
    await until('the reminder comes all the same', () => fired().length > 0);
    await owner.say('after');
    expect(fired()).toEqual(['⏰ Stretch']);
  });

  it('lets no answer pass another that it has claimed and not yet heard of', async () => {
    const { steward, wire } = await wired();
    const owner = steward.person();
    await owner.say('before');
    const claimed = atCommitWith(wire, 'outbox:claim', (connection) => connection.delayAnswer(1_500));
    // As another replica would have left it.
    await steward.db.query(
      `INSERT INTO outbox (bot_id, chat_id, priority, method, payload, order_at, created_at)
       VALUES (${steward.sandbox.token.split(':')[0]}, ${OWNER}, 0, 'sendMessage', '{"text":"first"}', clock_timestamp(), clock_timestamp())`,
    );
    await until('it is claimed', claimed);
    owner.user.send('/list');
    await until(
      'both have come',
      () =>
        owner
          .texts()
          .slice(-2)
          .some((text) => text.startsWith('Tasks')) && owner.texts().includes('first'),
    );
    expect(owner.texts().slice(-2)).toEqual(['first', expect.stringMatching(/^Tasks/)]);
  });

  it('keeps serving others while one chat waits for its retry with a long queue', async () => {
    const { steward } = await wired({ people: [OWNER, FRIEND] });
    const owner = steward.person();
    const friend = steward.person(FRIEND);
    await owner.say('/list');
    await friend.say('/list');
    steward.sandbox.faults.add({
      method: 'sendMessage',
      chatId: OWNER,
      effect: { kind: 'status', code: 500, accepted: false },
    });
    await steward.db.query(
      `INSERT INTO outbox (bot_id, chat_id, priority, method, payload, order_at, created_at)
       SELECT ${steward.sandbox.token.split(':')[0]}, ${OWNER}, 0, 'sendMessage', jsonb_build_object('text', 'n' || n), clock_timestamp(), clock_timestamp()
         FROM generate_series(1, 1500) n`,
    );
    await until('the owner waits for a long retry', async () => {
      const [row] = await steward.db.query<{ attempts: number }>('SELECT max(attempts) AS attempts FROM outbox');
      return (row?.attempts ?? 0) >= 4;
    });
    const took: number[] = [];
    // Several times: a busy machine may stand still in one.
    for (let n = 0; n < 3; n += 1) {
      const before = friend.texts().length;
      const { ms } = await ownTime(async () => {
        friend.user.send('/list');
        await until('the friend is answered', () => friend.texts().length > before);
      });
      took.push(ms);
    }
    expect(Math.min(...took)).toBeLessThan(1_500);
  });

  it('does not send a reminder again that was answered while its repeat was on the way', async () => {
    const { steward } = await wired();
    const owner = steward.person();
    await owner.say('remind me to stretch in 1 hour');
    steward.sandbox.faults.add({ method: 'sendMessage', count: 1, effect: { kind: 'reset', accepted: true } });
    steward.sandbox.faults.add({ method: 'sendMessage', count: 1, after: 1, effect: { kind: 'delay', ms: 800 } });
    steward.sandbox.faults.add({
      method: 'sendMessage',
      count: 1,
      after: 1,
      effect: { kind: 'flood', seconds: 1, scope: 'chat' },
    });
    steward.clock.move(3_600_500);
    await until('it came, its answer lost', () => owner.texts().includes('⏰ Stretch'));
    await until(
      'the repeat is on its way',
      async () => (await steward.db.query("SELECT 1 FROM outbox WHERE state = 'sending' AND repeat")).length === 1,
    );
    owner.user.press(owner.button('Done').message, 'Done');
    await steward.quiet();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(
      steward.sandbox.journal
        .calls()
        .filter((call) => call.code === 400)
        .map((call) => `${call.method} ${call.description} ${JSON.stringify(call.params)}`),
    ).toEqual([]);
    expect(await steward.db.query('SELECT kind, summary FROM stored_errors')).toEqual([]);
    expect(owner.texts().filter((text) => !text.startsWith('⏰') && !text.startsWith('✅'))).toEqual([]);
    const [row] = await steward.db.query<{ state: string }>('SELECT state FROM deliveries ORDER BY id DESC LIMIT 1');
    expect(row?.state).toBe('acknowledged');
  });

  it('sends the answers to what it handled before it ends', async () => {
    const { steward } = await wired();
    const owner = steward.person();
    await owner.say('/list');
    for (let round = 0; round < 5; round += 1) {
      const before = owner.texts().length;
      for (let n = 0; n < 4; n += 1) owner.user.send(`task ${round} ${n}`);
      await steward.sandbox.updates.drained();
      await steward.stop();
      const [left] = await steward.db.query<{ count: number }>(
        "SELECT count(*)::int AS count FROM outbox WHERE state IN ('due', 'sending', 'unknown')",
      );
      const [handled] = await steward.db.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM updates WHERE state = 'handled' AND payload->'message'->>'text' LIKE 'task ${round} %'`,
      );
      expect(left?.count, `round ${round}`).toBe(0);
      expect(owner.texts().length - before).toBe(handled?.count);
      await steward.start();
      await steward.quiet();
      expect(owner.texts().length - before).toBe(4);
    }
  });

  it('ends in time though Telegram says nothing at all', async () => {
    const { steward } = await wired({ env: { STEWARD_DRAIN_SECONDS: '2' } });
    const owner = steward.person();
    await owner.say('/list');
    await steward.stop();
    steward.sandbox.faults.add({ effect: { kind: 'silence', accepted: false } });
    steward.sandbox.faults.add({ method: 'getUpdates', effect: { kind: 'delay', ms: 20_000 } });
    await steward.start();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await ownTime(() => steward.stop())).ms).toBeLessThan(12_000);
  });

  it('counts tries of an old update once each, so that many replicas do not put it aside untried', async () => {
    const database = await testDatabase();
    const sandbox = await startSandbox();
    const db = database.database(6);
    let tried = 0;
    const slow: Feature = {
      name: 'slow',
      commands: [
        {
          name: 'slow',
          usage: '',
          topic: 'start',
          scope: 'everyone',
          menu: false,
          run: async (context, call) => {
            tried += 1;
            await context.answer({ lines: [[`did ${call.rest}`]] });
          },
        },
      ],
    };
    const first = await testBot({ db, sandbox, features: [slow], people: [OWNER] });
    sandbox.user(OWNER).send('/slow start');
    await sandbox.waitFor((seen) => seen.message.text === 'did start', { chat: OWNER });
    await first.stop();
    // What a pause of everything leaves behind: updates received long ago, and every replica waking at once.
    const [pattern] = await db.query<{ payload: object; personId: number }>(
      'SELECT payload, person_id FROM updates LIMIT 1',
    );
    for (let n = 0; n < 3; n += 1)
      await db.query(
        `INSERT INTO updates (bot_id, update_id, lane, type, person_id, payload, received_at)
         VALUES ($1, $2, $3, 'message', $4, jsonb_set($5, '{message,text}', to_jsonb($6::text)), clock_timestamp() - interval '1 minute')`,
        [first.botId, 2_000_000_000 + n, OWNER, pattern?.personId ?? 0, JSON.stringify(pattern?.payload), `/slow ${n}`],
      );
    // Counting takes its time, so that whoever does not hold the lane meanwhile would count as well.
    await db.query(
      `CREATE FUNCTION slow_count() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.1); RETURN NEW; END $$`,
    );
    await db.query(`CREATE TRIGGER slow_count BEFORE UPDATE ON updates FOR EACH ROW
                    WHEN (NEW.state = 'waiting' AND NEW.attempts > OLD.attempts) EXECUTE FUNCTION slow_count()`);
    const replicas = await Promise.all(
      Array.from({ length: 6 }, () =>
        testBot({
          db: database.database(3),
          lanes: 1,
          sandbox,
          features: [slow],
          people: [OWNER],
          roles: { worker: true, poller: false },
        }),
      ),
    );
    try {
      await until(
        'all are handled',
        async () => (await db.query("SELECT 1 FROM updates WHERE state = 'waiting'")).length === 0,
      );
      expect(await db.query("SELECT update_id, attempts FROM updates WHERE state = 'parked'")).toEqual([]);
      expect(tried).toBe(4);
    } finally {
      await Promise.all(replicas.map((replica) => replica.stop()));
      await sandbox.stop();
      await database.drop();
    }
  });

  it('tells a refusal once, with several replicas after the same update', async () => {
    const database = await testDatabase();
    const sandbox = await startSandbox();
    const refuse: Feature = {
      name: 'refuse',
      commands: [
        {
          name: 'refuse',
          usage: '',
          topic: 'start',
          scope: 'everyone',
          menu: false,
          run: async () => {
            await new Promise((resolve) => setTimeout(resolve, 4));
            throw new UserError('error-nothing-to-undo');
          },
        },
      ],
    };
    const replicas = await Promise.all(
      Array.from({ length: 4 }, () =>
        testBot({ db: database.database(4), lanes: 2, sandbox, features: [refuse], people: [OWNER] }),
      ),
    );
    const db = database.database(2);
    const waking = setInterval(() => void db.query("SELECT pg_notify('steward_inbox', '')").catch(() => {}), 3);
    try {
      for (let n = 0; n < 60; n += 1) sandbox.user(OWNER).send('/refuse');
      await sandbox.updates.drained();
      for (const replica of replicas) await replica.bot.settled();
      expect(sandbox.messages(OWNER).filter((seen) => seen.fromBot)).toHaveLength(60);
    } finally {
      clearInterval(waking);
      await Promise.all(replicas.map((replica) => replica.stop()));
      await sandbox.stop();
      await database.drop();
    }
  });
});
