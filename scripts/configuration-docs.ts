/** `node scripts/configuration-docs.ts [--check]`: writes what is made of the configuration's declarations and of the chart's values (`.env.example`, `docs/configuration.md`, the chart's schema and table), or says whether it is up to date. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { configurationPage, environmentExample } from '../src/config/documentation.ts';
import { chartFiles } from './chart/files.ts';

const made = { '.env.example': environmentExample(), 'docs/configuration.md': configurationPage(), ...chartFiles() };
for (const [file, content] of Object.entries(made)) {
  const url = new URL(`../${file}`, import.meta.url);
  if (!process.argv.includes('--check')) writeFileSync(url, content);
  else if (!existsSync(url) || readFileSync(url, 'utf8') !== content) {
    console.error(`${file} is not what it is made of: run node scripts/configuration-docs.ts`);
    process.exitCode = 1;
  }
}
