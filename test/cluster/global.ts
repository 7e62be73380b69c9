/** Brings the cluster and the images up before the first test: the cluster KUBECONFIG names, else the one `../shared/cluster` brings up. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import type { Ground } from './ground.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const shared = path.join(root, '..', 'shared', 'cluster');

const IMAGE = 'steward:cluster-test';
const NEXT = 'steward:cluster-next';
const BROKEN = 'steward:cluster-broken';
/** Newer than every migration there is. */
const ADDED = '29990101000000_of_the_cluster_test';
const FAILING = '29990102000000_of_the_cluster_test_fails';

const nothing = { kubeconfig: '', path: '', image: '', next: '', broken: '', imageBytes: 0 };

/** Runs a script of the shared folder; its messages are shown, its output returned. Tried again: others may be using the machine's tools. */
function script(name: string, ...given: string[]): string {
  for (let attempt = 1; ; attempt += 1) {
    const done = spawnSync(path.join(shared, name), given, { encoding: 'utf8', timeout: 600_000 });
    if (done.status === 0) return done.stdout;
    if (attempt === 3) throw new Error(`${name} ${given.join(' ')}:\n${done.stderr.slice(-3000)}`);
  }
}

function brought(): Pick<Ground, 'kubeconfig' | 'path'> {
  const exports = script('up');
  const value = (name: string) => new RegExp(`^export ${name}=([^:\\n]+)`, 'm').exec(exports)?.[1] ?? '';
  script('base-images', 'debian', 'node', 'postgres');
  return { kubeconfig: value('KUBECONFIG'), path: value('PATH') };
}

/** The image `name`, made of another by adding one migration. */
function withMigration(name: string, from: string, migration: string, sql: string): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'steward-image-'));
  mkdirSync(path.join(folder, migration));
  writeFileSync(path.join(folder, migration, 'migration.sql'), sql);
  writeFileSync(
    path.join(folder, 'Dockerfile'),
    `FROM ${from}\nCOPY ${migration} /app/prisma/migrations/${migration}\n`,
  );
  build(folder, name);
  rmSync(folder, { recursive: true });
}

function build(folder: string, name: string): void {
  const done = spawnSync(path.join(shared, 'build-image'), [folder, name], { encoding: 'utf8', timeout: 900_000 });
  // Loading may have failed for a reason that passes.
  if (done.status !== 0 && !/^.*built /m.test(done.stderr)) throw new Error(done.stderr.slice(-3000));
  if (done.status !== 0) script('load-image', name);
}

function unpackedBytes(name: string): number {
  const told = execFileSync('buildah', ['images', '--json', name], { encoding: 'utf8' });
  const [image] = JSON.parse(told) as Array<{ size: string }>;
  const [, amount = '0', unit = ''] = /^([\d.]+) ?([kMG]?)B$/.exec(image?.size ?? '') ?? [];
  return Number(amount) * ({ k: 1e3, M: 1e6, G: 1e9 }[unit] ?? 1);
}

function find(): Ground {
  const ours = existsSync(path.join(shared, 'up')) && process.getuid?.() === 0 && process.arch === 'x64';
  const named = process.env['KUBECONFIG'] ?? '';
  if (!ours && named === '') return { ...nothing, missing: 'KUBECONFIG names no cluster' };
  const cluster = ours ? brought() : { kubeconfig: named, path: '' };
  const given = process.env['CLUSTER_IMAGE'] ?? '';
  if (!ours && given === '')
    return { ...nothing, missing: 'CLUSTER_IMAGE names no image the cluster of KUBECONFIG can pull' };
  if (!ours) return { ...nothing, ...cluster, image: given, missing: '' };
  build(root, IMAGE);
  withMigration(NEXT, IMAGE, ADDED, 'CREATE TABLE cluster_test (id int PRIMARY KEY);\n');
  withMigration(BROKEN, NEXT, FAILING, 'CREATE TABLE cluster_test_broken (id int); SELECT 1 / 0;\n');
  return { missing: '', ...cluster, image: IMAGE, next: NEXT, broken: BROKEN, imageBytes: unpackedBytes(IMAGE) };
}

/** For vitest. */
export default function setup(project: TestProject): void {
  const began = performance.now();
  const ground = find();
  console.log(
    ground.missing === ''
      ? `cluster and images ready in ${Math.round((performance.now() - began) / 1000)} s`
      : `skipped: ${ground.missing}`,
  );
  project.provide('ground', ground);
}
