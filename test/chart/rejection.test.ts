/** Values that cannot be meant are refused before anything changes, each with what is wrong and what to set. */
import { beforeEach, describe, expect, test } from 'vitest';
import { missingHelm, objectsOf, type Rendering, render } from './helm.ts';

const why = missingHelm();
beforeEach((context) => context.skip(why !== undefined, `no Helm: ${why}`));

const secret = { existingSecret: { name: 'steward' } };

async function refusal(rendering: Rendering): Promise<string> {
  const rendered = await render(rendering);
  expect(rendered.ok, 'it was accepted').toBe(false);
  return rendered.ok ? '' : rendered.error;
}

describe('what does not fit together says what to set', () => {
  const sealed = { sealedSecret: { enabled: true, encryptedData: { OTHER: 'x' } } };
  const table: ReadonlyArray<readonly [string, Record<string, unknown>, readonly RegExp[]]> = [
    ['no secret', {}, [/existingSecret\.name is empty\. Set existingSecret\.name to a Secret with TELEGRAM_BOT_TOKEN/]],
    ['two secrets', { ...secret, ...sealed }, [/both given\. Set one of them/]],
    [
      'a sealed secret without what is needed',
      sealed,
      [
        /lacks TELEGRAM_BOT_TOKEN/,
        /lacks TELEGRAM_ALLOWED_USERS/,
        /lacks DATABASE_URL\. Set sealedSecret\.encryptedData\.DATABASE_URL/,
      ],
    ],
    [
      'a sealed secret for a webhook and a database of the chart',
      {
        ...sealed,
        telegram: { mode: 'webhook', webhook: { host: 'a.b' } },
        database: { standalone: { enabled: true } },
      },
      [/lacks TELEGRAM_WEBHOOK_SECRET/, /lacks DATABASE_PASSWORD/],
    ],
    [
      'two databases',
      { ...secret, database: { host: 'db', standalone: { enabled: true } } },
      [/database\.host and database\.standalone\.enabled are given together/],
    ],
    [
      'TLS to a database that has none',
      { ...secret, database: { sslMode: 'verify-full', standalone: { enabled: true } } },
      [/database\.sslMode is verify-full.*Set database\.sslMode to ""/],
    ],
    [
      'more connections than the server has',
      { ...secret, replicaCount: 12 },
      [/Up to 13 pods .* 136 connections; database\.maxConnections is 100\. Set database\.poolMax to 7 or less/],
    ],
    [
      'the same by autoscaling',
      { ...secret, autoscaling: { enabled: true, maxReplicas: 20 } },
      [/Up to 21 pods .* Set database\.poolMax to 4 or less/],
    ],
    [
      'a webhook nobody can reach',
      { ...secret, telegram: { mode: 'webhook' } },
      [/no host is known.*Set telegram\.webhook\.host/],
    ],
    [
      'a webhook without TLS',
      { ...secret, telegram: { mode: 'webhook' }, publicUrl: 'http://steward.example.net' },
      [/Telegram calls https only\. Set/],
    ],
    [
      'a person who is no number',
      { ...secret, telegram: { allowedUsers: ['@ann'] } },
      [/telegram\.allowedUsers holds "@ann"\. Set numeric ids/],
    ],
    [
      'less time than a graceful end takes',
      { ...secret, drainSeconds: 60 },
      [/terminationGracePeriodSeconds is 45, .*preStopSleepSeconds \(5\) \+ drainSeconds \(60\).*to 70 or more/],
    ],
    [
      'exactly as much time',
      { ...secret, terminationGracePeriodSeconds: 25 },
      [/Set terminationGracePeriodSeconds to 30 or more/],
    ],
    [
      'fewer pods at most than at least',
      { ...secret, autoscaling: { enabled: true, minReplicas: 4, maxReplicas: 3 } },
      [/minReplicas is 4, autoscaling\.maxReplicas 3\. Set maxReplicas to 4/],
    ],
    [
      'nothing to scale by',
      { ...secret, autoscaling: { enabled: true, targetCPUUtilizationPercentage: 0 } },
      [/nothing to scale by\. Set autoscaling\.targetCPU/],
    ],
    [
      'a load without a request to measure it by',
      { ...secret, autoscaling: { enabled: true }, resources: { requests: { cpu: null } } },
      [/resources\.requests\.cpu is not set/],
    ],
    [
      'a budget that lets no node be drained',
      { ...secret, replicaCount: 2, podDisruptionBudget: { minAvailable: 2 } },
      [/minAvailable is 2 with 2 pods: no node could be drained\. Set it to 1/],
    ],
    ['an ingress without a host', { ...secret, ingress: { enabled: true } }, [/Set ingress\.hosts/]],
    ['a route without a gateway', { ...secret, httpRoute: { enabled: true } }, [/Set httpRoute\.parentRefs/]],
    [
      'a variable twice',
      {
        ...secret,
        extraEnv: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
      [/extraEnv names A twice/],
    ],
    [
      'a secret in plain text',
      { ...secret, extraEnv: [{ name: 'TELEGRAM_BOT_TOKEN', value: '1:a' }] },
      [/secret TELEGRAM_BOT_TOKEN as plain text/],
    ],
    [
      'attachments in a folder that does not last',
      { ...secret, config: { ATTACHMENT_STORE: 'folder' } },
      [/ATTACHMENT_STORE is folder.*Set it to database/],
    ],
    ['S3 nowhere', { ...secret, backup: { target: 's3://bucket/x' } }, [/Set s3\.region \(AWS\) or s3\.endpoint/]],
    [
      'a restore confirmed for another database',
      { ...secret, database: { standalone: { enabled: true } }, restore: { confirm: 'other' } },
      [/restore\.confirm is "other", the database is called "steward"/],
    ],
  ];

  test.each(table)('%s', async (_, values, messages) => {
    const told = await refusal({ values, skipSchema: true });
    for (const message of messages) expect(told).toMatch(message);
  });

  test('all of it at once', async () => {
    const told = await refusal({ values: { drainSeconds: 60, replicaCount: 50 }, skipSchema: true });
    expect(told.match(/^ {2}- /gm)).toHaveLength(3);
  });
});

describe('the schema refuses', () => {
  const table: ReadonlyArray<readonly [string, Record<string, unknown>, RegExp]> = [
    ['an unknown key', { replicas: 2 }, /replicas/],
    ['an unknown key deep inside', { database: { standalone: { enable: true } } }, /enable/],
    ['an unknown setting', { config: { TELEGRAM_TOKEN: 'x' } }, /TELEGRAM_TOKEN/],
    ['a secret among the settings', { config: { DATABASE_URL: 'x' } }, /DATABASE_URL/],
    ['a key of the Secret for nothing', { existingSecret: { keys: { TOKEN: 'x' } } }, /TOKEN/],
    ['a number as text', { replicaCount: 'two' }, /replicaCount/],
    ['a mode that is none', { telegram: { mode: 'push' } }, /mode/],
    ['an address without a scheme', { telegram: { apiRoot: 'bot-api:8081' } }, /apiRoot/],
    ['a digest that is none', { image: { digest: 'sha256:abc' } }, /digest/],
    ['a size that is none', { backup: { persistence: { size: 'five' } } }, /size/],
    ['a schedule that is none', { backup: { schedule: 'daily' } }, /schedule/],
    ['a pool too small', { database: { poolMax: 2 } }, /poolMax/],
    ['a bucket that is none', { backup: { target: 'https://bucket' } }, /target/],
    ['two secrets', { sealedSecret: { enabled: true, encryptedData: { A: 'x' } } }, /sealedSecret.enabled/],
    [
      'two databases',
      { database: { standalone: { enabled: true }, cloudnativepg: { enabled: true } } },
      /cloudnativepg.enabled/,
    ],
    ['an ingress without hosts', { ingress: { enabled: true } }, /hosts/],
  ];

  test.each(table)('%s, in Helm 3 and 4', async (_, values, message) => {
    for (const helm of [3, 4] as const) {
      const told = await refusal({
        values: { ...secret, ...values, existingSecret: { name: 'steward', ...(values['existingSecret'] ?? {}) } },
        helm,
      });
      expect(told).toMatch(/values don't meet the specifications/);
      expect(told.replaceAll('/', '.')).toMatch(message);
    }
  });

  test('an older Kubernetes than the pods need', async () => {
    expect(await refusal({ values: secret, kubernetes: '1.29.5' })).toMatch(/requires kubeVersion: >=1\.30/);
  });
});

test('values of a chart above this one pass', async () => {
  expect((await objectsOf({ values: { ...secret, global: { imageRegistry: 'x' } } })).length).toBeGreaterThan(0);
});
