/** The way of a message through the transport: stand-in, gate, inbox, dispatcher, outbox, sender, and back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import type { Feature } from '../../src/telegram/feature.ts';
import { bold } from '../../src/telegram/view.ts';
import { startSandbox, testBot } from '../support/bot.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';

const OWNER = 501;
const FRIEND = 502;

let failures = 0;
/** What /hold waits for. */
let released: Promise<void> = Promise.resolve();

/** Says back what it is told, so that every answer names the message it belongs to. */
const echo: Feature = {
  name: 'echo',
  commands: [
    {
      name: 'echo',
      usage: '<words>',
      topic: 'start',
      scope: 'everyone',
      menu: false,
      run: (context, call) => context.answer({ lines: [[bold(call.rest)]] }),
    },
    {
      name: 'hold',
      usage: '',
      topic: 'start',
      scope: 'everyone',
      menu: false,
      run: () => released,
    },
    {
      name: 'refuse',
      usage: '',
      topic: 'start',
      scope: 'everyone',
      menu: false,
      run: async (context) => {
        await context.answer({ lines: [['this must be rolled back']] });
        throw new UserError('error-nothing-to-undo');
      },
    },
    {
      name: 'break',
      usage: '',
      topic: 'start',
      scope: 'everyone',
      menu: false,
      run: async () => {
        failures += 1;
        throw new TypeError('planted');
      },
    },
  ],
};

