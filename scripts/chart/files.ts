/** Everything in the chart's folder that is made of something else: schema, table of values, names of variables. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chartEnvironment } from './environment.ts';
import { withValues } from './readme.ts';
import { chartSchema } from './schema.ts';
import { readValues } from './values.ts';

const chart = fileURLToPath(new URL('../../charts/steward/', import.meta.url));
const read = (name: string) => readFileSync(path.join(chart, name), 'utf8');

/** The variables as the chart's templates pass them. */
export function environmentOfChart() {
  return chartEnvironment(globSync('templates/*', { cwd: chart }).sort().map(read));
}

/** Contents by name, from the root of the repository. */
export function chartFiles(): Record<string, string> {
  const values = readValues(read('values.yaml'));
  const environment = environmentOfChart();
  const list = (names: readonly string[]) => names.map((name) => `\n  - ${name}`).join('');
  return {
    'charts/steward/values.schema.json': chartSchema(values, environment),
    'charts/steward/README.md': withValues(read('README.md'), values),
    'charts/steward/files/environment.yaml': [
      '# Made of src/config/variables.ts: node scripts/configuration-docs.ts',
      `# Keys of the Secret.\nsecrets:${list(environment.secrets)}`,
      `# Those the app gets besides what the templates place.\nappSecrets:${list(environment.appSecrets)}\n`,
    ].join('\n'),
  };
}
