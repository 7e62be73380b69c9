/** Backup and drill by the chart's jobs, the database lost and restored, and what an uninstall leaves behind. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { apply, ground, helm, kubectl, outcome, seconds, told, within } from './commands.ts';
import { type Installation, PEOPLE, prepare } from './installation.ts';

const [ANN = 0, BEN = 0] = PEOPLE;

describe('what is kept', () => {
  let it: Installation;
  beforeEach((context) => context.skip(ground.missing !== '', `no cluster: ${ground.missing}`));
  beforeAll(async () => {
    if (ground.missing !== '') return;
    it = await prepare('steward-archives');
    await it.upgrade();
  });
  afterAll(async () => {
    if (ground.missing === '') await it.remove();
  });

  const k = (...given: string[]) => kubectl('-n', it.namespace, ...given);

  /** Runs a CronJob once, to its end; resolves to its log. */
  async function once(component: string, name: string): Promise<string> {
    await k('create', 'job', `--from=cronjob/steward-${component}`, name);
    return ended(name, component);
  }

  async function ended(name: string, container: string): Promise<string> {
    const state = await within(180, `the end of ${name}`, async () => {
      const conditions = await k('get', 'job', name, '-o', 'jsonpath={.status.conditions[*].type}');
      return /Complete|Failed/.exec(conditions)?.[0];
    });
    const log = await k('logs', `job/${name}`, '-c', container);
    expect(state, log).toBe('Complete');
    return log;
  }

  /** A restore as NOTES tells it; into an empty database it needs no confirmation. */
  async function restore(name: string, confirm: string): Promise<void> {
    if (confirm === '') {
      await k('create', 'job', '--from=cronjob/steward-restore', name);
      return;
    }
    const job = await k('create', 'job', '--from=cronjob/steward-restore', name, '--dry-run=client', '-o', 'yaml');
    const set = [
      'set',
      'env',
      '--local',
      '-f',
      '-',
      'RESTORE_ARCHIVE=latest',
      `RESTORE_CONFIRM=${confirm}`,
      '-o',
      'yaml',
    ];
    const changed = await outcome('kubectl', set, job);
    expect(changed.code, changed.err).toBe(0);
    await apply(it.namespace, changed.out);
  }

  const scale = async (replicas: number) => {
    await k('scale', 'deployment/steward', `--replicas=${replicas}`);
    if (replicas > 0) await k('rollout', 'status', 'deployment/steward', '--timeout=120s');
    else await k('wait', '--for=delete', 'pod', '-l', 'app.kubernetes.io/component=app', '--timeout=90s');
  };

  test('the release itself was backed up', async () => {
    expect(await ended('steward-backup-release-1', 'backup')).toMatch(/steward-\S+\.tar\.gz/);
  });

  test('a backup and a drill run from their CronJobs, and leave their rows', async () => {
    for (const thing of ['water the plants', 'ring the dentist', 'send the report']) await it.ask(ANN, thing);
    await it.ask(BEN, 'a book for Ann');
    expect(await once('backup', 'backup-now')).toMatch(/steward-\S+\.tar\.gz/);
    expect(await once('drill', 'drill-now')).toMatch(/restores: [\d,]+ rows of \d+ tables equal/);
    expect(await it.query("SELECT DISTINCT kind FROM backup_runs WHERE state = 'succeeded' ORDER BY 1")).toEqual(
      expect.arrayContaining(['backup', 'drill']),
    );
  });

  test('the database is lost, and back from the newest archive within minutes, with everything said', async () => {
    const before = await it.query('SELECT title FROM tasks ORDER BY title');
    expect(before).toHaveLength(4);
    const began = performance.now();
    await scale(0);
    await k('delete', 'pvc', 'storage-steward-database-0', '--wait=false');
    await k('delete', 'pod', 'steward-database-0');
    await within(
      90,
      'an empty database',
      async () => (await it.query("SELECT to_regclass('tasks') IS NULL"))[0] === 't',
    );
    // It answers in its own pod before the Service leads to it: the restore waits for it.
    await restore('restore-lost', '');
    await ended('restore-lost', 'restore');
    await scale(1);
    expect(await it.ask(ANN, '/list')).toMatch(/dentist/i);
    told('database lost to answering again', seconds(began));
    expect(performance.now() - began).toBeLessThan(900_000);
    expect(await it.query('SELECT title FROM tasks ORDER BY title')).toEqual(before);
  });

  test('a restore over data is refused without its name, and with it puts back what was', async () => {
    await it.ask(ANN, 'said after the backup');
    await scale(0);
    await restore('restore-unconfirmed', '');
    await within(60, 'a refusal', async () => {
      const state = await k('get', 'job', 'restore-unconfirmed', '-o', 'jsonpath={.status.conditions[*].type}');
      return /Failed/.test(state);
    });
    expect(await it.query("SELECT count(*) FROM tasks WHERE title ILIKE 'said after%'")).toEqual(['1']);
    await restore('restore-confirmed', 'steward');
    await ended('restore-confirmed', 'restore');
    expect(await it.query("SELECT count(*) FROM tasks WHERE title ILIKE 'said after%'")).toEqual(['0']);
    await scale(1);
    expect(await it.ask(ANN, '/list')).toMatch(/dentist/i);
  });

  test('an uninstall leaves the archives and the database, and an installation finds both', async () => {
    await helm(['uninstall', 'steward', '-n', it.namespace, '--wait', '--timeout', '120s']);
    const claims = await k('get', 'pvc', '-o', 'jsonpath={.items[*].metadata.name}');
    expect(claims.split(' ').sort()).toEqual(['steward-backup', 'storage-steward-database-0']);
    expect(await k('get', 'deploy,sts,cronjob,svc', '-l', 'app.kubernetes.io/instance=steward', '-o', 'name')).toBe('');
    await it.upgrade();
    expect(await it.ask(ANN, '/list')).toMatch(/dentist/i);
  });
});
