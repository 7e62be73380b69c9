/** `node scripts/env-example.ts [--check]`: writes `.env.example` from the configuration's declarations, or says whether it is up to date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { environmentExample } from '../src/config/documentation.ts';

const file = new URL('../.env.example', import.meta.url);
const content = environmentExample();
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== content) {
    console.error('.env.example is not what the configuration declares: run node scripts/env-example.ts');
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, content);
}
