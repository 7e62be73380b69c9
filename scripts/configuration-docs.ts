/** `node scripts/configuration-docs.ts [--check]`: writes `.env.example` and `docs/configuration.md` from the configuration's declarations, or says whether they are up to date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { configurationPage, environmentExample } from '../src/config/documentation.ts';

const made = { '../.env.example': environmentExample(), '../docs/configuration.md': configurationPage() };
for (const [file, content] of Object.entries(made)) {
  const url = new URL(file, import.meta.url);
  if (!process.argv.includes('--check')) writeFileSync(url, content);
  else if (readFileSync(url, 'utf8') !== content) {
    console.error(`${file.slice(3)} is not what the configuration declares: run node scripts/configuration-docs.ts`);
    process.exitCode = 1;
  }
}
