/** Guards k8s/: every kustomization builds with kubectl alone, is what the chart makes of its values, and fits the namespace it comes with. */
import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { findHelm, namespaceOf, overlayNames, renderOverlay } from '../../scripts/kubernetes/overlays.ts';
import { type KubernetesObject, parseObjects } from '../chart/objects.ts';
import { readText, root } from '../repository/source.ts';

interface Container {
  readonly name: string;
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly resources?: { readonly requests?: Record<string, string>; readonly limits?: Record<string, string> };
}

interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly securityContext?: Readonly<Record<string, unknown>>;
}

const cache = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
const kubectl = ['kubectl', path.join(cache, 'steward-cluster/tools/kubectl')].find(
  (place) => spawnSync(place, ['version', '--client'], { stdio: 'ignore' }).status === 0,
);
const helm = findHelm();

function build(folder: string): KubernetesObject[] {
  const run = spawnSync(kubectl ?? 'kubectl', ['kustomize', folder], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return parseObjects(run.stdout);
}

/** The pod an object makes, wherever it describes it. */
function podOf({ kind, spec }: KubernetesObject): PodSpec | undefined {
  const within = (value: unknown, ...keys: string[]): unknown =>
    keys.reduce((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
  if (kind === 'Pod') return spec as PodSpec | undefined;
  if (kind === 'CronJob') return within(spec, 'jobTemplate', 'spec', 'template', 'spec') as PodSpec;
  return within(spec, 'template', 'spec') as PodSpec | undefined;
}

describe.each(overlayNames())('the overlay %s', (overlay) => {
  const folder = `k8s/overlays/${overlay}`;

  test('is what the chart makes of its values', (context) => {
    context.skip(helm === undefined, 'no Helm: put one on the PATH, or name one by HELM');
    expect(readText(`${folder}/steward.yaml`) === renderOverlay(helm ?? '', overlay), 'run npm run k8s').toBe(true);
  }, 60_000);

  test('builds by kubectl alone, into one namespace that refuses pods which are not restricted', (context) => {
    context.skip(kubectl === undefined, 'no kubectl here');
    const made = build(folder);
    const namespace = namespaceOf(overlay);
    const [own] = made.filter(({ kind }) => kind === 'Namespace');
    expect(own?.metadata.name).toBe(namespace);
    for (const mode of ['enforce', 'audit', 'warn'])
      expect(own?.metadata.labels?.[`pod-security.kubernetes.io/${mode}`]).toBe('restricted');
    for (const { kind, metadata } of made)
      if (kind !== 'Namespace') expect(metadata.namespace, `${kind} ${metadata.name}`).toBe(namespace);
    const names = made.map(({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.name}`);
    expect(names).toEqual([...new Set(names)]);
    for (const kind of ['ResourceQuota', 'LimitRange', 'NetworkPolicy', 'Deployment', 'Service'])
      expect(
        made.some((one) => one.kind === kind),
        kind,
      ).toBe(true);
    const denied = made.find(({ metadata }) => metadata.name === 'default-deny');
    expect(denied?.['spec']).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  test('holds no hook and no secret, and every container says what it needs', (context) => {
    context.skip(kubectl === undefined, 'no kubectl here');
    const made = build(folder);
    expect(made.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    for (const one of made)
      expect(Object.keys(one.metadata.annotations ?? {}).filter((key) => key.startsWith('helm.sh/hook'))).toEqual([]);
    const containers = made.flatMap((one) => {
      const pod = podOf(one);
      return [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])];
    });
    expect(containers.length).toBeGreaterThan(2);
    for (const { name, resources, securityContext } of containers) {
      expect(resources?.requests?.['cpu'], name).toBeTruthy();
      expect(resources?.limits?.['memory'], name).toBeTruthy();
      expect(securityContext, name).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true });
    }
  });
});

test.for(['k8s/base', 'k8s/flux', 'k8s/database'])('%s builds', (folder, context) => {
  context.skip(kubectl === undefined, 'no kubectl here');
  expect(build(folder).length).toBeGreaterThan(1);
});

test('Skaffold takes the values and images of the overlays', () => {
  const config = parse(readText('skaffold.yaml')) as { profiles: Array<{ name: string }> };
  expect(config.profiles.map(({ name }) => name)).toEqual(['dev', 'test', 'production']);
  const text = readText('skaffold.yaml');
  for (const [, file = ''] of text.matchAll(/(?:dockerfile: |value: )(\S*Dockerfile)\b/g))
    expect(readText(file), file).toContain('FROM ');
  for (const [, file = ''] of text.matchAll(/valuesFiles: \[(\S+)\]/g)) expect(readText(file), file).toContain(':');
});
