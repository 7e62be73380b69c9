/** `node scripts/configuration-docs.ts [--check]`: writes what is made of the configuration's declarations and of the chart's values (`.env.example`, `docs/configuration.md`, the chart's schema and table), of its rules and the metrics (`docs/monitoring.md`, the rules of a plain Prometheus), and of the commands (`docs/commands.md`, `docs/ru/commands.md`), or says whether it is up to date. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { configurationPage, environmentExample } from '../src/config/documentation.ts';
import { chartFiles } from './chart/files.ts';
import { monitoringFiles } from './monitoring/files.ts';
import { referenceFiles } from './reference/page.ts';

const made = {
  '.env.example': environmentExample(),
  'docs/configuration.md': configurationPage(),
  ...chartFiles(),
  ...monitoringFiles(),
  ...referenceFiles(),
};
for (const [file, content] of Object.entries(made)) {
  const url = new URL(`../${file}`, import.meta.url);
  if (!process.argv.includes('--check')) writeFileSync(url, content);
  else if (!existsSync(url) || readFileSync(url, 'utf8') !== content) {
    console.error(`${file} is not what it is made of: run node scripts/configuration-docs.ts`);
    process.exitCode = 1;
  }
}
