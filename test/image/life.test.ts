/** A container's life: ready, healthy, talking, told to stop, started again, with its data. */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, inject, test } from 'vitest';
import { version } from '../../src/core/version.ts';
import { botSettings, say, startDatabase, startTelegram } from './bot.ts';
import { CONFINED, closedNetwork, docker, folder, logs, start, until, volume } from './engine.ts';
import { BUILT } from './global.ts';

const { reason, image } = inject('engine');
beforeEach((context) => context.skip(reason !== undefined, `the image is not tested here: ${reason}`));

/** Any characters: a password from a file is not encoded. */
const PASSWORD = "p@ss/wörd: 100% #'1";

async function inspect(name: string, format: string): Promise<string> {
  return (await docker(['inspect', '--format', format, name])).out.trim();
}

async function healthy(name: string): Promise<void> {
  await until(
    () => logs(name),
    async () => (await inspect(name, '{{.State.Health.Status}}')) === 'healthy',
  );
}

/** The image's own check, asked more often, as tests wait for it. */
const OFTEN = ['--health-interval', '1s', '--health-retries', '2', '--health-start-period', '1s'];

/** What the process in container `name` answers on a port of its own. */
async function fetchInside(name: string, url: string): Promise<Record<string, unknown>> {
  const script = 'fetch(process.argv[1]).then(async (answer) => console.log(await answer.text()))';
  return JSON.parse((await docker(['exec', name, 'node', '-e', script, url])).out);
}

test('it becomes healthy, talks, ends in time when told to, and starts again with everything it knew', async () => {
  const network = await closedNetwork();
  const database = await startDatabase(network, PASSWORD);
  const telegram = await startTelegram(network);
  const secrets = folder();
  writeFileSync(path.join(secrets, 'password'), `${PASSWORD}\n`, { mode: 0o644 });
  const connection = ['--env', `DATABASE_HOST=${database}`, '--env', 'DATABASE_PASSWORD_FILE=/secrets/password'];
  const reach = ['--network', network, '--volume', `${secrets}:/secrets:ro`, ...connection];

  // The schema first and alone, as a release does it; a second time there is nothing to do.
  const migrate = ['run', '--rm', ...CONFINED, ...reach, image, 'migrate'];
  expect((await docker(migrate)).out).toMatch(/^applied {2}\d{14}_/);
  expect((await docker(migrate)).out).toMatch(/^up to date/);

  const data = ['--volume', `${await volume()}:/data`];
  const steward = await start(
    'steward',
    [...CONFINED, ...OFTEN, ...reach, ...data, ...botSettings(telegram.container)],
    image,
  );
  await healthy(steward);
  expect(await say(telegram, 'call Bob tomorrow 3pm', 'Call Bob', () => logs(steward))).toContain('Call Bob');
  expect(await fetchInside(steward, 'http://127.0.0.1:3000/info')).toMatchObject({
    name: 'steward',
    version,
    revision: BUILT.revision,
    builtAt: BUILT.created,
    environment: 'production',
  });

  const began = performance.now();
  await docker(['stop', '--time', '30', steward]);
  const took = performance.now() - began;
  expect(await inspect(steward, '{{.State.ExitCode}} {{.State.OOMKilled}}')).toBe('0 false');
  // Within the drain time, not by the kill after it.
  expect(took).toBeLessThan(28_000);

  await docker(['start', steward]);
  await healthy(steward);
  expect((await docker(['exec', steward, 'steward', 'backup'])).out).toContain('steward-');
  expect(await say(telegram, '/list', 'Call Bob', () => logs(steward))).toContain('Call Bob');

  // What came after the backup goes with its restore; what was there before is there again.
  expect(await say(telegram, 'call Zoe tomorrow', 'Call Zoe', () => logs(steward))).toContain('Call Zoe');
  const warned = (await logs(steward)).split('\n').filter((line) => /"level":"(?:warn|error)"/.test(line));
  expect(warned).toEqual([]);
  await docker(['stop', '--time', '30', steward]);
  await docker(['run', '--rm', ...CONFINED, ...reach, ...data, image, 'restore', 'latest', '--confirm', 'steward']);
  await docker(['start', steward]);
  await healthy(steward);
  const list = await say(telegram, '/list', 'Call Bob', () => logs(steward));
  expect(list).not.toContain('Call Zoe');
});

test('a database that is away makes it unhealthy, not dead; it comes back by itself', async () => {
  const network = await closedNetwork();
  const database = await startDatabase(network, 'quite-secret-42');
  const telegram = await startTelegram(network);
  const url = `DATABASE_URL=postgresql://steward:quite-secret-42@${database}/steward`;
  const steward = await start(
    'steward',
    [...CONFINED, '--network', network, '--env', url, ...OFTEN, ...botSettings(telegram.container)],
    image,
  );
  await healthy(steward);
  await docker(['stop', database]);
  await until(
    () => logs(steward),
    async () => (await inspect(steward, '{{.State.Health.Status}}')) === 'unhealthy',
  );
  expect(await inspect(steward, '{{.State.Running}}')).toBe('true');
  await docker(['start', database]);
  await healthy(steward);
  expect(await say(telegram, 'call Ann tomorrow', 'Call Ann', () => logs(steward))).toContain('Call Ann');
});
