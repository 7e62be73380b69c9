/** Loads SQL files: named statements beside the code that calls them, prepared once per connection by the driver. */
import { readFileSync } from 'node:fs';

/** One statement of an SQL file. `name` is what the driver prepares it under, unique in the program. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads `url`, a file of statements each headed by a line `-- name: camelCaseName`, and returns them by name.
 * Comment lines are for readers and are left out. Throws when a statement named in `names` is missing or another is there: a wrong
 * file fails at start, not at its first use.
 */
export function loadSql<const Name extends string>(url: URL, names: readonly Name[]): Record<Name, Statement> {
  const file = url.pathname
    .split('/')
    .slice(-2)
    .join('/')
    .replace(/\.sql$/, '');
  const found: Partial<Record<string, Statement>> = {};
  for (const part of readFileSync(url, 'utf8')
    .split(/^-- name: /m)
    .slice(1)) {
    const [head = '', ...lines] = part.split('\n');
    const name = head.trim();
    const text = lines
      .filter((line) => !line.startsWith('--'))
      .join('\n')
      .trim()
      .replace(/;$/, '');
    if (found[name]) throw new Error(`${file}.sql: ${name} is there twice`);
    found[name] = { name: `${file}:${name}`, text };
  }
  const unknown = Object.keys(found).filter((name) => !names.includes(name as Name));
  const missing = names.filter((name) => !found[name]);
  if (unknown.length + missing.length > 0) throw new Error(`${file}.sql: missing ${missing}, unasked for ${unknown}`);
  return found as Record<Name, Statement>;
}
