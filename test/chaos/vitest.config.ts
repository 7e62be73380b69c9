/** Chaos: real processes that are killed, databases that restart, a Telegram that fails. A run of its own (`npm run test:chaos`), some minutes long. */
import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** A folder that gets one JSON report for each run of vitest: `.ci/run` sums them up. */
const reports = process.env['TEST_REPORTS'];

export default defineConfig({
  test: {
    include: ['test/chaos/**/*.test.ts'],
    globalSetup: ['test/support/global.ts'],
    testTimeout: 300_000,
    hookTimeout: 180_000,
    // What is measured shares two cores with nothing else.
    fileParallelism: false,
    maxConcurrency: 6,
    ...(reports === undefined
      ? {}
      : { reporters: ['default', 'json'], outputFile: { json: path.join(reports, `chaos-${process.pid}.json`) } }),
  },
});
