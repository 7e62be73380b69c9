/** `npm run bench [-- --only NAME,NAME] [--quick] [--detail]`: measures what Steward is held to, and prints one table. */
import { parseArgs } from 'node:util';
import { machine } from './machine.ts';
import { type Bench, type Measurement, type Row, table } from './report.ts';
import { backup } from './rows/backup.ts';
import { capture } from './rows/capture.ts';
import { fairness, growth } from './rows/fairness.ts';
import { flat } from './rows/flat.ts';
import { lateness } from './rows/lateness.ts';
import { limits } from './rows/limits.ts';
import { health, memory, start } from './rows/process.ts';
import { reply } from './rows/reply.ts';
import { search } from './rows/search.ts';
import { size } from './rows/size.ts';
import { throughput } from './rows/throughput.ts';
import { endAll } from './stage/children.ts';
import { startServer } from './stage/server.ts';

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    detail: { type: 'boolean', default: false },
  },
});
const needed = 24;
if (Number(process.versions.node.split('.')[0]) < needed)
  throw new Error(`the bench needs Node ${needed}: start it by npm`);

const begun = performance.now();
const elapsed = () => `${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s`;
const server = await startServer();
const measurements: readonly Measurement[] = [
  capture,
  start(server),
  memory(server),
  flat(server),
  health(server),
  reply(server),
  size(server),
  search(server),
  growth(server),
  fairness(server),
  throughput(server),
  lateness(server),
  limits(server),
  backup(server),
];
const wanted = flags.only?.split(',');
const unknown = (wanted ?? []).filter((name) => !measurements.some((one) => one.name === name));

async function measured(one: Measurement): Promise<Row[]> {
  const bench: Bench = {
    quick: flags.quick,
    detail: flags.detail,
    note: (text) => void process.stderr.write(`${elapsed()}  ${one.name}: ${text}\n`),
  };
  bench.note('…');
  try {
    return await one.run(bench);
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    const reason = error instanceof Error ? error.message.slice(0, 200) : String(error);
    return [{ what: one.name, measured: reason, target: '', beside: '', verdict: 'failed' }];
  } finally {
    await endAll();
  }
}

let stopping: Promise<void> | undefined;
function stop(): Promise<void> {
  stopping ??= endAll().then(() => server.stop());
  return stopping;
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stop().then(() => process.exit(130)));

try {
  if (unknown.length > 0) {
    throw new Error(`no such measurement: ${unknown}. There are: ${measurements.map((one) => one.name).join(', ')}`);
  }
  const rows: Row[] = [];
  for (const one of measurements) {
    if (wanted === undefined || wanted.includes(one.name)) rows.push(...(await measured(one)));
  }
  const width = process.stdout.columns ?? 150;
  process.stdout.write(`\n${table(rows, Math.min(width, 170))}\n\n${machine(server.version)}\n`);
  process.stdout.write(
    `${flags.quick ? 'Quick run: figures are rough. ' : ''}${elapsed().trim()} in all. Ratios hold elsewhere, absolute figures only here.\n`,
  );
} finally {
  await stop();
}
