/** What the chart makes of each overlay's values, so that `kubectl apply -k` needs no Helm: k8s/overlays/<name>/steward.yaml. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where Helm may be: named by HELM, on the PATH, or unpacked by the chart's tests. */
const PLACES = [process.env['HELM'] ?? '', 'helm', path.join(root, 'test/chart/node_modules/.helm/helm-4')];

/** Helm, or undefined where there is none. */
export function findHelm(): string | undefined {
  return PLACES.find((place) => place !== '' && spawnSync(place, ['version'], { stdio: 'ignore' }).status === 0);
}

/** dev, production, staging */
export function overlayNames(): string[] {
  return readdirSync(path.join(root, 'k8s/overlays')).sort();
}

/** The namespace an overlay puts everything into. */
export function namespaceOf(overlay: string): string {
  const text = readFileSync(path.join(root, 'k8s/overlays', overlay, 'kustomization.yaml'), 'utf8');
  return String(parse(text).namespace);
}

/** The chart, rendered with the values of an overlay: no hooks (kubectl knows none), no tests. Throws what Helm says against it. */
export function renderOverlay(helm: string, overlay: string): string {
  const values = path.join('k8s/overlays', overlay, 'values.yaml');
  const args = ['template', 'steward', 'charts/steward', '--namespace', namespaceOf(overlay), '--values', values];
  // The kinds of prometheus-operator are asked for by the values, never looked up in a cluster.
  const run = spawnSync(helm, [...args, '--no-hooks', '--kube-version', '1.34.0'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), KUBECONFIG: '/dev/null' },
  });
  if (run.status !== 0) throw new Error(`the chart refuses ${values}: ${run.stderr || run.error}`);
  return `# Made of the chart and of values.yaml beside this file: npm run k8s. Not edited by hand.\n${run.stdout}`;
}
