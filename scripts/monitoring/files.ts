/** What is made of the chart's rules and the catalogue of metrics: the rules of a plain Prometheus, the tables in docs/monitoring.md. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withMetrics } from './metrics-table.ts';
import { plainRules } from './rules.ts';

const page = 'docs/monitoring.md';

/** Each file with its content. */
export function monitoringFiles(): Readonly<Record<string, string>> {
  const present = readFileSync(fileURLToPath(new URL(`../../${page}`, import.meta.url)), 'utf8');
  return { 'monitoring/prometheus/rules/steward.yaml': plainRules(), [page]: withMetrics(present) };
}
