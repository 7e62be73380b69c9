/** kill -9 between every two steps of a message's way: stored, handled (an answer is claimed with it), claimed, sent, written down. Held at each by the test's own database and stand-in. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf, until } from '../e2e/steward.ts';
import { type Fleet, type Ground, startFleet, startGround } from './fleet.ts';

const OWNER = 8101;
/** A dead sender is known by its lease, ten seconds long. */
const RECOVERED_MS = 30_000;

interface Point {
  readonly name: string;
  /** Brings the next message to a stand at the point; returns what lets it go again. */
  readonly hold: (fleet: Fleet) => Promise<() => Promise<void>>;
  /** True when it stands there. */
  readonly held: (fleet: Fleet) => Promise<boolean>;
  /** What the person sees of it in the end. */
  readonly seen: (mark: string) => string[];
}

/** Has statements on `table` that match `when` sleep. */
async function sleepOn(
  fleet: Fleet,
  table: string,
  event: 'INSERT' | 'UPDATE',
  when: string,
): Promise<() => Promise<void>> {
  await fleet.db.query(
    `CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(600); RETURN NEW; END $$`,
  );
  await fleet.db.query(
    `CREATE TRIGGER held BEFORE ${event} ON ${table} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION held()`,
  );
  return async () => {
    // A server does not notice that its client is dead while it sleeps, and would commit afterwards.
    await fleet.db.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name LIKE 'steward%' AND wait_event = 'PgSleep'`,
    );
    await until('those backends are gone', async () => !(await sleeping(fleet)));
    await fleet.db.query(`DROP TRIGGER held ON ${table}`);
    await fleet.db.query('DROP FUNCTION held');
  };
}

async function sleeping(fleet: Fleet): Promise<boolean> {
  const rows = await fleet.db.query(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'",
  );
  return rows.length > 0;
}

const rows = async (fleet: Fleet, statement: string) => (await fleet.db.query(statement)).length;
const once = (mark: string) => [mark];
const again = (mark: string) => [`${mark} (repeat)`];
const twice = (mark: string) => [mark, `${mark} (repeat)`];

const fault = (accepted: boolean) => async (fleet: Fleet) => {
  const id = fleet.sandbox.faults.add({ method: 'sendMessage', effect: { kind: 'silence', accepted } });
  return async () => void fleet.sandbox.faults.remove(id);
};

const answers: readonly Point[] = [
  {
    name: 'received, not yet stored',
    hold: (fleet) => sleepOn(fleet, 'updates', 'INSERT', 'true'),
    held: sleeping,
    seen: once,
  },
  {
    name: 'stored, not yet handled',
    hold: (fleet) => sleepOn(fleet, 'actions', 'INSERT', 'true'),
    held: sleeping,
    seen: once,
  },
  {
    name: 'handled, the transaction not yet committed',
    hold: (fleet) => sleepOn(fleet, 'updates', 'UPDATE', "NEW.state = 'handled'"),
    held: sleeping,
    seen: once,
  },
  {
    name: 'claimed, not yet with Telegram',
    hold: fault(false),
    held: async (fleet) =>
      (await rows(fleet, "SELECT 1 FROM outbox WHERE state = 'sending'")) > 0 &&
      fleet.sandbox.journal.counters.refused > 0,
    seen: again,
  },
  {
    name: 'with Telegram, its answer not yet here',
    hold: fault(true),
    held: async (fleet) => fleet.sandbox.journal.counters.lostSends > 0,
    seen: twice,
  },
  {
    name: 'answered by Telegram, not yet written down',
    hold: (fleet) => sleepOn(fleet, 'outbox', 'UPDATE', "NEW.state = 'sent'"),
    held: sleeping,
    seen: twice,
  },
  {
    name: 'written down',
    hold: async () => async () => {},
    held: async (fleet) =>
      (await rows(
        fleet,
        "SELECT 1 FROM outbox WHERE state = 'sent' AND delivery_id IS NULL AND payload->>'text' LIKE '%crash%'",
      )) > 0,
    seen: once,
  },
];

const firings: readonly Point[] = [
  {
    name: 'due, not yet handed over',
    hold: (fleet) => sleepOn(fleet, 'deliveries', 'UPDATE', 'NEW.queued_at IS NOT NULL AND OLD.queued_at IS NULL'),
    held: sleeping,
    seen: once,
  },
  {
    name: 'committed, not yet claimed',
    hold: (fleet) => sleepOn(fleet, 'outbox', 'UPDATE', "NEW.state = 'sending'"),
    held: sleeping,
    seen: once,
  },
  ...answers.slice(3, 6),
];

describe.concurrent('kill -9 at every step', () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await startGround();
  });
  afterAll(() => ground.stop());

  async function crash(
    point: Point,
    say: string,
    isIt: (text: string) => boolean,
    mark: (text: string) => string,
    expected: string[],
  ) {
    const fleet = await startFleet(ground, { mode: 'polling', people: [OWNER], count: 1 });
    try {
      const { sandbox } = fleet;
      const [replica] = fleet.replicas;
      const owner = sandbox.user(OWNER);
      owner.send('/list');
      await fleet.quiet();
      const isReminder = say.startsWith('remind');
      if (isReminder) {
        owner.send(say);
        await until('it is planned', async () => (await rows(fleet, 'SELECT 1 FROM deliveries')) > 0);
        await until(
          'its echo is sent',
          async () => (await rows(fleet, "SELECT 1 FROM outbox WHERE state <> 'sent'")) === 0,
        );
      }
      const release = await point.hold(fleet);
      if (!isReminder) owner.send(say);
      await until(`it stands: ${point.name}`, () => point.held(fleet), 20_000);
      await replica?.kill();
      await release();
      await replica?.start();
      await until(
        'it is there',
        () => sandbox.messages(OWNER).filter((seen) => seen.fromBot && isIt(textOf(seen))).length >= expected.length,
        RECOVERED_MS,
      );
      await fleet.quiet(RECOVERED_MS);
      expect(
        sandbox
          .messages(OWNER)
          .filter((seen) => seen.fromBot && isIt(textOf(seen)))
          .map((seen) => mark(textOf(seen))),
      ).toEqual(expected);
      return fleet.db.query<{ title: string }>('SELECT title FROM tasks');
    } finally {
      await fleet.end();
    }
  }

  it.each(answers)('an answer: $name', async (point) => {
    const made = await crash(
      point,
      'crash test',
      (text) => text.startsWith('crash test'),
      (text) => (text.endsWith('(repeat)') ? 'crash test (repeat)' : 'crash test'),
      point.seen('crash test'),
    );
    expect(made).toEqual([{ title: 'crash test' }]);
  });

  it.each(firings)('a reminder: $name', async (point) => {
    await crash(
      point,
      'remind me to dodge in 3 seconds',
      (text) => text.startsWith('⏰ Dodge') && !text.includes('#'),
      (text) => `⏰ Dodge${text.includes('(repeat)') ? ' (repeat)' : ''}`,
      point.seen('⏰ Dodge'),
    );
  });
});
