/** Steward as a process: how soon it is ready, what it holds idle, how fast it answers for its health. */
import { ms, percentile, summary } from '../figures.ts';
import { residentMiB } from '../machine.ts';
import { type Bench, judged, type Row } from '../report.ts';
import { startProxy } from '../stage/proxy.ts';
import type { Server } from '../stage/server.ts';
import { startStandIn } from '../stage/standin.ts';
import { botSettings, type StewardProcess, startSteward } from '../stage/steward.ts';

const OWNER = 42;

/** From spawning to ready: with a database that is there, and making the embedded one. */
export const start = (server: Server) => ({
  name: 'start',
  async run(bench: Bench): Promise<Row[]> {
    const standIn = await startStandIn();
    await standIn.people([OWNER]);
    try {
      const { DATABASE_URL: _, ...bot } = botSettings(standIn, '', [OWNER]);
      const timed = async (folder: string, settings: Record<string, string>) => {
        const steward = await startSteward({ folder, settings });
        await steward.stop();
        return steward.readyMs;
      };
      const created: number[] = [];
      const again: number[] = [];
      for (let round = 0; round < (bench.quick ? 1 : 3); round += 1) {
        bench.note('creating the embedded database');
        const folder = server.folder('start');
        created.push(await timed(folder, bot));
        for (let each = 0; each < (bench.quick ? 2 : 3); each += 1) again.push(await timed(folder, bot));
      }
      const database = await server.database();
      const external: number[] = [];
      for (let each = 0; each < (bench.quick ? 2 : 5); each += 1) {
        external.push(await timed(server.folder('start'), { ...bot, DATABASE_URL: database.url }));
      }
      await database.drop();
      const row = (what: string, times: readonly number[], boundMs: number) =>
        judged(Math.max(...times) < boundMs, {
          what: `cold start to ready, ${what}`,
          measured: `median ${ms(percentile(times, 0.5))}, longest ${ms(Math.max(...times))}`,
          target: `< ${boundMs / 1000} s`,
          beside: `${times.length} start${times.length === 1 ? '' : 's'}`,
        });
      return [
        row('creating the embedded database', created, 6_000),
        row('embedded database there', again, 2_000),
        row('PostgreSQL running', external, 2_000),
      ];
    } finally {
      await standIn.stop();
    }
  },
});

/** Resident memory after a while without work, with a real token's set-up. */
export const memory = (server: Server) => ({
  name: 'memory',
  async run(bench: Bench): Promise<Row[]> {
    const database = await server.database();
    const standIn = await startStandIn();
    await standIn.people([OWNER]);
    const steward = await startSteward({
      folder: server.folder('memory'),
      settings: botSettings(standIn, database.url, [OWNER]),
    });
    try {
      await new Promise((resolve) => setTimeout(resolve, bench.quick ? 6_000 : 20_000));
      const fresh = residentMiB(steward.pid);
      for (const text of [
        '/start',
        'call Bob tomorrow 3pm',
        '/list',
        '/today',
        'remind me to stretch in 1 hour',
        '/help',
      ])
        await standIn.ask(OWNER, text);
      await new Promise((resolve) => setTimeout(resolve, bench.quick ? 4_000 : 15_000));
      const used = residentMiB(steward.pid);
      const shown = (mib: number) => `${Math.round(mib)} MB`;
      return [
        judged(used < 180, {
          what: 'memory, RSS idle',
          measured: `${shown(fresh)} after the start, ${shown(used)} after a conversation`,
          target: '< 180 MB',
          beside: 'LarryBot2 98 MB without language model',
        }),
      ];
    } finally {
      await steward.stop();
      await standIn.stop();
      await database.drop();
    }
  },
});

async function asked(steward: StewardProcess, path: string, count: number, pauseMs: number): Promise<number[]> {
  const times: number[] = [];
  for (let each = 0; each < count; each += 1) {
    const begun = performance.now();
    const response = await fetch(`${steward.url}${path}`);
    await response.arrayBuffer();
    times.push(performance.now() - begun);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return times;
}

const PROBES = ['/health', '/health/live', '/health/ready'] as const;

/** Health answers, in peace and with PostgreSQL and Telegram both hanging. */
export const health = (server: Server) => ({
  name: 'health',
  async run(bench: Bench): Promise<Row[]> {
    const database = await server.database();
    const standIn = await startStandIn();
    await standIn.people([OWNER]);
    const postgres = await startProxy({ path: `${database.connection.host}/.s.PGSQL.${database.connection.port}` });
    const telegram = await startProxy({ port: Number(new URL(standIn.url).port), host: '127.0.0.1' });
    const { user, database: name } = database.connection;
    const steward = await startSteward({
      folder: server.folder('health'),
      settings: botSettings(
        { url: `http://127.0.0.1:${telegram.port}`, token: standIn.token },
        `postgresql://${user}@127.0.0.1:${postgres.port}/${name}`,
        [OWNER],
      ),
    });
    try {
      await standIn.ask(OWNER, '/help');
      const rounds = bench.quick ? 10 : 25;
      const calm: number[] = [];
      // Apart from one another, so that checks run and are not only remembered.
      for (const path of PROBES) calm.push(...(await asked(steward, path, rounds, 100)));
      bench.note('everything hangs');
      postgres.hang();
      telegram.hang();
      const hung: number[] = [];
      for (const path of PROBES) hung.push(...(await asked(steward, path, bench.quick ? 5 : 15, 400)));
      const live = await fetch(`${steward.url}/health/live`);
      const ready = await fetch(`${steward.url}/health/ready`);
      await Promise.all([live.arrayBuffer(), ready.arrayBuffer()]);
      const [peace, trouble] = [summary(calm), summary(hung)];
      return [
        judged(peace.max < 50, {
          what: 'health answer',
          measured: `p50 ${ms(peace.p50)}, longest ${ms(peace.max)}`,
          target: '< 50 ms',
          beside: `${peace.count} answers of ${PROBES.join(', ')}`,
        }),
        judged(trouble.max < 1000 && live.status === 200 && ready.status === 503, {
          what: 'health answer, PostgreSQL and Telegram hanging',
          measured: `p50 ${ms(trouble.p50)}, longest ${ms(trouble.max)}; live ${live.status}, ready ${ready.status}`,
          target: '< 1 s; live 200, ready 503',
          beside: `${trouble.count} answers; seed < 1 s`,
        }),
      ];
    } finally {
      // Its connections hang: it is not asked to say goodbye to them for long.
      await Promise.all([postgres.stop(), telegram.stop()]);
      await steward.stop();
      await standIn.stop();
      await database.drop();
    }
  },
});
