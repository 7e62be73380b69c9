/** The table of metrics and the list of alerts in docs/monitoring.md, made of the catalogue and of the chart's rules. */
import { metricCatalogue } from '../../src/observability/metrics.ts';
import { alertNames, alertText, defaultThresholds } from './rules.ts';

function between(text: string, mark: string, lines: readonly string[]): string {
  const begin = `<!-- ${mark}: made by scripts/configuration-docs.ts -->`;
  const end = `<!-- /${mark} -->`;
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`docs/monitoring.md lacks ${begin} … ${end}`);
  return `${before}${begin}\n${lines.join('\n')}\n${end}${after}`;
}

function metrics(): string[] {
  const rows = Object.entries(metricCatalogue).map(
    ([name, { kind, labels, help }]) =>
      `| \`${name}\` | ${kind} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${help} |`,
  );
  return ['| metric | kind | labels | meaning |', '|---|---|---|---|', ...rows];
}

function alerts(): string[] {
  const thresholds = defaultThresholds();
  const rows = alertNames().map((name) => {
    const [, why = ''] = /^# (.+)\n/.exec(alertText(name)) ?? [];
    const { severity, for: held, enabled: _, ...limits } = thresholds[name] ?? {};
    const shown = Object.entries(limits).map(([key, value]) => `\`${key}\` ${value}`);
    return `| [${name}](../k8s/runbooks/${name}.md) | ${severity} | ${held} | ${shown.join(', ')} | ${why} |`;
  });
  return ['| alert | severity | for | thresholds | told when |', '|---|---|---|---|---|', ...rows];
}

/** `page` with both tables anew. Throws when their marks are missing. */
export function withMetrics(page: string): string {
  return between(between(page, 'metrics', metrics()), 'alerts', alerts());
}
