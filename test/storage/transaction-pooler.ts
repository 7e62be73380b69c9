/** The least of a transaction pooler (PgBouncer's `pool_mode=transaction`): many clients, a server connection each only while a transaction lasts. */

import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const READY = 'Z'.charCodeAt(0);
const IDLE = 'I'.charCodeAt(0);
const TERMINATE = 'X'.charCodeAt(0);

interface Backend {
  readonly socket: Socket;
  /** What the server said when the connection began, up to its first "ready". */
  greeting: Buffer;
  client: Socket | undefined;
}

export interface Pooler {
  /** Folder of its socket: the `host` to connect to. */
  readonly host: string;
  close(): Promise<void>;
}

/** Whole messages at the head of `data` (type byte, length, body), and what is left. */
function messages(data: Buffer): { whole: Buffer[]; rest: Buffer } {
  const whole: Buffer[] = [];
  let at = 0;
  while (data.length - at >= 5) {
    const end = at + 1 + data.readUInt32BE(at + 1);
    if (end > data.length) break;
    whole.push(data.subarray(at, end));
    at = end;
  }
  return { whole, rest: data.subarray(at) };
}

function openBackend(target: string, startup: Buffer, idle: Backend[]): Promise<Backend> {
  return new Promise((resolve, reject) => {
    const backend: Backend = { socket: connect(target), greeting: Buffer.alloc(0), client: undefined };
    let buffered: Buffer = Buffer.alloc(0);
    let ready = false;
    backend.socket.once('error', reject);
    backend.socket.once('connect', () => backend.socket.write(startup));
    backend.socket.on('data', (chunk: Buffer) => {
      const { whole, rest } = messages(Buffer.concat([buffered, chunk]));
      buffered = rest;
      for (const message of whole) {
        if (!ready) backend.greeting = Buffer.concat([backend.greeting, message]);
        else backend.client?.write(message);
        if (message[0] !== READY) continue;
        if (!ready) resolve(backend);
        else if (message[5] === IDLE) {
          backend.client = undefined;
          idle.unshift(backend);
        }
        ready = true;
      }
    });
  });
}

/** Starts one in front of the server whose socket folder is `host`. */
export async function startPooler(host: string): Promise<Pooler> {
  const folder = mkdtempSync(path.join(tmpdir(), 'steward-pooler-'));
  const target = path.join(host, '.s.PGSQL.5432');
  const idle: Backend[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => {});
    let startup: Buffer | undefined;
    let held: Backend | undefined;
    let buffered: Buffer = Buffer.alloc(0);
    let turn = Promise.resolve();
    const serve = async (message: Buffer) => {
      if (message[0] === TERMINATE || !startup) return void client.end();
      if (held?.client !== client) {
        held = idle.shift() ?? (await openBackend(target, startup, idle));
        sockets.add(held.socket);
        held.client = client;
      }
      held.socket.write(message);
    };
    const greet = async (first: Buffer) => {
      const backend = await openBackend(target, first, idle);
      sockets.add(backend.socket);
      idle.unshift(backend);
      client.write(backend.greeting);
    };
    client.on('data', (chunk: Buffer) => {
      if (!startup) {
        startup = chunk;
        turn = turn.then(() => greet(chunk));
        return;
      }
      const { whole, rest } = messages(Buffer.concat([buffered, chunk]));
      buffered = rest;
      for (const message of whole) turn = turn.then(() => serve(message));
    });
  });
  await new Promise<void>((resolve) => server.listen(path.join(folder, '.s.PGSQL.5432'), resolve));
  return {
    host: folder,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
