/** The contract of the environment, both ways: what the chart sets Steward knows and accepts, and everything Steward knows can be set. */
import { tmpdir } from 'node:os';
import { beforeEach, describe, expect, test } from 'vitest';
import { environmentOfChart } from '../../scripts/chart/files.ts';
import { loadConfig } from '../../src/config/config.ts';
import { configurationSpec } from '../../src/config/variables.ts';
import { missingHelm, objectsOf } from './helm.ts';
import { at, containersOf, type KubernetesObject, listAt, podsOf, textAt } from './objects.ts';
import { ways } from './ways.ts';

const why = missingHelm();
beforeEach((context) => context.skip(why !== undefined, `no Helm: ${why}`));

const names = new Set<string>(configurationSpec.map(({ name }) => name));
/** Not Steward's own: Node's, and those the restore's arguments are made of. */
const OTHERS = new Set(['NODE_ENV', 'NODE_OPTIONS', 'RESTORE_ARCHIVE', 'RESTORE_CONFIRM']);

/** What a Secret may hold; all of it valid. */
const SECRET: Readonly<Record<string, string>> = {
  TELEGRAM_BOT_TOKEN: '7012345678:AAH3kq9ZbYt0uWvX5cD2eF1gH4iJ6kL8mN0',
  TELEGRAM_ALLOWED_USERS: '7001234567',
  TELEGRAM_WEBHOOK_SECRET: '3f9a7c51d2b84e6f90a1c2d3e4f5a6b7',
  DATABASE_URL: 'postgresql://steward@db.example.net:5432/steward',
  DATABASE_PASSWORD: 'p@ss:/?#%25 "word',
};

interface Process {
  readonly where: string;
  readonly component: string;
  readonly env: ReadonlyMap<string, { value: string | undefined; optional: boolean; key: string }>;
}

/** Containers of Steward's image with their environment. */
function processes(objects: readonly KubernetesObject[]): Process[] {
  return podsOf(objects).flatMap((pod) =>
    containersOf(pod.spec)
      .filter((container) => /steward/.test(textAt(container, 'image')))
      .map((container) => ({
        where: `${pod.owner.kind}/${pod.owner.metadata.name} ${textAt(container, 'name')}`,
        component: pod.labels['app.kubernetes.io/component'] ?? '',
        env: new Map(
          listAt(container, 'env').map((entry) => {
            const value = at(entry, 'value');
            const secret = at(entry, 'valueFrom.secretKeyRef');
            return [
              textAt(entry, 'name'),
              {
                value: value === undefined ? undefined : String(value),
                optional: at(secret, 'optional') === true,
                key: textAt(secret, 'key'),
              },
            ];
          }),
        ),
      })),
  );
}

/** The environment as the container would see it, with what the Secret must hold. */
function seen({ env }: Process): Record<string, string> {
  return Object.fromEntries(
    [...env].flatMap(([name, { value, optional }]) => {
      const got = value ?? (optional ? undefined : (SECRET[name] ?? 'a password of CloudNativePG'));
      return got === undefined ? [] : [[name, got]];
    }),
  );
}

describe.each(ways)('%s', (ci) => {
  test('sets only what Steward knows', async () => {
    const unknown = processes(await objectsOf({ ci })).flatMap(({ where, env }) =>
      [...env.keys()].filter((name) => !names.has(name) && !OTHERS.has(name)).map((name) => `${where}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  test('is a configuration that Steward starts with, without a warning about names', async () => {
    for (const one of processes(await objectsOf({ ci }))) {
      const config = loadConfig({ cwd: tmpdir(), terminal: false, production: true, env: seen(one) });
      expect(config.warnings.filter((warning) => /not known|does nothing/.test(warning))).toEqual([]);
      // Tests ask over HTTP; everything else works on the database.
      if (one.env.size > 0) expect(config.database.connection, one.where).toBeDefined();
      if (one.component === 'app' && one.where.endsWith(' steward')) {
        expect(config.telegram?.allowedUsers, one.where).toContain(7001234567);
        expect(config.backup.schedule).toBe('off');
        expect(config.http.host).toBe('0.0.0.0');
      }
    }
  });
});

describe('what can be set', () => {
  test('every variable has a value of its own, a key of the Secret, or a place in config', () => {
    const { placed, settings, secrets } = environmentOfChart();
    const homeless = [...names].filter((name) => !placed.has(name) && !settings.has(name) && !secrets.includes(name));
    expect(homeless).toEqual([]);
  });

  test('every secret reaches a pod, and a value under config every app', async () => {
    const { settings, secrets } = environmentOfChart();
    const config = Object.fromEntries([...settings.keys()].map((name) => [name, 'x']));
    const values = { config, telegram: { mode: 'webhook' }, publicUrl: 'https://steward.example.net' };
    const made = processes(await objectsOf({ ci: 'minimal', values }));
    const anywhere = new Set(made.flatMap(({ env }) => [...env.keys()]));
    expect(secrets.filter((name) => !anywhere.has(name))).toEqual([]);
    const app = made.find(({ where }) => where === 'Deployment/steward steward');
    expect([...settings.keys()].filter((name) => app?.env.get(name)?.value !== 'x')).toEqual([]);
  });

  test('jobs get no secret they have no use for', async () => {
    const made = processes(await objectsOf({ ci: 'production' }));
    const { secrets } = environmentOfChart();
    const allowed: Record<string, RegExp> = {
      migration: /^DATABASE_/,
      backup: /^(DATABASE|S3)_/,
      drill: /^(DATABASE|S3)_|^BACKUP_AGE_IDENTITY$/,
      restore: /^(DATABASE|S3)_|^BACKUP_AGE_IDENTITY$|^STEWARD_MASTER_KEY$/,
      test: /^(DATABASE|S3)_/,
      app: /^(?!BACKUP_AGE_IDENTITY$)/,
    };
    const excess = made.flatMap(({ where, component, env }) =>
      secrets.filter((name) => env.has(name) && !allowed[component]?.test(name)).map((name) => `${where}: ${name}`),
    );
    expect(excess).toEqual([]);
  });

  test('a name given in extraEnv replaces the chart’s own, everywhere', async () => {
    for (const { where, env } of processes(await objectsOf({ ci: 'production' })))
      if (env.has('LOG_LEVEL')) expect(env.get('LOG_LEVEL')?.value, where).toBe('debug');
  });

  test('ids of people stay whole numbers, as list, text or number', async () => {
    for (const allowedUsers of [[7001234567, 12], '7001234567,12', ['7001234567', '12']]) {
      const made = processes(await objectsOf({ ci: 'minimal', values: { telegram: { allowedUsers } } }));
      const app = made.find(({ where }) => where === 'Deployment/steward steward');
      expect(app?.env.get('TELEGRAM_ALLOWED_USERS')?.value).toBe('7001234567,12');
    }
  });

  test('the same Secret under other keys', async () => {
    const [app] = processes(await objectsOf({ ci: 'external-database' }));
    expect(app?.env.get('DATABASE_PASSWORD')?.key).toBe('password');
  });
});
