/** Steward on a plain Debian: installed, configured, updated and brought back by its own scripts, each run twice, talking all the while. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest';
import { assemble } from '../../scripts/build/release.ts';
import { version } from '../../src/core/version.ts';
import { OWNER, say, TOKEN } from '../image/bot.ts';
import { docker, folder, type Outcome, start, uniqueName } from '../image/engine.ts';

const { reason } = inject('engine');
beforeEach((context) => context.skip(reason !== undefined, `the scripts are not tested here: ${reason}`));

const SCRIPTS = '/opt/steward/current/deploy/systemd';
const NODE = '/opt/steward/current/bin/node';

/** A copy of release `from` that differs in its version, and where `main` is given in its program. */
function variant(from: string, to: string, newVersion: string, main?: string): void {
  // Links, not copies: a release takes 200 MB.
  const copied = spawnSync('cp', ['--archive', '--link', from, to], { encoding: 'utf8' });
  if (copied.status !== 0) throw new Error(copied.stderr);
  const replace = (file: string, content: string) => {
    rmSync(path.join(to, file));
    writeFileSync(path.join(to, file), content);
  };
  const manifest = readFileSync(path.join(from, 'package.json'), 'utf8');
  replace('package.json', manifest.replace(`"version": "${version}"`, `"version": "${newVersion}"`));
  if (main !== undefined) replace('dist/main.js', main);
}

interface Machine {
  readonly container: string;
  /** Runs a command line as root. */
  run(command: string, env?: Readonly<Record<string, string>>): Promise<Outcome>;
  /** The same, and throws with what it wrote when it fails. */
  must(command: string, env?: Readonly<Record<string, string>>): Promise<string>;
}

/** A clean Debian with releases under /releases: `first`, `second`, one that `dies` and one that starts and never is ready. */
async function machine(): Promise<Machine> {
  const image = `${uniqueName('debian')}:1`;
  await docker(['build', '--quiet', '--tag', image, import.meta.dirname]);
  onTestFinished(async () => void (await docker(['image', 'rm', '--force', image], { mayFail: true })));
  const releases = folder();
  const first = path.join(releases, 'first');
  await assemble(first, { embedded: true, machine: true });
  variant(first, path.join(releases, 'second'), '900.0.0');
  variant(first, path.join(releases, 'dies'), '900.1.0', 'process.exit(1);\n');
  const deaf = "if (process.argv[2] === 'start') setInterval(() => {}, 1000);\nelse process.exit(1);\n";
  variant(first, path.join(releases, 'deaf'), '900.2.0', deaf);
  const container = await start('machine', ['--volume', `${releases}:/releases:ro`], image);
  const run: Machine['run'] = (command, env = {}) => {
    const given = Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
    return docker(['exec', ...given, container, 'bash', '-c', command], { mayFail: true });
  };
  const must: Machine['must'] = async (command, env) => {
    const { code, out, err } = await run(command, env);
    if (code !== 0) {
      const log = await run('tail -n 50 /var/log/steward.log');
      throw new Error(`${command} ended with ${code}:\n${out}\n${err}\n${log.out}`);
    }
    return out;
  };
  return { container, run, must };
}

/** Everything the scripts made: path, kind, mode, owner, and where links lead. */
const STATE =
  "find /opt/steward /etc/steward /etc/systemd/system/steward.service /usr/local/bin/steward -printf '%p %y %m %u:%g %l\\n' | sort | sha256sum";

