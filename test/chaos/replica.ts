/** One real Steward process of a fleet: started, killed and ended by its id; what it says, and an end that nobody asked for, are kept. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '../e2e/steward.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = path.join(root, 'bin/steward.js');
const ownNode = path.join(root, 'node_modules/.bin/node');
/** A Node that runs Steward itself: one that would hand over to another could not be killed for it. */
const node = Number(process.versions.node.split('.')[0]) >= 24 || !existsSync(ownNode) ? process.execPath : ownNode;

/** Every process started and not ended, so that none outlives the tests. */
const living = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

export interface Replica {
  readonly port: number;
  readonly log: readonly string[];
  pid(): number;
  alive(): boolean;
  /** Starts the process; resolves when it is ready. */
  start(): Promise<void>;
  /** kill -9; resolves when it is dead. */
  kill(): Promise<void>;
  /** SIGTERM; resolves to its exit code. */
  terminate(): Promise<number | null>;
}

/** `endedUnasked` is told of an end that nobody asked for. */
export function makeReplica(
  name: string,
  ports: { readonly port: number; readonly metricsPort: number },
  env: Readonly<Record<string, string>>,
  endedUnasked: (told: string) => void,
): Replica {
  const { port, metricsPort } = ports;
  let child: ChildProcess | undefined;
  let exited: Promise<number | null> = Promise.resolve(0);
  let asked = false;
  let doing = 'starting';
  const log: string[] = [];
  const running = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    port,
    log,
    pid: () => child?.pid ?? 0,
    alive: running,
    async start() {
      [asked, doing] = [false, 'starting'];
      const began = performance.now();
      const started = spawn(node, [bin, 'start'], {
        cwd: tmpdir(),
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env['PATH'] ?? '', ...env, PORT: String(port), METRICS_PORT: String(metricsPort) },
      });
      child = started;
      living.add(started);
      exited = new Promise((resolve) => {
        started.once('exit', (code, signal) => {
          living.delete(started);
          const seconds = ((performance.now() - began) / 1000).toFixed(1);
          if (!asked)
            endedUnasked(
              `${name} (process ${started.pid}) ended by itself with ${signal ?? `exit code ${code}`} while ${doing}, ${seconds} s after it was started; its last words:\n${log.slice(-20).join('')}`,
            );
          resolve(code);
        });
      });
      for (const stream of [started.stdout, started.stderr])
        stream.on('data', (chunk: Buffer) => void log.push(String(chunk)));
      await until(
        'the replica is ready',
        async () => {
          if (!running()) throw new Error(`${name} ended before it was ready:\n${log.slice(-20).join('')}`);
          const response = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
          return response?.status === 200;
        },
        120_000,
      );
      doing = 'serving';
    },
    async kill() {
      asked = true;
      child?.kill('SIGKILL');
      await exited;
    },
    async terminate() {
      asked = true;
      child?.kill('SIGTERM');
      return exited;
    },
  };
}
