/** Holds the repository as a whole to its rules: names, sizes, pinned packages, documents that tell the truth. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ownCode, readText, root, trackedFiles } from './source.ts';
import { crowdedFolders, emptyNames, lockFaults, loosePins, MOST_LINES, packageHost, TABLES } from './tree.ts';

const names = trackedFiles();
const manifest = JSON.parse(readText('package.json')) as { scripts: Record<string, string>; [key: string]: unknown };

/** Lines, a last one without its end counted too. */
const lines = (text: string) => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

describe('this repository', () => {
  test('no file is longer than three hundred lines, unless it is a table', () => {
    const long = ownCode(names).flatMap((name) => {
      const count = lines(readText(name));
      return count <= MOST_LINES || name in TABLES ? [] : [`${name} has ${count} lines`];
    });
    expect(long).toEqual([]);
  });

  test('every exception to that is still needed', () => {
    expect(Object.keys(TABLES).filter((name) => lines(readText(name)) <= MOST_LINES)).toEqual([]);
  });

  test('no folder is crowded', () => {
    expect(crowdedFolders(names)).toEqual([]);
  });

  test('no file or folder has a name that says nothing', () => {
    expect(emptyNames(names)).toEqual([]);
  });

  test('every dependency is pinned to one version', () => {
    expect(loosePins(manifest)).toEqual([]);
  });

  test('the lock file is whole, installs from any registry and proves every package', () => {
    expect(lockFaults(JSON.parse(readText('package-lock.json')))).toEqual([]);
  });

  test('no file names a host of packages', () => {
    const { host, hostname } = new URL(process.env['npm_config_registry'] ?? 'http://localhost');
    // A registry on this machine has no name of its own, and its port may be anyone's.
    const configured = /^(?:localhost|127\.|\[::1\])/.test(hostname) ? undefined : host;
    const texts = names.filter((name) => statSync(path.join(root, name)).size < 2_000_000);
    const faults = texts.flatMap((name) => {
      const found = packageHost(readText(name), configured);
      return found === undefined ? [] : [`${name} names ${found}`];
    });
    expect(faults).toEqual([]);
  });

  test('nothing secret or made is kept: no .env, no key, no log, no build', () => {
    const strays =
      /(?:^|\/)(?:\.env(?:\.(?!example$).*)?|dist|data|node_modules|id_(?:rsa|ed25519))(?:$|\/)|\.(?:log|pem|key|tsbuildinfo)$/;
    expect(names.filter((name) => strays.test(name))).toEqual([]);
  });

  test('README stays one screen', () => {
    expect(lines(readText('README.md'))).toBeLessThan(90);
  });

  test('.ci/run can be started', () => {
    expect(statSync(path.join(root, '.ci/run')).mode & 0o111).toBe(0o111);
  });
});

describe('documents tell the truth', () => {
  const documents = names.filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md');

  test('every file a document links to is there', () => {
    const missing = documents.flatMap((name) =>
      [...readText(name).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].flatMap(([, target = '']) => {
        if (/^[a-z]+:/.test(target)) return [];
        return existsSync(path.join(root, path.dirname(name), target)) ? [] : [`${name} → ${target}`];
      }),
    );
    expect(missing).toEqual([]);
  });

  test('every path a document names in full is there', () => {
    // The table of rooms names some that are kept free.
    const text = (name: string) => readText(name).replace(/^\| `src\/.*$/gm, '');
    const missing = documents.flatMap((name) =>
      [...text(name).matchAll(/`((?:src|test|docs|scripts|prisma|\.ci)\/[\w./-]*[\w/])`/g)].flatMap(
        ([, target = '']) => (existsSync(path.join(root, target)) ? [] : [`${name}: ${target}`]),
      ),
    );
    expect(missing).toEqual([]);
  });

  test('every `npm run` a document or .ci/run asks for exists', () => {
    const asked = [...documents, '.ci/run'].flatMap((name) =>
      [...readText(name).matchAll(/npm run (?:--?[\w-]+ )*([a-z][\w:]*)/g)].map(([, script = '']) => ({
        name,
        script,
      })),
    );
    const missing = asked.filter(({ script }) => !(script in manifest.scripts));
    expect(missing.map(({ name, script }) => `${name}: npm run ${script}`)).toEqual([]);
  });
});

describe('the rules themselves', () => {
  test('empty names are seen in files and folders, whole words only', () => {
    const bad = ['src/utils/dates.ts', 'src/core/date-helpers.ts', 'test/common.ts', 'src/queue/manager.ts'];
    expect(emptyNames([...bad, 'src/core/commons-tragedy.ts', 'src/telegram/builder.ts'])).toEqual(bad);
  });

  test('tests do not crowd a folder', () => {
    const files = (count: number, end: string) =>
      Array.from({ length: count }, (_, index) => `src/core/f${index}${end}`);
    expect(crowdedFolders([...files(12, '.ts'), ...files(9, '.test.ts'), 'src/core/deep/a.ts'])).toEqual([]);
    expect(crowdedFolders(files(13, '.ts'))).toEqual(['src/core holds 13 files']);
  });

  test('ranges, tags and addresses are no pins', () => {
    const dependencies = { a: '1.2.3', b: '7.10.0-4.0ed', c: '^1.2.3', d: 'latest', e: '1.x', f: 'git+ssh://x/y' };
    expect(loosePins({ dependencies })).toEqual(
      ['c', 'd', 'e', 'f'].map((name) => expect.stringContaining(` ${name} `)),
    );
  });

  test('a lock file tied to an address, without a checksum or with holes is seen', () => {
    const integrity = 'sha512-x';
    const packages = {
      '': { optionalDependencies: { a: '1.0.0' } },
      'node_modules/a': { integrity, optionalDependencies: { b: '1.0.0', e: '1.0.0', 'a-windows': '1.0.0' } },
      'node_modules/b': { integrity, resolved: 'https://packages.example/b.tgz' },
      'node_modules/c': {},
      'node_modules/a/node_modules/e': { integrity },
    };
    expect(lockFaults({ lockfileVersion: 3, packages })).toEqual([
      'node_modules/a: optional a-windows is not in the lock',
      'node_modules/b: resolved to an address',
      'node_modules/c: no checksum',
    ]);
  });

  test('hosts of packages are recognised, the configured one by its name', () => {
    const known = ['registry', 'npmjs', 'org'].join('.');
    expect(packageHost(`see https://${known}/x`, undefined)).toBeDefined();
    expect(packageHost('see https://packages.internal:4873/x', 'packages.internal:4873')).toBe(
      'packages.internal:4873',
    );
    expect(packageHost('registry = https://packages.internal', undefined)).toBeDefined();
    expect(
      packageHost('one command registry declares each command; https://example.net', 'packages.internal'),
    ).toBeUndefined();
  });
});
