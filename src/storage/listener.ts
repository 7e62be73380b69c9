/** Notifications: one connection for all channels of a process, opened with the first and made again when it breaks. */
import pg from 'pg';
import { within } from '../core/loop.ts';

export interface Listener {
  /** Calls `listener` on NOTIFY of `channel` with what was told, and once after each (re)connection with '', as notifications in between are lost. */
  listen(channel: string, listener: (told: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const RETRY_MS = 1_000;
/** A server that hangs answers neither a connect nor a statement nor a goodbye. */
const CONNECT_MS = 5_000;
const STATEMENT_MS = 5_000;
const GOODBYE_MS = 1_000;
/** Nothing is ever written on a connection that only listens, so a dead peer would never be noticed: it is asked this often. */
const HEARTBEAT_MS = 15_000;
const KEEP_ALIVE_MS = 10_000;

export interface ListenerOptions {
  readonly connection: pg.ClientConfig;
  readonly onError: (error: Error) => void;
  /** How often the server is asked for a sign of life. Milliseconds. */
  readonly heartbeatMs?: number;
}

/** Prepares listening; connects when first asked to. */
export function openListener(options: ListenerOptions): Listener {
  const listeners = new Map<string, Set<(told: string) => void>>();
  let client: pg.Client | undefined;
  let connecting: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  /** The driver takes one statement at a time. */
  let said: Promise<unknown> = Promise.resolve();
  function say(statement: string): Promise<unknown> {
    const before = said;
    said = (async () => {
      await before;
      await connecting;
      const hearing = client;
      await hearing?.query(statement).catch(() => drop(hearing));
    })();
    return said;
  }
  let beating = false;
  const heartbeat = setInterval(async () => {
    if (beating || !client) return;
    beating = true;
    await say('SELECT 1');
    beating = false;
  }, options.heartbeatMs ?? HEARTBEAT_MS);
  heartbeat.unref();

  function drop(broken: pg.Client): void {
    broken.removeAllListeners();
    broken.on('error', () => {});
    void broken.end().catch(() => {});
    if (client !== broken) return;
    client = undefined;
    connecting = undefined;
    if (closed || listeners.size === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => void connect(), RETRY_MS);
  }

  function connect(): Promise<void> {
    connecting ??= (async () => {
      const next = new pg.Client({
        connectionTimeoutMillis: CONNECT_MS,
        ...options.connection,
        keepAlive: true,
        keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
        query_timeout: STATEMENT_MS,
        application_name: 'steward-listen',
      });
      client = next;
      next.on('error', () => drop(next));
      next.on('end', () => drop(next));
      next.on('notification', (message) => {
        for (const listener of listeners.get(message.channel) ?? []) listener(message.payload ?? '');
      });
      try {
        await next.connect();
        for (const channel of listeners.keys()) await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
        for (const listener of [...listeners.values()].flatMap((set) => [...set])) listener('');
      } catch (error) {
        options.onError(error instanceof Error ? error : new Error(String(error)));
        drop(next);
      }
    })();
    return connecting;
  }

  return {
    async listen(channel, listener) {
      const isNew = !listeners.has(channel);
      const set = listeners.get(channel) ?? new Set();
      listeners.set(channel, set.add(listener));
      if (!client) await connect();
      else if (isNew) await say(`LISTEN ${pg.escapeIdentifier(channel)}`);
      else await connecting;
      return async () => {
        set.delete(listener);
      };
    },
    async close() {
      closed = true;
      clearInterval(heartbeat);
      clearTimeout(timer);
      await connecting;
      const open = client;
      client = undefined;
      open?.removeAllListeners();
      open?.on('error', () => {});
      if (open)
        await within(
          open.end().catch(() => {}),
          GOODBYE_MS,
          undefined,
        );
    },
  };
}
