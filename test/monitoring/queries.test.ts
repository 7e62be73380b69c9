/** Guards rules and dashboards against asking for what nobody tells: every query parses and names metrics and labels that exist. */
import { describe, expect, test } from 'vitest';
import { alertNames, defaultThresholds, rule } from '../../scripts/monitoring/rules.ts';
import { queriesOf, readDashboards } from './dashboards.ts';
import { readQuery } from './promql.ts';
import { knownMetrics, TARGET_LABELS } from './sources.ts';

const target = { selector: 'namespace="a",job="b"', namespace: 'a', name: 'c', runbooks: 'd', labels: {} };
const thresholds = defaultThresholds();
const known = await knownMetrics();

/** What is wrong with a query, in words. */
function faults(text: string): string[] {
  const { fault, selectors, grouped } = readQuery(text);
  if (fault !== undefined) return [`no PromQL from ${fault}: ${text.slice(fault, fault + 40)}`];
  if (selectors.length === 0) return ['asks for nothing'];
  const labels = new Set([...TARGET_LABELS, ...selectors.flatMap(({ metric }) => known.get(metric) ?? [])]);
  return [
    ...selectors.flatMap(({ metric, matched }) => {
      const own = known.get(metric);
      if (!own) return [`nobody tells ${metric}`];
      return matched
        .filter((label) => !own.includes(label) && !TARGET_LABELS.includes(label))
        .map((label) => `${metric} has no ${label}`);
    }),
    ...grouped.filter((label) => !labels.has(label)).map((label) => `nothing has ${label}`),
  ];
}

test.each(alertNames())('the alert %s asks for what is told', (name) => {
  expect(faults(rule(name, target, thresholds[name] ?? {}).expr)).toEqual([]);
});

describe.each(readDashboards().map((dashboard) => [dashboard.title, dashboard] as const))('%s', (_, dashboard) => {
  test.each(queriesOf(dashboard))('$panel asks for what is told: $expr', ({ expr }) => {
    expect(faults(expr)).toEqual([]);
  });
});

test('faults are seen: broken queries, unknown metrics and unknown labels', () => {
  expect(faults('sum(steward_ready')).toEqual([expect.stringContaining('no PromQL')]);
  expect(faults('steward_redy == 0')).toEqual(['nobody tells steward_redy']);
  expect(faults('sum by (mode) (steward_ready{kind="x"})')).toEqual(['steward_ready has no kind', 'nothing has mode']);
});
