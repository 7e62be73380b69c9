/** Guards k8s/ against fields that no API server or operator knows: every object, by the schemas its kind has in the projects' Go modules. */
import { describe, expect, test } from 'vitest';
import { schemaFaults } from '../chart/checks/schema.ts';
import { parseObjects } from '../chart/objects.ts';
import { readText, trackedFiles } from '../repository/source.ts';

const files = trackedFiles().filter(
  (name) => /^k8s\/.*\.yaml$/.test(name) && !/\/(?:kustomization|values)\.yaml$/.test(name),
);

describe('manifests of k8s/', () => {
  test('are there', () => {
    expect(files.length).toBeGreaterThan(12);
  });

  test.each(files)('%s has no field that its kind does not know', (name) => {
    const objects = parseObjects(readText(name));
    expect(objects.length).toBeGreaterThan(0);
    expect(schemaFaults(objects, '1.34')).toEqual([]);
  });

  test('a field mistyped in any of the operators’ kinds is seen', () => {
    for (const [name, field, wrong] of [
      ['k8s/argocd/application.yaml', 'selfHeal', 'selfheal'],
      ['k8s/flux/helmrelease.yaml', 'cleanupOnFail', 'cleanOnFail'],
      ['k8s/flux/gitrepository.yaml', 'ref:', 'reference:'],
      ['k8s/database/cluster.yaml', 'isWALArchiver', 'isWalArchiver'],
      ['k8s/database/scheduledbackup.yaml', 'backupOwnerReference', 'ownerReference'],
      ['k8s/database/objectstore.yaml', 'retentionPolicy', 'retention'],
    ] as const) {
      const text = readText(name);
      expect(text).toContain(field);
      expect(schemaFaults(parseObjects(text.replace(field, wrong)), '1.34'), name).not.toEqual([]);
    }
  });
});
