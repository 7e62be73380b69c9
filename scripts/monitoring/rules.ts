/** The alerts of charts/steward/rules as the chart renders them: `${name}` stands for a value. Also for a Prometheus without the operator. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';

const root = fileURLToPath(new URL('../../', import.meta.url));

export type Thresholds = Readonly<Record<string, string | number | boolean>>;

/** One alert as Prometheus takes it. */
export interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Whose metrics the alerts look at. */
export interface Target {
  /** matchers of PromQL, without braces */
  readonly selector: string;
  /** for what kube-state-metrics and the kubelet tell */
  readonly namespace: string;
  /** the release's full name in the chart */
  readonly name: string;
  readonly runbooks: string;
  /** on every alert, so that two releases are told apart where an expression leaves no labels */
  readonly labels: Readonly<Record<string, string>>;
}

/** The names of all alerts: the files of the chart's rules. */
export function alertNames(): string[] {
  return readdirSync(path.join(root, 'charts/steward/rules'))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => path.basename(file, '.yaml'))
    .sort();
}

/** The file of an alert, unfilled. */
export function alertText(name: string): string {
  return readFileSync(path.join(root, 'charts/steward/rules', `${name}.yaml`), 'utf8');
}

/** The chart's thresholds by alert, as values.yaml gives them. */
export function defaultThresholds(): Readonly<Record<string, Thresholds>> {
  const values = parse(readFileSync(path.join(root, 'charts/steward/values.yaml'), 'utf8'));
  return values.metrics.prometheusRule.alerts;
}

/** `text` with every `${name}` replaced. Throws when one has no value. */
export function fill(text: string, values: Thresholds): string {
  return text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`nothing stands for \${${name}}`);
    return String(value);
  });
}

/** An alert, filled and read. */
export function rule(name: string, target: Target, thresholds: Thresholds): Rule {
  const { labels, ...rest } = target;
  const made = parse(fill(alertText(name), { ...thresholds, ...rest })) as Rule;
  return { ...made, labels: { ...made.labels, ...labels } };
}

/** Whether an alert needs what only Kubernetes tells. */
export function needsKubernetes(name: string): boolean {
  return /\bkube(?:let)?_/.test(alertText(name));
}

/** Metrics of compose.yaml's and docs/monitoring.md's scrape configuration. */
const PLAIN: Target = {
  selector: 'job="steward"',
  namespace: '',
  name: 'steward',
  runbooks: 'k8s/runbooks',
  labels: { release: 'steward' },
};

/** A file of rules for a Prometheus without the operator: the same alerts but those of Kubernetes, with the chart's thresholds. */
export function plainRules(): string {
  const thresholds = defaultThresholds();
  const rules = alertNames()
    .filter((name) => !needsKubernetes(name))
    .map((name) => rule(name, PLAIN, thresholds[name] ?? {}));
  return `# Made of charts/steward/rules by: node scripts/configuration-docs.ts\n${stringify({ groups: [{ name: 'steward', rules }] }, { lineWidth: 0 })}`;
}
