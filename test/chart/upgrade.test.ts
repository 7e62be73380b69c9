/** What Kubernetes never lets change is what it was when it was first released: an upgrade from any release goes through. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { missingHelm, objectsOf } from './helm.ts';
import { at, type KubernetesObject, nameOf } from './objects.ts';
import { ways } from './ways.ts';

const why = missingHelm();
beforeEach((context) => context.skip(why !== undefined, `no Helm: ${why}`));

/** Fields the API server refuses to change. Names count too: another name is another object, and the old one is deleted. */
const IMMUTABLE: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec.selector'],
  StatefulSet: ['spec.selector', 'spec.serviceName', 'spec.volumeClaimTemplates', 'spec.podManagementPolicy'],
  PersistentVolumeClaim: ['spec.accessModes', 'spec.storageClassName', 'spec.volumeName'],
  Service: ['spec.selector'],
  CronJob: [],
  HorizontalPodAutoscaler: ['spec.scaleTargetRef'],
  SealedSecret: [],
  Cluster: ['spec.bootstrap'],
};

type Fixed = Record<string, Record<string, unknown>>;

function fixed(objects: readonly KubernetesObject[]): Fixed {
  return Object.fromEntries(
    objects.flatMap((object) => {
      const paths = IMMUTABLE[object.kind];
      if (!paths) return [];
      return [[nameOf(object), Object.fromEntries(paths.map((one) => [one, at(object, one) ?? null]))]];
    }),
  );
}

/** Made with GOLDENS=1 when a way is new; what a release brought out is never edited. */
function golden(ci: string, now: Fixed): Fixed {
  const file = path.join(import.meta.dirname, 'goldens', `${ci}.json`);
  if (process.env['GOLDENS'] === '1' && !existsSync(file)) writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
  return JSON.parse(readFileSync(file, 'utf8')) as Fixed;
}

describe.each(ways)('%s', (ci) => {
  test('keeps every name and every field that cannot change', async () => {
    const now = fixed(await objectsOf({ ci }));
    const released = golden(ci, now);
    // What is new may come; what was there stays as it was.
    expect(Object.fromEntries(Object.keys(released).map((name) => [name, now[name]]))).toEqual(released);
  });
});

test('selectors hold no version, and the database’s pods nothing that a release changes', async () => {
  const next = await objectsOf({ ci: 'standalone', values: { image: { tag: 'next' } } });
  const now = await objectsOf({ ci: 'standalone' });
  expect(fixed(next)).toEqual(fixed(now));
  const database = (objects: readonly KubernetesObject[]) =>
    at(
      objects.find(({ kind }) => kind === 'StatefulSet'),
      'spec.template',
    );
  expect(database(next)).toEqual(database(now));
});
