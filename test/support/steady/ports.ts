/** Ports for programs that must be told one before they listen, and that nothing else on the machine takes in between. */
import { createServer } from 'node:net';

/**
 * Below the ports which systems hand out by themselves (Linux from 32768 on, others from 49152): a port the system chose is anybody's the
 * moment it is let go, and with a few hundred starts a run somebody does take one.
 */
const FIRST = 10_000;
const PORTS = 22_000;
/** Test files run in many processes: neighbours by their ids begin so far apart. */
const APART = 100;

let next = (process.pid * APART) % PORTS;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/**
 * A port of 127.0.0.1 on which nobody listens, and which this process asks for only once: a program that is being started again, or has not
 * begun to listen yet, keeps its own.
 */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < PORTS; tried += 1) {
    const port = FIRST + next;
    next = (next + 1) % PORTS;
    if (await isFree(port)) return port;
  }
  throw new Error('no port is free');
}
