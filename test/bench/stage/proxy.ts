/** A way through to a server that can be made to hang: connections stay open and nothing moves, as behind a dead link. */
import { connect, createServer, type NetConnectOpts, type Socket } from 'node:net';

export interface Proxy {
  readonly port: number;
  /** From now on nothing passes. */
  hang(): void;
  stop(): Promise<void>;
}

/** Listens on loopback and passes everything on to `target`. */
export async function startProxy(target: NetConnectOpts): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let hanging = false;
  const server = createServer({ allowHalfOpen: false }, (near) => {
    sockets.add(near);
    near.on('error', () => near.destroy());
    near.on('close', () => sockets.delete(near));
    if (hanging) {
      near.pause();
      return;
    }
    const far = connect(target);
    sockets.add(far);
    far.on('error', () => near.destroy());
    far.on('close', () => {
      sockets.delete(far);
      near.destroy();
    });
    near.on('close', () => far.destroy());
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    hang() {
      hanging = true;
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
