/** What is in the image and what is not: size, user, labels, no tools it does not need, nothing written where it may not. */
import { beforeEach, expect, inject, test } from 'vitest';
import { version } from '../../src/core/version.ts';
import { CONFINED, docker, folder, once, start, until } from './engine.ts';
import { BUILT } from './global.ts';

const { reason, image } = inject('engine');
beforeEach((context) => context.skip(reason !== undefined, `the image is not tested here: ${reason}`));

const MOST_BYTES = 350_000_000;

/** Runs a program of the image in place of Steward. */
async function inside(program: string, ...args: string[]): Promise<string> {
  const { out } = await docker(['run', '--rm', '--network', 'none', '--entrypoint', program, image, ...args]);
  return out.trim();
}

test('it takes less than 350 MB unpacked', async () => {
  const { out } = await docker(['image', 'inspect', '--format', '{{.Size}}', image]);
  console.log(`the image takes ${(Number(out) / 1e6).toFixed(0)} MB unpacked`);
  expect(Number(out)).toBeLessThan(MOST_BYTES);
});

test('it tells what it was built from, in its labels', async () => {
  const { out } = await docker(['image', 'inspect', '--format', '{{json .Config.Labels}}', image]);
  expect(JSON.parse(out)).toMatchObject({
    'org.opencontainers.image.source': BUILT.source,
    'org.opencontainers.image.version': version,
    'org.opencontainers.image.revision': BUILT.revision,
    'org.opencontainers.image.created': BUILT.created,
    'org.opencontainers.image.licenses': 'MIT',
  });
});

test('it runs as user 10001 under an init, asks itself for its health, and says so without a shell', async () => {
  const { out } = await docker(['image', 'inspect', '--format', '{{json .Config}}', image]);
  const config = JSON.parse(out);
  expect(config.User).toBe('10001:10001');
  expect(config.Entrypoint).toEqual(['tini', '--', 'steward']);
  expect(config.Healthcheck.Test).toEqual(['CMD', 'steward', 'health']);
  expect(await inside('node', '-p', 'process.getuid() + ":" + process.getgid()')).toBe('10001:10001');
});

test('it holds no package manager, no compiler, no sources and no package beyond the few that cannot be bundled', async () => {
  const present = await inside(
    'node',
    '-p',
    `['npm', 'npx', 'yarn', 'corepack', 'gcc', 'curl', 'wget', 'git', 'python3']
      .filter((name) => process.env.PATH.split(':').some((place) => fs.existsSync(place + '/' + name))).join()`,
  );
  expect(present).toBe('');
  expect(await inside('node', '-p', "fs.readdirSync('/app').sort().join()")).toBe(
    'CHANGELOG.md,LICENSE,THIRD-PARTY.txt,bin,dist,node_modules,package.json,prisma',
  );
  expect(await inside('node', '-p', "fs.globSync('/app/node_modules/{[^@]*,@*/*}').join()")).toBe(
    '/app/node_modules/@prisma/schema-engine-wasm',
  );
});

test('it writes to /tmp and /data only: nothing else belongs to its user or is open to everyone', async () => {
  const open = await inside(
    'node',
    '-e',
    `const walk = (dir) => {
      if (['/proc', '/sys', '/dev', '/tmp', '/data'].includes(dir)) return;
      for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
        const file = (dir === '/' ? '' : dir) + '/' + entry.name;
        try { fs.accessSync(file, fs.constants.W_OK); if (!entry.isSymbolicLink()) console.log(file); } catch {}
        if (entry.isDirectory()) try { walk(file); } catch {}
      }
    };
    walk('/');`,
  );
  // Places every Debian has for everyone; with a read-only root they are closed too.
  expect(
    open.split('\n').filter((file) => file && !/^\/(run\/lock|var\/tmp|proc|sys|dev|tmp|data)$/.test(file)),
  ).toEqual([]);
});

test('a read-only container without network, rights or a shell takes messages apart', async () => {
  const noShell = ['dash', 'bash', 'sh'].flatMap((shell) => ['--volume', `/dev/null:/usr/bin/${shell}:ro`]);
  const { out, err, code } = await once(['parse', '--now', '2026-11-23T10:00:00'], noShell, 'call Bob fri 3pm\n');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({ title: 'Call Bob', when: { start: '2026-11-27T15:00:00+00:00' } });
});

test('wrong configuration ends it with code 78 and every reason at once', async () => {
  const { code, err } = await once(
    ['start'],
    ['--env', 'TELEGRAM_BOT_TOKEN=changeme', '--env', 'PORT=http', '--env', 'DATABASE_URL=mysql://x'],
  );
  expect(code).toBe(78);
  for (const name of ['TELEGRAM_BOT_TOKEN', 'PORT', 'DATABASE_URL']) expect(err).toContain(`• ${name}`);
});

test('without a database it says where one is to be had, not that a package is missing', async () => {
  const { code, err } = await once(['migrate']);
  expect(code).toBe(78);
  expect(err).toContain('set DATABASE_URL to a PostgreSQL');
  expect(err).toContain('EMBEDDED_POSTGRES=1');
});

test('a secret is read from a file, one that cannot be read is named', async () => {
  const secrets = folder();
  const { code, err } = await once(
    ['start'],
    ['--volume', `${secrets}:/secrets:ro`, '--env', 'TELEGRAM_BOT_TOKEN_FILE=/secrets/none'],
  );
  expect(code).toBe(78);
  expect(err).toContain('TELEGRAM_BOT_TOKEN_FILE names /secrets/none, which cannot be read');
});

test('orphans are buried: none stays a zombie under process 1', async () => {
  const sandbox = await start('orphans', [...CONFINED, '--network', 'none'], image, ['sandbox']);
  // A child that leaves a grandchild behind; the grandchild then ends with nobody waiting for it but process 1.
  const leave = `const { spawn } = require('node:child_process');
    spawn(process.execPath, ['-e', 'setTimeout(() => {}, 300)'], { detached: true, stdio: 'ignore' }).unref();`;
  await docker(['exec', sandbox, 'node', '-e', leave]);
  const states = async () => (await docker(['top', sandbox, '-o', 'pid,stat,args'])).out.trim().split('\n').slice(1);
  await until(
    async () => (await states()).join('\n'),
    async () => (await states()).length === 2,
    20_000,
  );
  expect((await states()).filter((line) => /^\s*\d+\s+Z/.test(line))).toEqual([]);
});
