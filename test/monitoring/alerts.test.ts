/** Guards the alerts: each is told when it must be and quiet when it must, has a runbook, thresholds in values.yaml, and is one by Prometheus' own judgement. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import {
  alertNames,
  alertText,
  defaultThresholds,
  needsKubernetes,
  plainRules,
  type Rule,
  rule,
} from '../../scripts/monitoring/rules.ts';
import { readText, root } from '../repository/source.ts';
import { promtoolTest, RELEASE, readCases } from './cases.ts';
import { promtool, runPromtool } from './promtool.ts';

const names = alertNames();
const thresholds = defaultThresholds();
const cases = readCases();
const target = {
  selector: `namespace="${RELEASE.namespace}",job="${RELEASE.job}"`,
  namespace: RELEASE.namespace,
  name: 'steward',
  runbooks: 'https://runbooks.example/steward',
  labels: { namespace: RELEASE.namespace, release: 'steward' },
};
const made = (name: string): Rule => rule(name, target, thresholds[name] ?? {});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'alerts-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The folder of one alert's rules and tests. */
function write(name: string, rules: readonly Rule[], tests?: object): string {
  writeFileSync(path.join(folder, `${name}.rules.yaml`), stringify({ groups: [{ name: 'steward', rules }] }));
  if (tests)
    writeFileSync(path.join(folder, `${name}.test.yaml`), stringify({ ...tests, rule_files: [`${name}.rules.yaml`] }));
  return folder;
}

describe('the set of alerts', () => {
  test('values.yaml and the cases name the same alerts as the files', () => {
    expect(Object.keys(thresholds).sort()).toEqual(names);
    expect(Object.keys(cases).sort()).toEqual(names);
  });

  test('every alert has a runbook, and every runbook an alert', () => {
    const listed = readText('k8s/runbooks/README.md');
    const linked = [...listed.matchAll(/\]\((\w+)\.md\)/g)].map(([, name = '']) => name);
    expect(linked.toSorted()).toEqual(names);
    for (const name of names) expect(existsSync(path.join(root, `k8s/runbooks/${name}.md`)), name).toBe(true);
  });

  test('the rules for a Prometheus without the operator are the chart’s', () => {
    expect(readText('monitoring/prometheus/rules/steward.yaml')).toBe(plainRules());
  });
});

describe.each(names)('%s', (name) => {
  test('stands alone in its file, says why, and uses each of its thresholds', () => {
    const text = alertText(name);
    expect(text).toMatch(/^# \p{Lu}.{20,}\.\n/u);
    const { alert, labels, annotations } = made(name);
    expect(alert).toBe(name);
    expect(['critical', 'warning', 'info']).toContain(labels['severity']);
    for (const key of ['summary', 'description', 'runbook_url']) expect(annotations[key], key).toBeTruthy();
    expect(annotations['runbook_url']).toBe(`https://runbooks.example/steward/${name}.md`);
    for (const key of Object.keys(thresholds[name] ?? {}))
      if (key !== 'enabled') expect(text, key).toContain(`\${${key}}`);
  });

  test('looks at nobody’s metrics but those of its release', () => {
    const selectors = [...made(name).expr.matchAll(/\b(up|steward_\w+|kube\w+_\w+)(\{[^}]*\})?/g)];
    expect(selectors.length).toBeGreaterThan(0);
    for (const [, metric = '', matchers = ''] of selectors)
      expect(matchers, metric).toContain(metric.startsWith('kube') ? `{namespace="home",` : `{${target.selector}`);
  });

  test('has a runbook that says what it means, whom it hurts, how to look and how to mend', () => {
    const runbook = readFileSync(path.join(root, `k8s/runbooks/${name}.md`), 'utf8');
    expect(runbook.startsWith(`# ${name}\n`)).toBe(true);
    for (const heading of ['Meaning', 'Impact', 'Diagnosis', 'Mend'])
      expect(runbook, heading).toMatch(new RegExp(`^## ${heading}\n\n[^#]`, 'm'));
    expect(runbook, 'a command to look').toMatch(/```sh\n/);
  });

  test('has stories in which it is told and in which it is not', () => {
    expect(cases[name]?.some((one) => one.alerts)).toBe(true);
    expect(cases[name]?.some((one) => !one.alerts)).toBe(true);
  });

  test('is told when it must be, and quiet when it must', (context) => {
    context.skip(
      promtool === undefined,
      'no promtool: install the Debian package "prometheus", or name one by PROMTOOL',
    );
    // Its texts are tried below; here only who is told what.
    const bare = { ...made(name), annotations: {} };
    const cwd = write(name, [bare], promtoolTest(bare, cases[name] ?? []));
    const { ok, said } = runPromtool(['test', 'rules', `${name}.test.yaml`], cwd);
    expect(ok, said).toBe(true);
  }, 60_000);
});

test('Prometheus takes all rules and their texts', (context) => {
  context.skip(promtool === undefined, 'no promtool: install the Debian package "prometheus", or name one by PROMTOOL');
  const { ok, said } = runPromtool(['check', 'rules', 'all.rules.yaml'], write('all', names.map(made)));
  expect(said).toContain(`${names.length} rules found`);
  expect(ok, said).toBe(true);
}, 60_000);

test('without Kubernetes nothing asks for its metrics', () => {
  expect(names.filter(needsKubernetes)).toEqual([
    'StewardBackupSuspended',
    'StewardCrashLooping',
    'StewardMigrationFailed',
    'StewardReplicasMissing',
    'StewardVolumeFilling',
  ]);
  expect(plainRules()).not.toMatch(/kube_|kubelet_/);
});
