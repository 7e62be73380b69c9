/** Updates through one process, beside a bare echo on the same machine, server and stand-in. */
import type { ChildProcess } from 'node:child_process';
import { digits, ms, percentile } from '../figures.ts';
import { processorSeconds } from '../machine.ts';
import { type Bench, judged, type Row } from '../report.ts';
import { end, environment, startModule } from '../stage/children.ts';
import type { Server } from '../stage/server.ts';
import { type Load, startStandIn } from '../stage/standin.ts';
import { botSettings, startSteward } from '../stage/steward.ts';

const USERS = Array.from({ length: 50 }, (_, index) => 6_000 + index);

interface Through {
  readonly perSecond: number;
  readonly p99: number;
  /** processor time of the program for one update, ms */
  readonly cost: number;
}

function plan(bench: Bench): Omit<Load, 'text'> {
  return { users: USERS, outstanding: 4, warmSeconds: bench.quick ? 2 : 5, seconds: bench.quick ? 5 : 15 };
}

async function under(
  standIn: { load(load: Load): Promise<{ answers: number; seconds: number; replies: number[] }> },
  load: Load,
  pid: number,
): Promise<Through> {
  const before = processorSeconds(pid);
  const { answers, seconds, replies } = await standIn.load(load);
  const used = processorSeconds(pid) - before;
  const rate = answers / seconds;
  return {
    perSecond: rate,
    p99: percentile(replies, 0.99),
    cost: (used / (rate * (load.seconds + load.warmSeconds))) * 1000,
  };
}

async function echo(server: Server, bench: Bench): Promise<Through> {
  const database = await server.database({ empty: true });
  const standIn = await startStandIn();
  let peer: ChildProcess | undefined;
  try {
    await standIn.people(USERS);
    peer = startModule(
      new URL('../peers/echo.ts', import.meta.url),
      environment({
        NODE_ENV: 'production',
        BOT_TOKEN: standIn.token,
        API_ROOT: standIn.url,
        DATABASE_URL: database.url,
      }),
    );
    const started = peer;
    await new Promise<void>((resolve, reject) => {
      started.once('message', () => resolve());
      started.once('exit', (code) => reject(new Error(`the echo ended (${code})`)));
    });
    return await under(standIn, { ...plan(bench), text: 'buy milk {n}' }, peer.pid ?? 0);
  } finally {
    if (peer) await end(peer);
    await standIn.stop();
    await database.drop();
  }
}

async function steward(server: Server, bench: Bench, mode: 'webhook' | 'polling', text: string): Promise<Through> {
  const database = await server.database();
  const standIn = await startStandIn();
  await standIn.people(USERS);
  const program = await startSteward({
    folder: server.folder('throughput'),
    settings: botSettings(standIn, database.url, USERS),
    mode,
  });
  try {
    return await under(standIn, { ...plan(bench), text }, program.pid);
  } finally {
    await program.stop();
    await standIn.stop();
    await database.drop();
  }
}

export const throughput = (server: Server) => ({
  name: 'throughput',
  async run(bench: Bench): Promise<Row[]> {
    // Before and after ours: on a machine with other work the peer must have had the same share of it.
    bench.note('the echo');
    const before = await echo(server, bench);
    const cases = [
      ['webhook', 'buy milk {n}', 'a task made'],
      ['webhook', '/today', 'a list shown'],
      ['polling', 'buy milk {n}', 'a task made'],
    ] as const;
    const measured: Array<{ mode: string; what: string; ours: Through }> = [];
    for (const [mode, text, what] of bench.quick ? cases.slice(0, 1) : cases) {
      bench.note(`${mode}, ${what}`);
      measured.push({ mode, what, ours: await steward(server, bench, mode, text) });
    }
    bench.note('the echo again');
    const after = await echo(server, bench);
    const mean = (of: (through: Through) => number) => (of(before) + of(after)) / 2;
    const peer = {
      perSecond: mean((one) => one.perSecond),
      p99: mean((one) => one.p99),
      cost: mean((one) => one.cost),
    };
    const rows: Row[] = [];
    for (const { mode, what, ours } of measured) {
      const share = ours.perSecond / peer.perSecond;
      rows.push(
        judged(share >= 0.35, {
          what: `updates through one process, ${mode}: ${what} each`,
          measured: `${digits(ours.perSecond)}/s = ${digits(share * 100)} % (p99 ${ms(ours.p99)}, ${ours.cost.toFixed(2)} ms of processor each)`,
          target: '≥ 35 % of the echo',
          beside: `bare Express + grammY + insert: ${digits(peer.perSecond)}/s (p99 ${ms(peer.p99)}, ${peer.cost.toFixed(2)} ms)`,
        }),
      );
    }
    return rows;
  },
});
