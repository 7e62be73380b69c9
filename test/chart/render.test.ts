/** Every supported way, by Helm 3 and 4, for the oldest and the newest Kubernetes: the same bytes, valid objects, restricted pods, nothing that leads nowhere. */
import { beforeEach, describe, expect, test } from 'vitest';
import { badNames, danglingReferences, duplicateNames } from './checks/references.ts';
import { schemaFaults, versions } from './checks/schema.ts';
import { forbiddenKinds, securityFaults } from './checks/security.ts';
import { majors, missingHelm, objectsOf, render, renderAnew } from './helm.ts';
import { at, containersOf, podsOf } from './objects.ts';
import { beside, ways } from './ways.ts';

const why = missingHelm();
/** Oldest supported, the cluster tests' and a newer one. */
const KUBERNETES = ['1.30.0', '1.34.0', '1.36.0'];

beforeEach((context) => context.skip(why !== undefined, `no Helm: ${why}`));

describe.each(ways)('%s', (ci) => {
  test('renders by Helm 3 and 4 for every Kubernetes, to the same bytes', async () => {
    const made = await Promise.all(
      majors.flatMap((helm) => KUBERNETES.map((kubernetes) => render({ ci, helm, kubernetes }))),
    );
    for (const one of made) expect(one).toMatchObject({ ok: true });
    expect(new Set(made.map((one) => (one.ok ? one.text : ''))).size).toBe(1);
  });

  test('renders to the same bytes twice, at an upgrade too', async () => {
    const [first, second, upgrade] = await Promise.all([
      renderAnew({ ci }),
      renderAnew({ ci }),
      renderAnew({ ci, upgrade: true }),
    ]);
    expect(second).toEqual(first);
    expect(upgrade).toEqual(first);
  });

  test.each(versions)('is valid to Kubernetes %s, field by field', async (version) => {
    expect(schemaFaults(await objectsOf({ ci }), version)).toEqual([]);
  });

  test('passes Pod Security "restricted", makes no rights and no secret', async () => {
    const objects = await objectsOf({ ci });
    expect(securityFaults(objects)).toEqual([]);
    expect(forbiddenKinds(objects)).toEqual([]);
  });

  test('names everything once, and nothing that is not there', async () => {
    const objects = await objectsOf({ ci });
    expect(duplicateNames(objects)).toEqual([]);
    expect(badNames(objects)).toEqual([]);
    expect(danglingReferences(objects, beside)).toEqual([]);
  });
});

describe('names', () => {
  test('a long release name still makes valid ones, for jobs too', async () => {
    const objects = await objectsOf({
      release: 'a-release-name-of-fifty-three-characters-as-helm-allo',
      ci: 'production',
    });
    expect(badNames(objects)).toEqual([]);
    expect(duplicateNames(objects)).toEqual([]);
  });

  test('two releases in one namespace share nothing', async () => {
    const two = await Promise.all(
      ['steward', 'steward-two'].map((release) => objectsOf({ release, ci: 'standalone' })),
    );
    expect(duplicateNames(two.flat())).toEqual([]);
    expect(danglingReferences(two.flat(), beside)).toEqual([]);
  });
});

describe('images', () => {
  test('a digest goes before the tag, a number as tag stays what it is', async () => {
    const image = async (values: Record<string, unknown>) => {
      const objects = await objectsOf({ ci: 'minimal', values });
      const app = podsOf(objects).find(({ owner }) => owner.kind === 'Deployment');
      return containersOf(app?.spec ?? {}).map((container) => at(container, 'image'))[0];
    };
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(await image({ image: { repository: 'a/b', tag: '1', digest } })).toBe(`a/b@${digest}`);
    expect(await image({ image: { registry: 'r:5000', repository: 'a/b', tag: 20260101 } })).toBe(
      'r:5000/a/b:20260101',
    );
  });
});
