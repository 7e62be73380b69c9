/** The dashboards of the chart as data. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../charts/steward/dashboards/', import.meta.url));

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly type: string; readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: ReadonlyArray<{ readonly refId: string; readonly expr: string; readonly datasource: unknown }>;
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
}

export interface Variable {
  readonly name: string;
  readonly type: string;
  readonly definition?: string;
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly id: null;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly Variable[] };
  readonly annotations: { readonly list: ReadonlyArray<{ readonly name: string; readonly expr?: string }> };
}

/** All of them. */
export function readDashboards(): Dashboard[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Dashboard);
}

/** Every query a dashboard makes, of its panels, variables and annotations. */
export function queriesOf(dashboard: Dashboard): Array<{ panel: string; expr: string }> {
  const variables = dashboard.templating.list.flatMap(({ name, definition = '' }) => {
    const [, expr] = /^label_values\((.+), \w+\)$/.exec(definition) ?? [];
    return expr === undefined ? [] : [{ panel: `variable ${name}`, expr }];
  });
  const annotations = dashboard.annotations.list.flatMap(({ name, expr }) =>
    expr === undefined ? [] : [{ panel: `annotation ${name}`, expr }],
  );
  const panels = dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ panel: title, expr })),
  );
  return [...variables, ...annotations, ...panels];
}
