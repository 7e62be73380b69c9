/** Steward as people run it: `bin/steward.js start`, a process of its own, ready when it says so. */
import type { ChildProcess } from 'node:child_process';
import { freePort } from '../../support/steady/ports.ts';
import { end, environment, startProgram } from './children.ts';

export interface StewardProcess {
  readonly process: ChildProcess;
  readonly pid: number;
  /** where /health is */
  readonly url: string;
  readonly metricsUrl: string;
  /** from spawning to the first 200 of /health/ready, ms */
  readonly readyMs: number;
  /** warnings and errors it logged, as lines */
  readonly complaints: readonly string[];
  stop(): Promise<void>;
}

export interface StewardOptions {
  /** work folder: no .env of anyone is read */
  readonly folder: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly mode?: 'polling' | 'webhook';
}

const READY_WITHIN_MS = 30_000;
const PROGRAM = new URL('../../../bin/steward.js', import.meta.url);

/** Starts it and waits until it is ready. Rejects with its own words when it ends before. */
export async function startSteward(options: StewardOptions): Promise<StewardProcess> {
  const [port, metricsPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const profile = process.env['BENCH_PROFILE'];
  const started = performance.now();
  const child = startProgram(PROGRAM, ['start'], {
    cwd: options.folder,
    ...(profile === undefined ? {} : { nodeOptions: ['--cpu-prof', `--cpu-prof-dir=${profile}`] }),
    env: environment({
      STEWARD_DATA_DIR: `${options.folder}/data`,
      HOST: '127.0.0.1',
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      LOG_FORMAT: 'json',
      LOG_LEVEL: 'warn',
      ...(options.mode === 'webhook'
        ? {
            TELEGRAM_MODE: 'webhook',
            TELEGRAM_WEBHOOK_URL: `${url}/telegram/webhook`,
            TELEGRAM_WEBHOOK_SECRET: 'bench-0123456789abcdef0123456789abcdef',
          }
        : { TELEGRAM_MODE: 'polling' }),
      ...options.settings,
    }),
  });
  const complaints: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      if (complaints.length < 200) complaints.push(...text.split('\n').filter((line) => line !== ''));
    });
  }
  let ended: string | undefined;
  child.on('exit', (code, signal) => {
    ended = `Steward ended (${signal ?? code}): ${complaints.slice(0, 8).join(' | ')}`;
  });
  for (;;) {
    if (ended !== undefined) throw new Error(ended);
    if (performance.now() - started > READY_WITHIN_MS) {
      await end(child);
      throw new Error(`not ready within ${READY_WITHIN_MS} ms: ${complaints.slice(0, 8).join(' | ')}`);
    }
    const response = await fetch(`${url}/health/ready`).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return {
    process: child,
    pid: child.pid ?? 0,
    url,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    readyMs: performance.now() - started,
    complaints,
    stop: () => end(child),
  };
}

/** The settings of a bot on the stand-in. */
export function botSettings(
  standIn: { readonly url: string; readonly token: string },
  databaseUrl: string,
  users: readonly number[],
): Record<string, string> {
  return {
    TELEGRAM_BOT_TOKEN: standIn.token,
    TELEGRAM_API_ROOT: standIn.url,
    TELEGRAM_ALLOWED_USERS: users.join(','),
    DATABASE_URL: databaseUrl,
  };
}