describe('the way of a message', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  it('answers each message once, in the order sent, in every chat', async () => {
    const sandbox = await startSandbox();
    const db = database.database();
    const running = await testBot({ db, sandbox, features: [echo], people: [OWNER, FRIEND] });
    try {
      const owner = sandbox.user(OWNER, { first_name: 'Ann' });
      const friend = sandbox.user(FRIEND, { first_name: 'Ben' });
      for (let index = 0; index < 20; index += 1) {
        owner.send(`/echo a${index}`);
        friend.send(`/echo b${index}`);
      }
      await sandbox.waitFor((seen) => seen.message.text === 'a19', { chat: OWNER });
      await sandbox.waitFor((seen) => seen.message.text === 'b19', { chat: FRIEND });
      await running.bot.settled();
      const answers = (chat: number) =>
        sandbox.messages(chat).flatMap((seen) => (seen.fromBot ? [seen.message.text] : []));
      expect(answers(OWNER)).toEqual(Array.from({ length: 20 }, (_, index) => `a${index}`));
      expect(answers(FRIEND)).toEqual(Array.from({ length: 20 }, (_, index) => `b${index}`));
    } finally {
      await running.stop();
      await sandbox.stop();
    }
    expect(running.told.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('gives a stranger nothing: no answer, no row', async () => {
    const sandbox = await startSandbox();
    const db = database.database();
    const running = await testBot({ db, sandbox, features: [echo], people: [OWNER] });
    try {
      sandbox.user(666, { first_name: 'Eve' }).send('/echo let me in');
      sandbox.user(OWNER).send('/echo mine');
      await sandbox.waitFor((seen) => seen.message.text === 'mine', { chat: OWNER });
      expect(sandbox.messages(666).filter((seen) => seen.fromBot)).toEqual([]);
      expect(await db.query('SELECT 1 FROM updates WHERE lane = 666')).toEqual([]);
    } finally {
      await running.stop();
      await sandbox.stop();
    }
  });

  it('rolls back what a refused message did, and tells the person why', async () => {
    const sandbox = await startSandbox();
    const running = await testBot({ db: database.database(), sandbox, features: [echo], people: [OWNER] });
    try {
      const owner = sandbox.user(OWNER);
      owner.send('/refuse');
      owner.send('/echo next');
      await sandbox.waitFor((seen) => seen.message.text === 'next', { chat: OWNER });
      const texts = sandbox.messages(OWNER).flatMap((seen) => (seen.fromBot ? [seen.message.text] : []));
      expect(texts).toEqual(['There is nothing to take back.', 'next']);
    } finally {
      await running.stop();
      await sandbox.stop();
    }
  });

  it('puts a poison message aside after a few tries, says so with a reference, and goes on', async () => {
    const sandbox = await startSandbox();
    const db = database.database();
    const running = await testBot({ db, sandbox, features: [echo], people: [OWNER] });
    try {
      const owner = sandbox.user(OWNER);
      failures = 0;
      owner.send('/break');
      owner.send('/echo after');
      await sandbox.waitFor((seen) => seen.message.text === 'after', { chat: OWNER });
      const [told] = sandbox.messages(OWNER).flatMap((seen) => (seen.fromBot ? [seen.message.text ?? ''] : []));
      expect(told).toContain('TEST');
      expect(failures).toBe(4);
      expect(await db.query("SELECT error_ref FROM updates WHERE state = 'parked'")).toEqual([{ errorRef: 'TEST' }]);
    } finally {
      await running.stop();
      await sandbox.stop();
    }
  });

  it('handles what waits in one transaction under load, and a faulty message among it fails alone and in its turn', async () => {
    const sandbox = await startSandbox();
    const db = database.database();
    const running = await testBot({ db, sandbox, features: [echo], people: [OWNER, FRIEND], lanes: 1 });
    try {
      failures = 0;
      const [owner, friend] = [sandbox.user(OWNER), sandbox.user(FRIEND)];
      let release = () => {};
      released = new Promise((resolve) => {
        release = resolve;
      });
      owner.send('/hold');
      // More than one turn's worth before the first that fails: one transaction of a whole turn is sure.
      const good = ['1', '2', '3', '4', '5', '6'];
      const said = [...good.map((word) => `/echo ${word}`), '/refuse', '/echo 7', '/break', '/echo 8'];
      for (const text of said) {
        owner.send(text);
        friend.send(text);
      }
      const stored = async () => db.query('SELECT 1 FROM updates WHERE bot_id = $1', [running.botId]);
      while ((await stored()).length < 1 + 2 * said.length) await new Promise((resolve) => setTimeout(resolve, 20));
      release();
      const answers = (chat: number) =>
        sandbox
          .messages(chat)
          .flatMap((seen) => (seen.fromBot ? [seen.message.text?.split('\n')[1] ?? seen.message.text] : []));
      for (const chat of [OWNER, FRIEND]) {
        await sandbox.waitFor((seen) => seen.message.text === '8', { chat });
        expect(answers(chat)).toEqual([...good, 'There is nothing to take back.', '7', 'Ref TEST', '8']);
      }
      // Four tries each, and those that were rolled back with others.
      expect(failures).toBeGreaterThanOrEqual(8);
      const [row] = await db.query<{ transactions: number; updates: number }>(
        'SELECT count(DISTINCT xmin::text)::int AS transactions, count(*)::int AS updates FROM updates WHERE bot_id = $1',
        [running.botId],
      );
      expect(row?.transactions).toBeLessThan(row?.updates ?? 0);
    } finally {
      await running.stop();
      await sandbox.stop();
    }
  });

  it('repeats an answer whose receipt was lost, marked, and one Telegram surely refused unmarked', async () => {
    const sandbox = await startSandbox();
    const running = await testBot({ db: database.database(), sandbox, features: [echo], people: [OWNER] });
    try {
      const owner = sandbox.user(OWNER);
      sandbox.faults.add({ method: 'sendMessage', count: 1, effect: { kind: 'reset', accepted: true } });
      owner.send('/echo once');
      await sandbox.waitFor((seen) => seen.message.text === 'once\n(repeat)', { chat: OWNER });
      sandbox.faults.add({ method: 'sendMessage', count: 1, effect: { kind: 'status', code: 500, accepted: false } });
      owner.send('/echo twice');
      await sandbox.waitFor((seen) => seen.message.text === 'twice', { chat: OWNER });
      sandbox.faults.add({ method: 'sendMessage', count: 1, effect: { kind: 'flood', seconds: 1, scope: 'chat' } });
      owner.send('/echo thrice');
      await sandbox.waitFor((seen) => seen.message.text === 'thrice', { chat: OWNER });
      const texts = sandbox.messages(OWNER).flatMap((seen) => (seen.fromBot ? [seen.message.text] : []));
      expect(texts).toEqual(['once', 'once\n(repeat)', 'twice', 'thrice']);
    } finally {
      await running.stop();
      await sandbox.stop();
    }
  });
});
