/** One starter that migrates, for tests of many at once. Prints what it applied, whether the engine was loaded, or the error. */
import { migrate } from '../../src/storage/migrations/migrator.ts';

const [connection = '{}', options = '{}'] = process.argv.slice(2);
try {
  const result = await migrate(JSON.parse(connection), JSON.parse(options));
  const engine = 'PRISMA_WASM_PANIC_REGISTRY' in globalThis;
  console.log(JSON.stringify({ applied: result.applied, pending: result.status.pending, engine }));
} catch (error) {
  console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
  process.exitCode = 1;
}
