/** Secrets sealed offline and opened by the real controller, two releases beside each other, and every supported way before the real API server. */
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { chart, ground, helm, kubectl, outcome, told, within } from './commands.ts';
import { type Installation, imageValues, PASSWORD, PEOPLE, prepare, TOKEN } from './installation.ts';

const [ANN = 0] = PEOPLE;

describe('beside each other', () => {
  let it: Installation;
  beforeEach((context) => context.skip(ground.missing !== '', `no cluster: ${ground.missing}`));
  beforeAll(async () => {
    if (ground.missing === '') it = await prepare('steward-secrets');
  });
  afterAll(async () => {
    if (ground.missing === '') await it.remove();
  });

  test('a SealedSecret, sealed with the certificate alone, is opened by the controller and Steward starts on it', async (context) => {
    const certificate = await outcome('kubeseal', ['--fetch-cert']).catch(() => undefined);
    context.skip(certificate?.code !== 0, 'the cluster has no controller of Sealed Secrets');
    const folder = mkdtempSync(path.join(tmpdir(), 'steward-seal-'));
    const file = (name: string, content = '') => {
      writeFileSync(path.join(folder, name), content, { mode: 0o600 });
      return path.join(folder, name);
    };
    const sealing = ['--raw', '--cert', file('certificate', certificate?.out), '--namespace', it.namespace];
    const seal = async (value: string) => {
      const { code, out, err } = await outcome('kubeseal', [
        ...sealing,
        '--name',
        'steward',
        '--from-file',
        file('value', value),
      ]);
      expect(code, err).toBe(0);
      return out.trim();
    };
    const encryptedData = { TELEGRAM_BOT_TOKEN: await seal(TOKEN), DATABASE_PASSWORD: await seal(PASSWORD) };
    rmSync(folder, { recursive: true });
    await kubectl('-n', it.namespace, 'delete', 'secret', 'steward');
    await it.upgrade({
      existingSecret: { name: '' },
      sealedSecret: { enabled: true, encryptedData },
      backup: { onRelease: false, persistence: { existingClaim: 'none-yet' } },
    });
    expect(await it.ask(ANN, 'sealed and opened')).toMatch(/sealed and opened/i);
  });

  test('a second release in the namespace has a life of its own, and takes nothing along when it goes', async () => {
    // Without pods: the stand-in has one token, and two bots must not share it.
    await it.upgrade({ replicaCount: 0, backup: { enabled: false } }, 'steward-two');
    const names = await kubectl('-n', it.namespace, 'get', 'deploy,sts,svc', '-o', 'name');
    for (const name of [
      'deployment.apps/steward',
      'deployment.apps/steward-two',
      'statefulset.apps/steward-two-database',
    ])
      expect(names.split('\n')).toContain(name);
    await helm(['uninstall', 'steward-two', '-n', it.namespace, '--wait', '--timeout', '90s']);
    expect(await it.ask(ANN, 'one is left')).toMatch(/one is left/i);
  });

  test('every supported way is accepted by the API server, field by field', async () => {
    const files = globSync('ci/*-values.yaml', { cwd: chart }).sort();
    const faults: string[] = [];
    let asked = 0;
    for (const file of files) {
      const rendered = await helm([
        'template',
        'steward',
        chart,
        '-n',
        it.namespace,
        '--values',
        path.join(chart, file),
      ]);
      const known = parseAllDocuments(rendered)
        .map((document) => document.toJS() as { kind: string; apiVersion: string } | null)
        // Their controllers are not on the cluster; test:chart has their schemas.
        .filter((object) => object !== null && !['HTTPRoute', 'Cluster'].includes(object.kind));
      asked += known.length;
      const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: known });
      const given = ['-n', it.namespace, 'create', '--dry-run=server', '--validate=strict', '-f', '-'];
      const { err } = await outcome('kubectl', given, list);
      // What is installed already, or is the cluster's to have, is no fault of the object.
      faults.push(
        ...err
          .split('\n')
          .filter((line) => /Error|error|Warning/.test(line) && !/AlreadyExists|no PriorityClass/.test(line)),
      );
    }
    told('objects accepted', String(asked));
    expect(faults).toEqual([]);
  });

  test('a Secret that is missing is told by name', async () => {
    const given = ['upgrade', '--install', 'nobody', chart, '-n', it.namespace, '--values', '-'];
    const values = { image: imageValues(ground.image), existingSecret: { name: 'absent' }, backup: { enabled: false } };
    await helm(given, JSON.stringify(values));
    const reason = await within(60, 'the reason', async () => {
      const events = await kubectl('-n', it.namespace, 'get', 'events', '-o', 'jsonpath={.items[*].message}');
      return /secret "absent" not found/.test(events);
    });
    expect(reason).toBe(true);
    await helm(['uninstall', 'nobody', '-n', it.namespace]);
  });
});
