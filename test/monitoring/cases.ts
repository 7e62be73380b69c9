/** The cases of test/monitoring/alerts as `promtool test rules` takes them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Rule } from '../../scripts/monitoring/rules.ts';

const folder = fileURLToPath(new URL('./alerts/', import.meta.url));

/** One story: what the metrics were, a value a minute, and what is to be alerted. */
export interface Case {
  readonly when: string;
  /** Metrics of the release under test (ten zeros are `0+0x9`: `0x9` is a hexadecimal number); `other:` in front makes it a neighbour's, `raw:` takes the labels as they stand. */
  readonly series: Readonly<Record<string, string>>;
  /** minutes between two values; stories of many days take 60 */
  readonly step?: number;
  /** the minute that is looked at: `10m` */
  readonly at: string;
  /** labels of each alert beyond severity and release; none: it must be quiet */
  readonly alerts?: ReadonlyArray<Readonly<Record<string, string>>>;
}

export const RELEASE = { namespace: 'home', job: 'steward-metrics' } as const;
const OTHER = { namespace: 'home', job: 'steward-two-metrics' } as const;

/** All cases by alert. */
export function readCases(): Readonly<Record<string, readonly Case[]>> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return Object.assign({}, ...files.map((file) => parse(readFileSync(path.join(folder, file), 'utf8')) ?? {}));
}

function labelled(series: string): string {
  if (series.startsWith('raw:')) return series.slice(4);
  const other = series.startsWith('other:');
  const { namespace, job } = other ? OTHER : RELEASE;
  const [, name = '', labels = ''] = /^(?:other:)?(\w+)(?:\{(.*)\})?$/.exec(series) ?? [];
  if (name === '') throw new Error(`no series: ${series}`);
  const own = name.startsWith('kube') ? `namespace="${namespace}"` : `namespace="${namespace}",job="${job}"`;
  return `${name}{${[own, labels].filter(Boolean).join(',')}}`;
}

/** A file for `promtool test rules`. Annotations are left to `promtool check rules`, which tries their templates. */
export function promtoolTest(rule: Rule, cases: readonly Case[]): object {
  return {
    rule_files: ['rules.yaml'],
    // Days, judged every minute over days, would take minutes.
    evaluation_interval: `${Math.max(...cases.map(({ step = 1 }) => step))}m`,
    tests: cases.map((one) => ({
      name: one.when,
      interval: `${one.step ?? 1}m`,
      input_series: Object.entries(one.series).map(([series, values]) => ({ series: labelled(series), values })),
      alert_rule_test: [
        {
          eval_time: one.at,
          alertname: rule.alert,
          exp_alerts: (one.alerts ?? []).map((labels) => ({ exp_labels: { ...labels, ...rule.labels } })),
        },
      ],
    })),
  };
}
