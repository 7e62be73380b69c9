/** How tests run. Unit tests lie beside their files in `src`; tests that cross rooms in `test`. Every test file that needs PostgreSQL makes its own database in one shared server (test/support/postgres.ts). */
import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** A folder that gets one JSON report for each run of vitest: `.ci/run` sums them up. */
const reports = process.env['TEST_REPORTS'];

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Runs of their own: npm run test:chaos, test:versions, test:chart, test:image, test:cluster.
    exclude: [
      'test/chaos/**',
      'test/versions/**',
      'test/chart/**',
      'test/image/**',
      'test/cluster/**',
      'test/machine/**',
      '**/node_modules/**',
    ],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // What is waited for comes within milliseconds; a busy machine is no fault of it.
    expect: { poll: { timeout: 60_000 } },
    globalSetup: ['test/support/global.ts'],
    // Twice the cores it is meant for: many tests wait for time-outs and processes.
    maxWorkers: 4,
    ...(reports === undefined
      ? {}
      : { reporters: ['default', 'json'], outputFile: { json: path.join(reports, `vitest-${process.pid}.json`) } }),
  },
});
