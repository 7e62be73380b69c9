/** A folder for embedded servers: started here, by Stewards of other processes, and all stopped in the end. For tests of the server. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { type EmbeddedConnection, type EmbeddedPostgres, startEmbedded } from '../../src/storage/embedded.ts';

/** What steward-process.ts writes, one a line. */
interface Line {
  log?: string;
  origin?: string;
  pid?: number;
  connection?: EmbeddedConnection;
  exit?: string;
  stopped?: boolean;
  error?: string;
}

/** A Steward of another process. */
export interface Other {
  readonly child: ChildProcess;
  /** The first line that has `key`; rejects when the process ends before. */
  line(key: keyof Line): Promise<Line>;
}

export interface DataPlace {
  readonly folder: string;
  /** Starts or joins the server in `dataDir`, by default 'data' in the folder. */
  start(dataDir?: string): Promise<EmbeddedPostgres>;
  other(dataDir?: string, env?: NodeJS.ProcessEnv): Other;
  /** Leaves every server that `start` gave. */
  stopServers(): Promise<void>;
  /** Ends everything and removes the folder. */
  clear(): Promise<void>;
}

/** Runs one statement on a connection of its own. */
export async function query<T extends object>(connection: EmbeddedConnection, sql: string): Promise<T[]> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

function follow(child: ChildProcess & { readonly stdout: NodeJS.ReadableStream }): Other {
  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  let ended = false;
  const wake = () => {
    for (const one of waiting) one();
  };
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push(JSON.parse(text) as Line);
    wake();
  });
  child.on('close', () => {
    ended = true;
    wake();
  });
  return {
    child,
    line: async (key) => {
      for (;;) {
        const found = lines.find((line) => line[key] !== undefined);
        if (found) return found;
        if (ended) throw new Error(`ended without "${key}": ${JSON.stringify(lines)}`);
        await new Promise<void>((resolve) => waiting.add(resolve));
      }
    },
  };
}

/** A new, empty folder. */
export function dataPlace(): DataPlace {
  const folder = mkdtempSync(path.join(tmpdir(), 'steward-embedded-'));
  const usual = path.join(folder, 'data');
  const children: ChildProcess[] = [];
  const servers: EmbeddedPostgres[] = [];
  const stopServers = async () => void (await Promise.all(servers.map((server) => server.stop())));
  return {
    folder,
    async start(dataDir = usual) {
      const server = await startEmbedded({ dataDir, log: () => {} });
      servers.push(server);
      return server;
    },
    other(dataDir = usual, env = {}) {
      const script = path.join(import.meta.dirname, 'steward-process.ts');
      const child = spawn(process.execPath, [script, dataDir], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, ...env },
      });
      children.push(child);
      return follow(child);
    },
    stopServers,
    async clear() {
      for (const child of children) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill('SIGKILL');
        await once(child, 'close');
      }
      await stopServers();
      // A server whose Steward was killed is adopted and stopped.
      if (existsSync(path.join(usual, 'postgres', 'postmaster.pid')))
        await (await startEmbedded({ dataDir: usual, log: () => {} })).stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
