/** Guards a start against a database that goes away in the middle of it: wherever that falls, the start waits and then is ready. */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startSteward } from '../../test/e2e/steward.ts';

/** What a server that is stopping says to whoever asks, before it hangs up. */
function shuttingDown(): Buffer {
  const fields = ['SFATAL', 'VFATAL', 'C57P03', 'Mthe database system is shutting down'];
  const body = Buffer.from(`${fields.join('\0')}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** A way to the server on which the packet numbered `fatal` (from 0) of those sent to it finds the server stopping. */
class Cut {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'cut-'));
  #server: Server | undefined;
  readonly #open = new Set<Socket>();
  fatal = Number.POSITIVE_INFINITY;
  seen = 0;

  async wire<C extends { host: string; port: number }>(connection: C): Promise<C> {
    const target = path.join(connection.host, `.s.PGSQL.${connection.port}`);
    const server = createServer((near) => {
      const far = connect(target);
      for (const socket of [near, far]) {
        this.#open.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          this.#open.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      far.on('data', (chunk) => near.write(chunk));
      near.on('data', (chunk) => {
        const number = this.seen;
        this.seen += 1;
        if (number !== this.fatal) return void far.write(chunk);
        // Everybody connected is told; who comes later finds it there again.
        for (const socket of this.#open) if (socket !== far) socket.end(shuttingDown());
      });
    });
    this.#server = server;
    await new Promise<void>((resolve) =>
      server.listen(path.join(this.#folder, `.s.PGSQL.${connection.port}`), resolve),
    );
    return { ...connection, host: this.#folder };
  }

  close(): void {
    for (const socket of this.#open) socket.destroy();
    this.#server?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The whole server goes: enough that later packets find it again is waited for by the start itself. */
async function startsAround(packets: readonly number[], wrong: string[]): Promise<void> {
  const cut = new Cut();
  const steward = await startSteward({ mode: 'polling', idle: true, wire: (connection) => cut.wire(connection) });
  try {
    for (const packet of packets) {
      cut.seen = 0;
      cut.fatal = packet;
      await steward.start().catch((error: Error) => wrong.push(`packet ${packet}: ${error.message}`));
      await steward.stop().catch((error: Error) => wrong.push(`end after packet ${packet}: ${error.message}`));
    }
  } finally {
    await steward.end();
    cut.close();
  }
}

test('a database that stops at any moment of a start is waited for, and the start ends well', async () => {
  // How many packets a start sends, and with them the moments at which the server can go.
  const cut = new Cut();
  const steward = await startSteward({ mode: 'polling', wire: (connection) => cut.wire(connection) });
  const packets = cut.seen;
  await steward.end();
  cut.close();
  expect(packets).toBeGreaterThan(20);
  const wrong: string[] = [];
  const share = (own: number) => Array.from({ length: packets }, (_, packet) => packet).filter((n) => n % 4 === own);
  await Promise.all([0, 1, 2, 3].map((own) => startsAround(share(own), wrong)));
  expect(wrong).toEqual([]);
}, 60_000);
