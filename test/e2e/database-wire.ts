/** A wire between Steward and PostgreSQL that a test can listen to, cut at a chosen statement or packet, take away or have swallow everything for a while. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EmbeddedConnection } from '../../src/storage/embedded.ts';
import { type Steward, type StewardOptions, startSteward } from './steward.ts';

/** What the client asks for, in order: names of prepared statements, 'BEGIN' and 'COMMIT' among them, and texts of others. */
export type Asked = (statement: string, connection: Connection) => void;

export interface Connection {
  /** Hands what was asked to the server, and cuts the line before its answer reaches the client. */
  cutBeforeAnswer(): void;
  /** Lets nothing of the server through to the client for so long. */
  delayAnswer(ms: number): void;
  /** statements of this connection so far */
  readonly asked: string[];
}

export interface DatabaseWire {
  readonly connection: EmbeddedConnection;
  /** Calls `listener` for each statement from now on; returns the way to stop. */
  listen(listener: Asked): () => void;
  /** Cuts every line and takes no new ones until `restore`. */
  away(): void;
  restore(): Promise<void>;
  /**
   * From now on bytes vanish in both directions and no line is closed, as behind a router that forgot its connections. After
   * `swallow(false)` new lines work; those that were open are half-open for ever.
   */
  swallow(on: boolean): void;
  /**
   * The server stops at the `packet`-th packet (from 0) it is sent from now on, and says so on every line; who comes after finds it there
   * again. `taken`: it still does what that packet asks, and only its answer is lost. The count ends with `Number.POSITIVE_INFINITY`.
   */
  stopAt(packet: number, taken?: boolean): void;
  /** packets sent to the server since `stopAt`, or since the opening */
  readonly packets: () => number;
  /** lines open at the client's side */
  readonly lines: () => number;
  close(): Promise<void>;
}

/** Calls `told` for each whole message of a client. The first has no type. */
function frontend(told: (type: string, body: Buffer) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  let started = false;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return;
      const length = head + rest.readUInt32BE(head);
      if (rest.length < length) return;
      told(started ? String.fromCharCode(rest[0] ?? 0) : '', rest.subarray(head + 4, length));
      started = true;
      rest = rest.subarray(length);
    }
  };
}

/** What a server that is stopping says to whoever asks, before it hangs up. */
const SHUTTING_DOWN = (() => {
  const body = Buffer.from('SFATAL\0VFATAL\0C57P03\0Mthe database system is shutting down\0\0');
  const head = Buffer.alloc(5, 'E');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
})();

function texts(body: Buffer): string[] {
  return body.toString('utf8').split('\0');
}

/** Opens the wire to `target`. */
export async function openWire(target: EmbeddedConnection): Promise<DatabaseWire> {
  const host = mkdtempSync(path.join(tmpdir(), 'steward-wire-'));
  const listeners = new Set<Asked>();
  const open = new Set<Socket>();
  const forgotten = new Set<Socket>();
  let server: Server;
  let swallowing = false;
  const silenced = new Set<() => void>();
  let sent = 0;
  let last: { readonly packet: number; readonly taken: boolean } | undefined;
  const shutDown = () => {
    for (const socket of open) socket.end(SHUTTING_DOWN);
  };

  function serve(client: Socket): void {
    const upstream = createConnection(path.join(target.host, `.s.PGSQL.${target.port}`));
    let cut = false;
    let arriving: Promise<unknown> = Promise.resolve();
    let silent = swallowing;
    const silence = () => {
      silent = true;
    };
    silenced.add(silence);
    const connection: Connection = {
      asked: [],
      cutBeforeAnswer: () => {
        cut = true;
      },
      delayAnswer(ms) {
        arriving = new Promise((resolve) => setTimeout(resolve, ms));
      },
    };
    const end = () => {
      client.destroy();
      silenced.delete(silence);
      // The server hears nothing of a client that gave up its half-open line.
      if (!silent) upstream.destroy();
      else forgotten.add(upstream);
      open.delete(client);
    };
    open.add(client);
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
    const read = frontend((type, body) => {
      const [first = '', second = ''] = texts(body);
      const asked = type === 'Q' ? first : type === 'B' ? second : type === 'P' && first === '' ? second : undefined;
      if (asked === undefined) return;
      connection.asked.push(asked);
      for (const listener of listeners) listener(asked, connection);
    });
    client.on('data', (chunk: Buffer) => {
      if (silent) return;
      sent += 1;
      if (last?.packet === sent - 1) {
        if (!last.taken) return shutDown();
        upstream.removeAllListeners('data').once('data', shutDown);
      }
      read(chunk);
      upstream.write(chunk);
    });
    upstream.on('data', (chunk: Buffer) => {
      if (silent) return;
      if (cut) end();
      else arriving = arriving.then(() => client.write(chunk));
    });
  }

  const restore = async () => {
    server = createServer(serve);
    await new Promise<void>((resolve) => server.listen(path.join(host, `.s.PGSQL.${target.port}`), resolve));
  };
  const away = () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  await restore();
  return {
    connection: { ...target, host },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    away,
    restore,
    swallow(on) {
      swallowing = on;
      if (on) for (const silence of silenced) silence();
    },
    stopAt(packet, taken = false) {
      sent = 0;
      last = { packet, taken };
    },
    packets: () => sent,
    lines: () => open.size,
    async close() {
      away();
      for (const socket of forgotten) socket.destroy();
      rmSync(host, { recursive: true, force: true });
    },
  };
}

/** Acts once on the connection that commits a transaction in which `statement` was run; returns whether it has. */
export function atCommitWith(wire: DatabaseWire, statement: string, act: (on: Connection) => void): () => boolean {
  let acted = false;
  const stop = wire.listen((asked, connection) => {
    const since = connection.asked.slice(connection.asked.lastIndexOf('BEGIN'));
    if (asked !== 'COMMIT' || !since.some((one) => one.endsWith(statement))) return;
    acted = true;
    stop();
    act(connection);
  });
  return () => acted;
}

/** A Steward that reaches its database over a wire; `end` ends both. */
export async function startWired(
  options: StewardOptions,
): Promise<{ steward: Steward; wire: DatabaseWire; end(): Promise<void> }> {
  const opening: DatabaseWire[] = [];
  const steward = await startSteward({
    ...options,
    wire: async (connection) => {
      const wire = await openWire(connection);
      opening.push(wire);
      return wire.connection;
    },
  });
  const [wire] = opening;
  if (!wire) throw new Error('Steward was started without asking for its connection');
  const end = async () => {
    await steward.end();
    await wire.close();
  };
  return { steward, wire, end };
}
