/** The socket of a connection, held back so that several statements leave in one packet: most of what a small statement costs is the sending. */
import type { Duplex } from 'node:stream';
import type pg from 'pg';

export interface Packet {
  /** What is written from now on waits. */
  hold(): void;
  /** Sends what waits, now. */
  send(): void;
  /** Sends what waits once everything that needs no answer first had its say. */
  sendSoon(): void;
}

/** Takes charge of a connection's socket. */
export function packet(client: pg.PoolClient): Packet {
  const { stream } = (client as pg.PoolClient & { readonly connection: { readonly stream: Duplex } }).connection;
  let held = false;
  let sending = false;
  const send = () => {
    sending = false;
    if (!held) return;
    held = false;
    stream.uncork();
  };
  return {
    send,
    hold() {
      if (held) return;
      held = true;
      stream.cork();
    },
    sendSoon() {
      if (sending) return;
      sending = true;
      process.nextTick(send);
    },
  };
}
