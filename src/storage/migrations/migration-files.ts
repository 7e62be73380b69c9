/** The migrations as they lie in `prisma/migrations`: name, SQL, and the checksum Prisma keeps of it. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Key of the advisory lock that a running script holds: also one whose program died, while the server still works at it. */
export const SCRIPT_KEY = 0x73746578;

export interface Migration {
  /** Name of the folder: `<UTC time>_<words>`, which is also the order. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, hex: what `_prisma_migrations.checksum` holds. */
  readonly checksum: string;
}

/**
 * Whether the script is one transaction, with its mark in `_prisma_migrations`: all of it happened or nothing did. What PostgreSQL allows
 * outside of one only (an index made beside running writers) stands in a migration of its own, and is not.
 */
export function isWhole({ sql }: Migration): boolean {
  return !/\b(?:CONCURRENTLY|VACUUM|ALTER\s+SYSTEM)\b/i.test(sql);
}

/** The `prisma` folder nearest above this file: the same from the sources, from `dist` and from a bundle in the image. */
export function prismaFolder(): string {
  let folder = import.meta.dirname;
  for (;;) {
    const candidate = path.join(folder, 'prisma');
    if (existsSync(path.join(candidate, 'migrations'))) return candidate;
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error(`no prisma/migrations folder above ${import.meta.dirname}`);
    folder = parent;
  }
}

/** Reads every migration of `folder`, in the order they apply. Throws when a folder lacks its `migration.sql`. */
export function readMigrations(folder: string = path.join(prismaFolder(), 'migrations')): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}
