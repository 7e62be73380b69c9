/** Guards scripts/seal: what it seals offline opens as it was typed, every key the chart takes is sealed, and no plain value is left anywhere. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readText, root } from '../repository/source.ts';

const cache = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
const kubeseal = [process.env['KUBESEAL'] ?? '', 'kubeseal', path.join(cache, 'steward-cluster/tools/kubeseal')].find(
  (place) => place !== '' && spawnSync(place, ['--version'], { stdio: 'ignore' }).status === 0,
);
const hasOpenssl = spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0;
const canSeal = kubeseal !== undefined && hasOpenssl;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'seal-'));
  const at = (name: string) => path.join(folder, name);
  if (hasOpenssl)
    spawnSync(
      'openssl',
      ['req', '-x509', '-nodes', '-newkey', 'rsa:2048', '-keyout', at('key'), '-out', at('crt'), '-subj', '/CN=sealed'],
      { stdio: 'ignore' },
    );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function seal(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawnSync(path.join(root, 'scripts/seal'), args, {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, KUBESEAL: kubeseal ?? 'kubeseal', ...env },
  });
}

/** What a controller with our key makes of a SealedSecret. */
function opened(sealed: string): Record<string, string> {
  const run = spawnSync(kubeseal ?? '', ['--recovery-unseal', '--recovery-private-key', 'key', '-o', 'json'], {
    cwd: folder,
    input: sealed,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(run.stderr);
  const { data } = JSON.parse(run.stdout) as { data: Record<string, string> };
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
  );
}

const wanted = [
  ...(parse(readText('charts/steward/files/environment.yaml')) as { secrets: string[] }).secrets,
  'TELEGRAM_ALLOWED_USERS',
];

describe('scripts/seal', () => {
  test.for(['strict', 'namespace-wide', 'cluster-wide'])('what it seals %s opens as it was typed', (scope, context) => {
    context.skip(!canSeal, 'no kubeseal or openssl here');
    const values = Object.fromEntries(wanted.map((name, index) => [name, `pl4nted ${index} $'"\\ =€`]));
    const { stdout, status, stderr } = seal(
      ['--cert', 'crt', '--scope', scope, '--namespace', 'home', '--name', 'bot'],
      values,
    );
    expect(status, stderr).toBe(0);
    expect(stdout).not.toContain('pl4nted');
    expect(opened(stdout)).toEqual(values);
    const { metadata } = parse(stdout);
    expect(metadata).toMatchObject({ name: 'bot', namespace: 'home' });
    expect(Object.keys(metadata.annotations ?? {})).toEqual(
      scope === 'strict' ? [] : [`sealedsecrets.bitnami.com/${scope}`],
    );
  });

  test('a value bound to one name does not open under another', (context) => {
    context.skip(!canSeal, 'no kubeseal or openssl here');
    const { stdout } = seal(['--cert', 'crt', '--name', 'bot'], { TELEGRAM_BOT_TOKEN: 'x' });
    expect(() => opened(stdout.replaceAll('name: bot', 'name: other'))).toThrow();
  });

  test('it reads a .env file and files named by NAME_FILE, and makes values for the chart', (context) => {
    context.skip(!canSeal, 'no kubeseal or openssl here');
    writeFileSync(
      path.join(folder, 'env'),
      '# x\nexport TELEGRAM_BOT_TOKEN="a b"\nDATABASE_URL=postgres://u@h/d?a=b\nOTHER=1\n',
    );
    const fromFile = seal(['--cert', 'crt', '--from', 'env', '--output', 'values']);
    const { sealedSecret } = parse(fromFile.stdout);
    expect(sealedSecret).toMatchObject({ enabled: true, scope: 'strict' });
    expect(Object.keys(sealedSecret.encryptedData)).toEqual(['TELEGRAM_BOT_TOKEN', 'DATABASE_URL']);
    writeFileSync(path.join(folder, 'token'), 'secret\n');
    const alone = seal(['--cert', 'crt', '--only', 'TELEGRAM_BOT_TOKEN'], { TELEGRAM_BOT_TOKEN_FILE: 'token' });
    expect(opened(alone.stdout)).toEqual({ TELEGRAM_BOT_TOKEN: 'secret' });
    expect(readdirSync(folder).sort()).toEqual(['crt', 'env', 'key', 'token']);
  });

  test('it says what is missing, and which keys there are', (context) => {
    context.skip(!canSeal, 'no kubeseal or openssl here');
    expect(seal([])).toMatchObject({ status: 2, stderr: expect.stringContaining('--cert FILE') });
    expect(seal(['--cert', 'none']).stderr).toContain('kubeseal --fetch-cert');
    expect(seal(['--cert', 'crt']).stderr).toContain('found no value');
    expect(seal(['--cert', 'crt', '--only', 'NOPE'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('STEWARD_MASTER_KEY'),
    });
    expect(seal(['--cert', 'crt'], { SENTRY_DSN: 'x' }).stderr).toContain('TELEGRAM_BOT_TOKEN');
  });

  test('shellcheck has nothing to say', (context) => {
    const shellcheck = spawnSync('shellcheck', [path.join(root, 'scripts/seal')], { encoding: 'utf8' });
    context.skip(shellcheck.error !== undefined, 'no shellcheck here');
    expect(shellcheck.stdout).toBe('');
  });
});

test('the example has the shape of what is printed', () => {
  const example = parse(readText('k8s/sealed-secrets/steward-sealed.example.yaml'));
  expect(Object.keys(example.spec.encryptedData).filter((key) => !wanted.includes(key))).toEqual([]);
});
