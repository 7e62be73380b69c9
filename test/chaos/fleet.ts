/** Real Steward processes on one database and one stand-in, behind a balancer where they take webhooks. */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { type EmbeddedConnection, type EmbeddedPostgres, startEmbedded } from '../../src/storage/embedded.ts';
import { migrate } from '../../src/storage/migrations/migrator.ts';
import { type Mode, until, WEBHOOK_SECRET } from '../e2e/steward.ts';
import { freePort } from '../support/steady/ports.ts';
import { makeReplica, type Replica } from './replica.ts';

export interface Ground {
  readonly server: EmbeddedPostgres;
  /** A migrated database of its own (or an empty one). */
  database(empty?: boolean): Promise<{ connection: EmbeddedConnection; db: Database; drop(): Promise<void> }>;
  /** Ends the server as an administrator would; it is started again by itself. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

async function admin(connection: EmbeddedConnection, statement: string): Promise<void> {
  const client = new pg.Client({ ...connection, database: 'postgres' });
  client.on('error', () => {});
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** A PostgreSQL of the test's own, durable as in earnest. */
export async function startGround(): Promise<Ground> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'steward-chaos-'));
  const server = await startEmbedded({ dataDir, log: () => {} });
  const template = { ...server.connection, database: 'chaos_template' };
  await admin(server.connection, 'CREATE DATABASE chaos_template');
  await migrate(template);
  let made = 0;
  return {
    server,
    async database(empty = false) {
      made += 1;
      const connection = { ...server.connection, database: `chaos_${made}` };
      await admin(server.connection, `CREATE DATABASE chaos_${made}${empty ? '' : ' TEMPLATE chaos_template'}`);
      const db = openDatabase({ connection, max: 2, onError: () => {} });
      return {
        connection,
        db,
        drop: async () => {
          await db.close();
          await admin(server.connection, `DROP DATABASE IF EXISTS ${connection.database} WITH (FORCE)`);
        },
      };
    },
    async restart() {
      const before = server.pid();
      process.kill(before, 'SIGINT');
      await until('the database is back', () => server.pid() !== before, 120_000);
    },
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface Fleet {
  readonly mode: Mode;
  readonly sandbox: Sandbox;
  readonly db: Database;
  readonly replicas: readonly Replica[];
  /** Processes that ended though nobody told them to: which, when, doing what, how, and their last words. */
  readonly unasked: readonly string[];
  /** Resolves when everything sent is handled and answered. */
  quiet(timeoutMs?: number): Promise<void>;
  end(): Promise<void>;
}

export interface FleetOptions {
  readonly mode: Mode;
  readonly people: readonly number[];
  readonly count: number;
  readonly empty?: boolean;
  readonly seed?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Commits need not reach the disk: for what is about something else than durability. */
  readonly relaxed?: boolean;
  /** Do not start them yet. */
  readonly idle?: boolean;
}

/** A balancer of connections: any that is alive, in turn. */
async function startBalancer(replicas: readonly Replica[]): Promise<Server & { port: number }> {
  let turn = 0;
  const server = createServer((client) => {
    client.on('error', () => {});
    const attempt = (left: number) => {
      turn += 1;
      const replica = replicas[turn % replicas.length];
      if (left === 0 || !replica) {
        client.destroy();
        return;
      }
      const upstream = connect(replica.port, '127.0.0.1');
      let open = false;
      upstream.once('connect', () => {
        open = true;
        client.pipe(upstream).pipe(client);
      });
      upstream.on('error', () => (open ? client.destroy() : attempt(left - 1)));
      upstream.on('close', () => open && client.destroy());
      client.on('close', () => upstream.destroy());
    };
    attempt(replicas.length);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return Object.assign(server, { port });
}

/** Brings `count` replicas up. */
export async function startFleet(ground: Ground, options: FleetOptions): Promise<Fleet> {
  const { mode, people, count, seed } = options;
  const { connection, db, drop } = await ground.database(options.empty);
  if (options.relaxed) await db.query(`ALTER DATABASE ${connection.database} SET synchronous_commit = off`);
  const sandbox = await startSandbox({
    ...(seed === undefined ? {} : { seed }),
    webhook: { retryMs: 50, retryMaxMs: 200 },
    keep: { messages: 100_000, calls: 200_000 },
  });
  const replicas: Replica[] = [];
  const balancer = await startBalancer(replicas);
  const folder = mkdtempSync(path.join(tmpdir(), 'steward-replica-'));
  const env = {
    TELEGRAM_BOT_TOKEN: sandbox.token,
    TELEGRAM_API_ROOT: sandbox.url,
    TELEGRAM_ALLOWED_USERS: people.join(','),
    TELEGRAM_MODE: mode,
    ...(mode === 'webhook'
      ? {
          TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${balancer.port}/telegram/hook`,
          TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
        }
      : {}),
    DATABASE_HOST: connection.host,
    DATABASE_PORT: String(connection.port),
    DATABASE_NAME: connection.database,
    DATABASE_USER: connection.user,
    DATABASE_POOL_MAX: '8',
    STEWARD_DATA_DIR: folder,
    STEWARD_TIMEZONE: 'Europe/Berlin',
    STEWARD_LANGUAGE: 'en',
    STEWARD_DRAIN_SECONDS: '10',
    HOST: '127.0.0.1',
    LOG_FORMAT: 'json',
    ...options.env,
  };
  const began = performance.now();
  const unasked: string[] = [];
  const endedUnasked = (told: string) =>
    void unasked.push(`${((performance.now() - began) / 1000).toFixed(1)} s: ${told}`);
  for (let index = 0; index < count; index += 1) {
    const ports = { port: await freePort(), metricsPort: await freePort() };
    replicas.push(makeReplica(`replica ${index}`, ports, env, endedUnasked));
  }
  const fleet: Fleet = {
    mode,
    sandbox,
    db,
    replicas,
    unasked,
    async quiet(timeoutMs = 120_000) {
      const botId = sandbox.token.split(':')[0];
      let calm = 0;
      let state = '';
      await until(
        'everything is handled and answered',
        async () => {
          const [row] = await db
            .query<{ inbox: number; outbox: number; due: number }>(
              `SELECT (SELECT count(*)::int FROM updates WHERE state = 'waiting') AS inbox,
                      (SELECT count(*)::int FROM outbox WHERE bot_id = ${botId} AND state IN ('due', 'sending', 'unknown')) AS outbox,
                      (SELECT count(*)::int FROM deliveries WHERE state IN ('due', 'sending', 'unknown') AND due_at <= now()) AS due`,
            )
            .catch(() => []);
          state = JSON.stringify({ ...row, pending: sandbox.updates.pending.size });
          const still = !row || row.inbox + row.outbox + row.due + sandbox.updates.pending.size > 0;
          calm = still ? 0 : calm + 1;
          return calm >= 4;
        },
        timeoutMs,
      ).catch((error: Error) => {
        throw new Error(`${error.message} ${state}`);
      });
    },
    async end() {
      await Promise.all(replicas.map((replica) => (replica.alive() ? replica.kill() : undefined)));
      await new Promise((resolve) => {
        balancer.close(resolve);
      });
      await sandbox.stop();
      await drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    if (!options.idle) {
      await Promise.all(replicas.map((replica) => replica.start()));
      if (mode === 'webhook')
        await until('the webhook is set', () => sandbox.delivery.webhookInfo().url !== '', 15_000);
    }
    return fleet;
  } catch (error) {
    await fleet.end();
    throw error;
  }
}