describe('a plain machine', () => {
  test('is installed, configured, updated, and brought back when an update does not become ready', async () => {
    const { container, run, must } = await machine();

    // Where no systemd runs, everything is put in place, and run again nothing changes.
    expect(await must('/releases/first/deploy/systemd/install')).toContain('no systemd runs here: nothing was started');
    const installed = await must(STATE);
    expect(await must('/releases/first/deploy/systemd/install')).toContain('no systemd runs here');
    expect(await must(STATE)).toBe(installed);

    // systemd's own checker takes the unit, and finds little that it could still do.
    const verified = await run('systemd-analyze verify /etc/systemd/system/steward.service');
    expect(verified).toEqual({ code: 0, out: '', err: '' });
    const exposed = await run(
      'systemd-analyze security --offline=true --threshold=20 /etc/systemd/system/steward.service',
    );
    expect(exposed.code, exposed.out).toBe(0);

    // As if one ran.
    await must('mkdir -p /run/systemd/system');
    const sandbox = `cd / && setsid ${NODE} /opt/steward/current/dist/main.js sandbox --token=${TOKEN} --user=${OWNER} >/tmp/sandbox.log 2>&1 &`;
    await must(sandbox);
    await must('for i in {1..100}; do grep -q listens /tmp/sandbox.log && exit; sleep 0.1; done; exit 1');
    const configure = `${SCRIPTS}/configure --no-input --user=${OWNER} --api-root=http://127.0.0.1:8081`;
    expect(await must(configure, { TELEGRAM_BOT_TOKEN: TOKEN })).toContain('Steward runs');
    const talk = (text: string) =>
      say({ container, node: NODE }, text, 'Call Bob', () => must('cat /var/log/steward.log'));
    expect(await talk('call Bob tomorrow 3pm')).toContain('Call Bob');

    // A second time it keeps the settings, asks nothing and leaves a running service.
    const configured = await must(STATE);
    expect(await must(`${SCRIPTS}/configure`)).toContain('is there and stays');
    expect(await must(STATE)).toBe(configured);
    expect(await must(`${SCRIPTS}/health-check`)).toContain(`${version}-`);
    expect((await must('steward --version')).trim()).toBe(version);

    // Secrets are for root and Steward; the program is for nobody to change.
    expect((await must("stat -c '%a %U:%G' /etc/steward/.env")).trim()).toBe('640 root:steward');
    expect((await must("stat -c '%a %U' /var/lib/steward")).trim()).toBe('700 steward');
    expect(await must('runuser -u steward -- find /opt/steward /etc/steward -writable ! -type l')).toBe('');
    expect((await run('runuser -u nobody -- cat /etc/steward/.env')).code).not.toBe(0);
    expect((await must('stat -c %U /proc/$(cat /run/steward-service.pid)')).trim()).toBe('steward');

    const update = (release: string, env = {}) => run(`${SCRIPTS}/update /releases/${release}`, env);
    const second = await update('second');
    expect(second.code, second.err).toBe(0);
    expect(await must('ls /var/lib/steward/backups')).not.toBe('');
    expect((await must('steward --version')).trim()).toBe('900.0.0');
    expect(await talk('/list')).toContain('Call Bob');
    const updated = await must(STATE);
    expect((await update('second')).out).toContain('is installed already');
    expect(await must(STATE)).toBe(updated);

    // One that dies at once and one that never becomes ready: the release before runs again, and that is a failure.
    for (const broken of ['dies', 'deaf']) {
      const { code, out, err } = await update(broken, { HEALTH_SECONDS: '3' });
      expect({ code, out }).toMatchObject({ code: 1, out: expect.stringContaining('comes back') });
      expect(err).toContain('runs again');
      expect((await must('steward --version')).trim()).toBe('900.0.0');
      expect(await talk('/list')).toContain('Call Bob');
    }

    await must('systemctl stop steward');
    expect((await run(`${SCRIPTS}/health-check`)).code).toBe(1);
  });

  test('refuses what is no release and whoever is not root, and changes nothing', async () => {
    const { run, must } = await machine();
    await must('mkdir /tmp/empty && chmod 755 /tmp/empty');
    const foreign = await run('/releases/first/deploy/systemd/install /tmp/empty');
    expect({ code: foreign.code, err: foreign.err }).toEqual({
      code: 1,
      err: expect.stringContaining('is no release for a plain machine (it lacks bin/node)'),
    });
    const anyone = await run('runuser -u nobody -- /releases/first/deploy/systemd/install');
    expect({ code: anyone.code, err: anyone.err }).toEqual({ code: 1, err: expect.stringContaining('run as root') });
    const early = await run('/releases/first/deploy/systemd/update /releases/second');
    expect({ code: early.code, err: early.err }).toEqual({ code: 1, err: expect.stringContaining('is not installed') });
    expect((await run('ls /opt/steward /etc/steward')).code).not.toBe(0);
  });
});
