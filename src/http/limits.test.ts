/** Guards the rate limits: of a client as its address is known, over all replicas, and while the database is away. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { head, type RawAnswer, raw, SECRET, type TestHttp, testHttp, WEBHOOK } from '../../test/support/http.ts';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import { DrivenClock, systemClock } from '../core/clock.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import { trimLimits } from './limits.ts';

const MINUTE = 60_000;

let postgres: TestDatabase;
let db: Database;
let other: Database;
beforeAll(async () => {
  postgres = await testDatabase();
  db = postgres.database();
  other = postgres.database();
});
afterAll(() => postgres.drop());
beforeEach(() => db.query('DELETE FROM rate_limits'));

const get = (http: TestHttp, path: string, headers: Record<string, string> = {}) =>
  raw(http.publicPort, [head('GET', path, headers)]);

async function times(count: number, ask: (n: number) => Promise<RawAnswer>): Promise<RawAnswer[]> {
  const answers: RawAnswer[] = [];
  for (let n = 0; n < count; n += 1) answers.push(await ask(n));
  return answers;
}
const statuses = (answers: readonly RawAnswer[]) => [...new Set(answers.map((answer) => answer.status))];

/** The clock of the windows stands still: a minute's end between two requests would begin a new count. */
const clock = new DrivenClock(Math.ceil(systemClock.now() / MINUTE) * MINUTE);

test('two replicas count one client together, and tell what is left', async () => {
  const replicas = await Promise.all([testHttp({ clock, db: () => db }), testHttp({ clock, db: () => other })]);
  const [one, two] = replicas;
  try {
    const first = await get(one, '/api/v1/tasks');
    expect(first.headers.get('ratelimit-limit')).toBe('100');
    expect(first.headers.get('ratelimit-remaining')).toBe('99');
    const rest = await times(99, (n) => get(n % 2 ? one : two, '/api/v1/tasks'));
    expect(statuses([first, ...rest])).toEqual([404]);
    for (const http of replicas) {
      // Those who wait are told by the machine's clock how long the window still lasts.
      const leftSeconds = () => (clock.now() + MINUTE - systemClock.now()) / 1000;
      const most = Math.ceil(leftSeconds());
      const refused = await get(http, '/api/v1/tasks');
      expect(refused.status).toBe(429);
      expect(refused.headers.get('content-type')).toMatch(/problem\+json/);
      expect(refused.headers.get('ratelimit-remaining')).toBe('0');
      const wait = Number(refused.headers.get('retry-after'));
      expect(wait).toBeGreaterThanOrEqual(Math.floor(leftSeconds()));
      expect(wait).toBeLessThanOrEqual(most);
    }
  } finally {
    await Promise.all(replicas.map((http) => http.stop()));
  }
});

test('the limit holds while the database is away, and from where it was', async () => {
  const lost = openDatabase({ connection: postgres.connection, max: 1, onError: () => {} });
  const http = await testHttp({ clock, db: () => lost });
  try {
    await times(60, () => get(http, '/api/x'));
    await lost.close();
    expect(statuses(await times(40, () => get(http, '/api/x')))).toEqual([404]);
    expect((await get(http, '/api/x')).status).toBe(429);
  } finally {
    await http.stop();
  }
});

test('a database that hangs holds up one request for a moment, and then none', async () => {
  let asked = 0;
  const query = () => {
    asked += 1;
    return new Promise<never>(() => {});
  };
  const http = await testHttp({ db: () => ({ ...db, query }) });
  try {
    expect(statuses(await times(20, () => get(http, '/api/x')))).toEqual([404]);
    // Those behind the first do not wait, for seconds on end.
    expect(asked).toBeLessThan(5);
  } finally {
    await http.stop();
  }
});

describe('the client', () => {
  test('is the peer, whatever a header says, unless a proxy is trusted', async () => {
    const http = await testHttp();
    try {
      const answers = await times(101, (n) =>
        get(http, '/x', { 'X-Forwarded-For': `203.0.113.${n}`, Forwarded: `for=10.0.0.${n}` }),
      );
      expect(answers.at(-1)?.status).toBe(429);
    } finally {
      await http.stop();
    }
  });

  test('behind one trusted proxy is who that proxy names, not who the caller says before', async () => {
    const http = await testHttp({ trustedProxies: 1 });
    try {
      const answers = await times(101, (n) => get(http, '/x', { 'X-Forwarded-For': `198.51.100.${n}, 203.0.113.7` }));
      expect(answers.at(-1)?.status).toBe(429);
      expect((await get(http, '/x', { 'X-Forwarded-For': '203.0.113.8' })).status).toBe(404);
    } finally {
      await http.stop();
    }
  });

  test('is a whole IPv6 network, not one of its countless addresses', async () => {
    const http = await testHttp({ trustedProxies: 1 });
    try {
      const answers = await times(101, (n) =>
        get(http, '/x', { 'X-Forwarded-For': `2001:db8:1:1::${n.toString(16)}` }),
      );
      expect(answers.at(-1)?.status).toBe(429);
      expect((await get(http, '/x', { 'X-Forwarded-For': '2001:db8:2::1' })).status).toBe(404);
    } finally {
      await http.stop();
    }
  });
});

test('a stranger at an unknown address costs no query and leaves no row', async () => {
  let queries = 0;
  const counted: Database = {
    ...db,
    query: (...parts) => {
      queries += 1;
      return db.query(...parts);
    },
  };
  const http = await testHttp({ db: () => counted });
  try {
    for (const path of ['/', '/nope', '/admin', '/.env', '/info', '/metrics'])
      await get(http, path, { 'X-Forwarded-For': '1.2.3.4' });
    await raw(http.publicPort, [head('POST', WEBHOOK, { 'Content-Length': '2' }), '{}']);
    expect(queries).toBe(0);
    expect(await db.query('SELECT * FROM rate_limits')).toEqual([]);
  } finally {
    await http.stop();
  }
});

test("Telegram's updates and the probes are not counted against anybody else", async () => {
  const http = await testHttp();
  try {
    await times(101, () => get(http, '/x'));
    expect((await get(http, '/x')).status).toBe(429);
    const update = `${head('POST', WEBHOOK, { 'X-Telegram-Bot-Api-Secret-Token': SECRET, 'Content-Length': '15' })}{"update_id":1}`;
    expect(statuses(await times(150, () => raw(http.publicPort, [update])))).toEqual([200]);
    expect((await get(http, '/health')).status).toBe(200);
  } finally {
    await http.stop();
  }
});

test('old windows are forgotten, present ones kept', async () => {
  await db.query(
    `INSERT INTO rate_limits (key, "window", hits) VALUES ('api:old', $1, 3), ('api:new', $2, 3)`,
    [systemClock.now() - 7_200_000, systemClock.now()].map((at) => new Date(at).toISOString()),
  );
  await trimLimits(db, systemClock);
  expect(await db.query('SELECT key FROM rate_limits')).toEqual([{ key: 'api:new' }]);
});
