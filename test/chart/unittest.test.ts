/** The chart's own suites (charts/steward/tests, the format of helm-unittest), and that the runner can fail. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { chart, missingHelm } from './helm.ts';
import { readSuite, runCase } from './unittest.ts';

const why = missingHelm();
beforeEach((context) => context.skip(why !== undefined, `no Helm: ${why}`));

const suites = globSync('tests/*_test.yaml', { cwd: chart })
  .sort()
  .map((file) => readSuite(readFileSync(path.join(chart, file), 'utf8')));

describe.each(suites)('$suite', (suite) => {
  test.each(suite.tests)('$it', async (one) => {
    expect(await runCase(suite, one)).toEqual([]);
  });
});

test.each([
  [{ equal: { path: 'spec.replicas', value: 2 } }],
  [{ notExists: { path: 'spec.replicas' } }],
  [{ exists: { path: 'spec.nothing' } }],
  [{ contains: { path: 'spec.template.spec.containers[0].args', content: 'stop' } }],
  [{ notContains: { path: 'spec.template.spec.containers[0].args', content: 'start' } }],
  [{ isKind: { of: 'Job' } }],
  [{ hasDocuments: { count: 2 } }],
  [{ matchRegex: { path: 'kind', pattern: '^x' } }],
  [{ failedTemplate: { errorPattern: 'x' } }],
  [{ unknown: {} }],
])('an assertion that does not hold is told: %j', async (assertion) => {
  const suite = { suite: 'x', templates: ['deployment.yaml'], values: ['../ci/minimal-values.yaml'], tests: [] };
  expect(await runCase(suite, { it: 'x', asserts: [assertion] })).toHaveLength(1);
});
