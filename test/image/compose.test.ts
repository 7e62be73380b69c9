/** The compose file as a person runs it: in a folder of its own, with the `.env` the documents tell, by `docker compose up --wait`. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, inject, onTestFinished, test } from 'vitest';
import { OWNER, say, TOKEN } from './bot.ts';
import { docker, folder, logs, type Outcome, uniqueName, until } from './engine.ts';

const { reason, image } = inject('engine');
beforeEach((context) => context.skip(reason !== undefined, `the image is not tested here: ${reason}`));

const root = path.join(import.meta.dirname, '../..');

interface Project {
  readonly name: string;
  compose(...args: string[]): Promise<Outcome>;
  tryCompose(...args: string[]): Promise<Outcome>;
  /** With words on standard input. */
  piped(input: string, ...args: string[]): Promise<Outcome>;
  container(service: string): Promise<string>;
  /** Where a published port is reached: 127.0.0.1:12345. */
  port(service: string, port: number): Promise<string>;
}

/** The version of Prometheus this engine has; where images can be pulled, the compose file's own. */
async function prometheusImage(): Promise<Record<string, string>> {
  const { out } = await docker(['images', '--format', '{{.Repository}}:{{.Tag}}', 'prom/prometheus']);
  const [there] = out.split('\n');
  return there ? { PROMETHEUS_IMAGE: there } : {};
}

/** A copy of what a checkout has for compose, with `.env`; taken down with its volumes when the test is over. */
async function project(
  env: Readonly<Record<string, string>>,
  files: readonly string[] = ['compose.yaml'],
): Promise<Project> {
  const place = folder();
  for (const kept of ['compose.yaml', 'compose.dev.yaml', 'monitoring', 'charts/steward/dashboards'])
    cpSync(path.join(root, kept), path.join(place, kept), { recursive: true });
  mkdirSync(path.join(place, 'secrets'));
  writeFileSync(path.join(place, 'secrets/telegram_bot_token'), `${TOKEN}\n`, { mode: 0o644 });
  writeFileSync(
    path.join(place, '.env'),
    Object.entries(env)
      .map(([key, value]) => `${key}=${value}\n`)
      .join(''),
    { mode: 0o600 },
  );
  const name = uniqueName('compose');
  // Any free port, as this machine may have a Steward; and the image that is under test.
  const ports = [
    'PUBLISHED_PORT',
    'PUBLISHED_METRICS_PORT',
    'PROMETHEUS_PORT',
    'PUBLISHED_SANDBOX_PORT',
    'PUBLISHED_DATABASE_PORT',
  ];
  const shell = { ...Object.fromEntries(ports.map((port) => [port, '0'])), ...(await prometheusImage()), IMAGE: image };
  const base = ['compose', '--project-name', name, ...files.flatMap((file) => ['--file', file])];
  const options = { cwd: place, env: shell };
  onTestFinished(
    async () => void (await docker([...base, 'down', '--volumes', '--timeout', '5'], { ...options, mayFail: true })),
  );
  return {
    name,
    compose: (...args) => docker([...base, ...args], options),
    tryCompose: (...args) => docker([...base, ...args], { ...options, mayFail: true }),
    piped: (input, ...args) => docker([...base, ...args], { ...options, input }),
    container: async (service) => (await docker([...base, 'ps', '--all', '--quiet', service], options)).out.trim(),
    port: async (service, port) => (await docker([...base, 'port', service, String(port)], options)).out.trim(),
  };
}

async function json(url: string): Promise<Record<string, unknown>> {
  const answer = await fetch(url);
  return (await answer.json()) as Record<string, unknown>;
}

test('`docker compose up --wait` with a stand-in for Telegram brings up a bot that answers, is scraped, and keeps its data', async () => {
  const it = await project({ STEWARD_TIMEZONE: 'Europe/Berlin', DATABASE_URL: 'postgresql://laptop/own' }, [
    'compose.yaml',
    'compose.dev.yaml',
  ]);
  await it.compose('up', '--wait', '--no-build');
  const talk = async (text: string) =>
    say({ container: await it.container('telegram'), node: 'node' }, text, 'Call Bob', async () =>
      logs(await it.container('steward')),
    );
  expect(await talk('call Bob tomorrow 3pm')).toContain('Call Bob');

  const health = await it.port('steward', 3000);
  expect(health).toMatch(/^127\.0\.0\.1:/);
  const all = () => json(`http://${health}/health`);
  const told = async () => JSON.stringify(await all());
  await until(told, async () => (await all())['status'] === 'ok');

  const prometheus = await it.port('prometheus', 9090);
  const up = async () => JSON.stringify(await json(`http://${prometheus}/api/v1/query?query=steward_build_info`));
  await until(up, async () => (await up()).includes('"steward:9464"'));
  const { data } = (await json(`http://${prometheus}/api/v1/rules`)) as {
    data: { groups: Array<{ rules: unknown[] }> };
  };
  expect(data.groups.flatMap((group) => group.rules).length).toBeGreaterThan(10);

  const mounts = ['inspect', '--format', '{{range .Mounts}}{{.Type}}:{{.Name}} {{end}}'];
  for (const service of ['steward', 'telegram', 'database', 'password', 'prometheus']) {
    const { out } = await docker([...mounts, await it.container(service)]);
    // A volume without a name of the project would be left behind.
    expect(out.split(' ').filter((one) => one.startsWith('volume:') && !one.includes(`:${it.name}_`))).toEqual([]);
  }
  await it.compose('down', '--timeout', '30');
  await it.compose('up', '--wait', '--no-build');
  expect(await talk('/list')).toContain('Call Bob');
});

test('every container is confined: no rights to gain, none held, nothing written to its image', async () => {
  const it = await project({});
  const config = JSON.parse((await it.compose('--profile', '*', 'config', '--format', 'json')).out);
  for (const [name, service] of Object.entries<Record<string, unknown>>(config.services)) {
    expect({ name, ...service }).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    const ports = (service['ports'] ?? []) as Array<{ host_ip?: string }>;
    expect(ports.every((port) => port.host_ip === '127.0.0.1')).toBe(true);
  }
});

test('with the documented .env and the token in a file it asks the given Bot API as this bot', async () => {
  const it = await project({
    TELEGRAM_BOT_TOKEN_FILE: 'secrets/telegram_bot_token',
    TELEGRAM_ALLOWED_USERS: String(OWNER),
    TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
  });
  await it.compose('up', '--wait', '--no-build', 'steward');
  const told = await logs(await it.container('steward'));
  expect(told).toContain('"ready"');
  // Nobody listens there: that is told, and what is told holds no token.
  const answer = await json(`http://${await it.port('steward', 3000)}/health`);
  expect(JSON.stringify(answer)).not.toContain(TOKEN);
  expect(told).not.toContain(TOKEN);
  // The database has no way out and is reached by Steward alone.
  expect((await it.tryCompose('port', 'database', '5432')).out.trim()).toBe('');
});

test('without a token it talks in a pipe, as in a terminal; in the background it serves and says what is missing', async () => {
  const it = await project({});
  const piped = await it.piped('call Bob tomorrow 3pm\n', 'run', '--rm', '--no-TTY', 'steward');
  expect(piped.out).toContain('Call Bob');
  await it.compose('up', '--wait', '--no-build', 'steward');
  const told = await logs(await it.container('steward'));
  expect(told).toContain('no Telegram token');
  expect(told).toContain('set TELEGRAM_BOT_TOKEN');
});
