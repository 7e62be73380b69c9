/** `npm run release -- FOLDER [options]`: a folder that holds all a machine needs to run Steward beside Node, and nothing else. The image and the plain machine take the same. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { makeSymlinks } from '../../src/storage/postgres/binaries.ts';
import { bundle, root } from './bundle.ts';
import { BESIDE, embeddedPostgres, nodeBinary } from './packages.ts';

export interface ReleaseOptions {
  /** Take the embedded PostgreSQL along (60 MB); without it DATABASE_URL is needed. */
  readonly embedded: boolean;
  /** For a plain machine: take Node (120 MB), the embedded PostgreSQL and the scripts that install along. */
  readonly machine: boolean;
  /** Git revision; default: what git says. */
  readonly revision?: string | undefined;
  /** ISO 8601. */
  readonly builtAt?: string | undefined;
}

const manifestFile = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string().optional(),
  license: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
});

function manifestOf(folder: string): z.infer<typeof manifestFile> {
  return manifestFile.parse(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')));
}

/** The folder in which Node, standing in `from`, finds package `name`. */
function packageFolder(name: string, from: string): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(candidate, 'package.json'))) return candidate;
    if (folder === path.dirname(folder)) throw new Error(`${name} is not installed: run npm ci`);
  }
}

/** Folders of `names` and of all they depend on. */
function withDependencies(names: readonly string[], from: string, found: Set<string> = new Set()): Set<string> {
  for (const name of names) {
    const folder = packageFolder(name, from);
    if (found.has(folder)) continue;
    found.add(folder);
    withDependencies(Object.keys(manifestOf(folder).dependencies), folder, found);
  }
  return found;
}

/** What of a package serves its authors and compilers only. */
const NOT_AT_RUN_TIME = /\.(?:d\.[cm]?ts|map|md)$/;

function copyPackage(folder: string, to: string): void {
  cpSync(folder, path.join(to, path.relative(root, folder)), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !NOT_AT_RUN_TIME.test(file) && (file === folder || path.basename(file) !== 'node_modules'),
  });
}

/** What a bundled package asks to be told with every copy of it: name, version, licence and its text. */
function notice(folder: string): string {
  const { name, version, license } = manifestOf(folder);
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const text = file === undefined ? '' : readFileSync(path.join(folder, file), 'utf8');
  return `${'='.repeat(80)}\n${name} ${version} (${license ?? 'see its text'})\n\n${text.trim()}\n`;
}

function gitRevision(): string | undefined {
  const asked = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' });
  return asked.status === 0 ? asked.stdout.trim() : undefined;
}

/** Makes the folder `to` anew, from the sources as they lie here. Throws when something else than an earlier release is there. */
export async function assemble(to: string, options: ReleaseOptions): Promise<void> {
  if (existsSync(to) && !existsSync(path.join(to, 'dist/main.js')) && readdirSync(to).length > 0)
    throw new Error(`${to} is no earlier release and is not empty: choose another folder`);
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  const bundled = await bundle(path.join(to, 'dist'));
  writeFileSync(path.join(to, 'THIRD-PARTY.txt'), bundled.map(notice).join('\n'));
  for (const kept of ['bin', 'prisma/migrations', 'prisma/catalogue.txt', 'LICENSE', 'CHANGELOG.md'])
    cpSync(path.join(root, kept), path.join(to, kept), { recursive: true });
  for (const folder of withDependencies(BESIDE, root)) copyPackage(folder, to);
  if (options.embedded || options.machine) {
    const folder = packageFolder(embeddedPostgres, root);
    copyPackage(folder, to);
    makeSymlinks(path.join(to, path.relative(root, folder)));
  }
  if (options.machine) {
    cpSync(realpathSync(path.join(packageFolder(nodeBinary, root), 'bin/node')), path.join(to, 'bin/node'));
    cpSync(path.join(root, 'deploy/systemd'), path.join(to, 'deploy/systemd'), { recursive: true });
  }
  const { name, version, description, license } = manifestOf(root);
  const build = { revision: options.revision || gitRevision() || 'unknown', at: options.builtAt || null };
  const manifest = { name, version, description, license, private: true, type: 'module', build };
  writeFileSync(path.join(to, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

const USAGE = `usage: npm run release -- FOLDER [--embedded | --machine] [--revision REVISION] [--built-at TIME]`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      embedded: { type: 'boolean', default: false },
      machine: { type: 'boolean', default: false },
      revision: { type: 'string' },
      'built-at': { type: 'string' },
    },
  });
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) {
    console.error(USAGE);
    return 2;
  }
  const { embedded, machine, revision, 'built-at': builtAt } = values;
  await assemble(path.resolve(folder), { embedded, machine, revision, builtAt });
  return 0;
}

if (import.meta.main) process.exitCode = await main();
