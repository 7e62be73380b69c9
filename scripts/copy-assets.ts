/** Copies what the compiler leaves behind, SQL and Fluent files, beside the compiled code. */
import { cpSync, globSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
for (const file of globSync('**/*.{sql,ftl}', { cwd: path.join(root, 'src') })) {
  cpSync(path.join(root, 'src', file), path.join(root, 'dist', file));
}
