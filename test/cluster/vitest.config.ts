/** The whole story on a real cluster, a run of its own (`npm run test:cluster`): one file after another, each in a namespace of its own. */
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import type { Reporter } from 'vitest/node';

/** A folder that gets one JSON report for each run of vitest: `.ci/run` sums them up. */
const reports = process.env['TEST_REPORTS'];

/** The sum as the last line. */
const sum: Reporter = {
  onTestRunEnd(modules) {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const count = (state: string) => states.filter((one) => one === state).length;
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const skipped = count('skipped') > 0 ? `, ${count('skipped')} skipped` : '';
    console.log(`${count('passed')} passed, ${count('failed') + broken} failed${skipped}`);
  },
};

export default defineConfig({
  test: {
    include: ['test/cluster/**/*.test.ts'],
    globalSetup: ['test/cluster/global.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // One node, two cores, and figures that are printed.
    fileParallelism: false,
    bail: 0,
    reporters: ['default', ...(reports === undefined ? [] : ['json']), sum],
    ...(reports === undefined ? {} : { outputFile: { json: path.join(reports, `cluster-${process.pid}.json`) } }),
  },
});
