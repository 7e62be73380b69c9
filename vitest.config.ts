/** How tests run. Unit tests lie beside their files in `src`; tests that cross rooms in `test`. Every test file that needs PostgreSQL makes its own database in one shared server (test/support/postgres.ts). */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** A folder that gets one JSON report for each run of vitest: `.ci/run` sums them up. */
const reports = process.env['TEST_REPORTS'];

// Compiled code is kept beside the packages, for test processes and for those they start: that of packages, and of our files where Node runs them.
process.env['NODE_COMPILE_CACHE'] ??= path.join(import.meta.dirname, 'node_modules/.cache/steward-tests');

/** What every run has in common, those of their own (test/chart, test/image and others) too. */
export const common = {
  testTimeout: 180_000,
  hookTimeout: 120_000,
  // What is waited for comes within milliseconds; a busy machine is no fault of it.
  expect: { poll: { timeout: 60_000 } },
  // Twice the cores it is meant for: many tests wait for time-outs and processes.
  maxWorkers: 4,
  ...(reports === undefined
    ? {}
    : { reporters: ['default', 'json'], outputFile: { json: path.join(reports, `vitest-${process.pid}.json`) } }),
};

/**
 * Rooms whose modules keep nothing between calls but what they would work out again the same: their test files follow one another in a few
 * processes. A process and its imports for each of a hundred files cost more than what is tested in them.
 */
const ROOMS = 'src/{access,actions,capture,core,features,http,queue,sandbox,secrets,storage,telegram}/**/*.test.ts';

/** What a process has one of, or measures: a test file that names any of it has a process to itself. */
const OWN_PROCESS =
  /\bvi\.|\bprocess\.|\bperformance\.|\bglobalThis\b|child_process|worker_threads|steady\/(?:cost|own-time)/;

const together = globSync(ROOMS, { cwd: import.meta.dirname })
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => !OWN_PROCESS.test(readFileSync(path.join(import.meta.dirname, file), 'utf8')));

// Runs of their own: npm run test:chaos, test:versions, test:chart, test:image, test:cluster.
const elsewhere = [
  'test/chaos/**',
  'test/versions/**',
  'test/chart/**',
  'test/image/**',
  'test/cluster/**',
  'test/machine/**',
  '**/node_modules/**',
];

export default defineConfig({
  test: {
    ...common,
    // Once for both projects; all else they inherit.
    globalSetup: ['test/support/global.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'apart',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [...together, ...elsewhere],
        },
      },
      { extends: true, test: { name: 'together', include: together, exclude: elsewhere, isolate: false } },
    ],
  },
});
