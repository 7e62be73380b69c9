/** Guards the dashboards: usable in any Grafana, laid out without gaps or overlaps, every panel explained and in units. */
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readText } from '../repository/source.ts';
import { type Panel, queriesOf, readDashboards } from './dashboards.ts';

const dashboards = readDashboards();

test('there is one to see whether all is well, one for delivery, one for the ground', () => {
  expect(dashboards.map(({ uid }) => uid).sort()).toEqual([
    'steward-delivery',
    'steward-operations',
    'steward-overview',
  ]);
});

const overlap = (a: Panel, b: Panel) =>
  a.gridPos.x < b.gridPos.x + b.gridPos.w &&
  b.gridPos.x < a.gridPos.x + a.gridPos.w &&
  a.gridPos.y < b.gridPos.y + b.gridPos.h &&
  b.gridPos.y < a.gridPos.y + a.gridPos.h;

describe.each(dashboards.map((dashboard) => [dashboard.title, dashboard] as const))('%s', (_, dashboard) => {
  const { panels, templating } = dashboard;
  const drawn = panels.filter(({ type }) => type !== 'row');

  test('names no data source, namespace or release of its own', () => {
    expect(dashboard.id).toBe(null);
    expect(templating.list.map(({ name }) => name)).toEqual(['datasource', 'namespace', 'job', 'instance']);
    expect(templating.list[0]?.type).toBe('datasource');
    for (const panel of drawn.filter(({ targets }) => targets)) {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own way to name a variable
      expect(panel.datasource, panel.title).toEqual({ type: 'prometheus', uid: '${datasource}' });
      for (const { datasource } of panel.targets ?? []) expect(datasource).toEqual(panel.datasource);
    }
    for (const { panel, expr } of queriesOf(dashboard))
      for (const [, matchers = ''] of expr.matchAll(/\bsteward_\w+(\{[^}]*\})?/g))
        if (!panel.startsWith('variable')) expect(matchers, panel).toContain('namespace=~"$namespace",job=~"$job"');
  });

  test('says of each panel what it shows, in which unit', () => {
    for (const panel of drawn) {
      expect(panel.description, panel.title).toMatch(/.{5,}\.$/);
      if (panel.targets) expect(panel.fieldConfig?.defaults.unit, panel.title).toBeTruthy();
    }
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  test('is laid out on Grafana’s grid, nothing over another', () => {
    for (const { title, gridPos } of panels) expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
    const overlaps = panels.flatMap((one, index) =>
      panels
        .slice(index + 1)
        .filter((other) => overlap(one, other))
        .map((other) => `${one.title} / ${other.title}`),
    );
    expect(overlaps).toEqual([]);
  });
});

test('Grafana beside compose finds its Prometheus and these dashboards', () => {
  const sources = parse(readText('monitoring/grafana/provisioning/datasources/prometheus.yaml'));
  expect(sources.datasources).toMatchObject([{ type: 'prometheus', url: 'http://prometheus:9090', isDefault: true }]);
  const providers = parse(readText('monitoring/grafana/provisioning/dashboards/steward.yaml'));
  expect(providers.providers).toMatchObject([{ type: 'file', options: { path: '/var/lib/grafana/dashboards' } }]);
});
