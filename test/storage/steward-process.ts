/** A process that uses the embedded server of a folder, as Steward does, for tests that kill it. Speaks JSON lines; ends on SIGTERM. */
import { startEmbedded } from '../../src/storage/embedded.ts';

const [dataDir = ''] = process.argv.slice(2);
const say = (line: object) => console.log(JSON.stringify(line));
try {
  const server = await startEmbedded({ dataDir, log: (message) => say({ log: message }) });
  const stay = setInterval(() => {}, 1000);
  process.once('SIGTERM', () => {
    clearInterval(stay);
    void server.stop().then(() => say({ stopped: true }));
  });
  server.onExit((reason) => say({ exit: reason }));
  say({ origin: server.origin, pid: server.pid(), connection: server.connection });
} catch (error) {
  say({ error: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
}
