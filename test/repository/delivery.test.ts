/** Holds what is delivered together: one version everywhere, workflows that run what they say with few rights, documents whose commands exist. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readText, root, trackedFiles } from './source.ts';

const manifest = JSON.parse(readText('package.json')) as { version: string; engines: { node: string } };

describe('the version', () => {
  test("stands in package.json, and the image's and the chart's are the same", () => {
    const image = [...readText('Dockerfile').matchAll(/^ARG VERSION=(.*)$/gm)].map(([, version]) => version);
    expect(image).toEqual([manifest.version, manifest.version]);
    const chart = parse(readText('charts/steward/Chart.yaml')) as { version: string; appVersion: string };
    expect(chart).toMatchObject({ version: manifest.version, appVersion: manifest.version });
  });

  test('is the one the change log begins with, or it says what is not released yet', () => {
    const [, newest] = /^## (.*)$/m.exec(readText('CHANGELOG.md')) ?? [];
    expect([manifest.version, 'Unreleased']).toContain(newest?.split(' ')[0]);
  });
});

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<
      string,
      { readonly permissions?: object; readonly 'timeout-minutes'?: number; readonly steps: readonly Step[] }
    >
  >;
}

const workflows = globSync('.github/workflows/*.yml', { cwd: root })
  .sort()
  .map((name) => ({ name, text: readText(name), workflow: parse(readText(name)) as Workflow }));

describe.each(workflows)('$name', ({ text, workflow }) => {
  test('uses every action at one commit, and says which version that is', () => {
    const uses = text.split('\n').filter((line) => /^\s*(?:- )?uses:/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  test('gives no job more rights than it names, and no job for ever', () => {
    expect(workflow.permissions).toEqual({});
    for (const [name, job] of Object.entries(workflow.jobs)) {
      expect({ name, ...job }).toMatchObject({
        permissions: expect.any(Object),
        'timeout-minutes': expect.any(Number),
      });
    }
  });

  test('runs scripts and files that are there', () => {
    const scripts = Object.keys((JSON.parse(readText('package.json')) as { scripts: object }).scripts);
    const runs = Object.values(workflow.jobs).flatMap((job) => job.steps.flatMap((step) => step.run ?? []));
    const asked = runs.flatMap((run) => [...run.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name));
    expect(asked.filter((name) => !scripts.includes(name))).toEqual([]);
    expect(runs.some((run) => run.includes('.ci/run')) && !existsSync(path.join(root, '.ci/run'))).toBe(false);
  });
});

describe('scripts for machines', () => {
  const scripts = trackedFiles().filter((name) => /^#!.*\b(?:ba)?sh\b/.test(readHead(name)));

  test('are executable and stop at the first fault', () => {
    expect(scripts.length).toBeGreaterThan(5);
    const faults = scripts.filter((name) => {
      const strict = /^set -euo pipefail$/m.test(readText(name)) || /installation\.sh"$/m.test(readText(name));
      return (statSync(path.join(root, name)).mode & 0o111) === 0 || !strict;
    });
    expect(faults).toEqual([]);
  });

  test('have nothing that shellcheck would change', (context) => {
    const there = spawnSync('shellcheck', ['--version']).status === 0;
    context.skip(!there, 'shellcheck is not installed here');
    const all = [...scripts, 'deploy/systemd/installation.sh'];
    const checked = spawnSync('shellcheck', ['--external-sources', '--source-path=SCRIPTDIR', ...all], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(checked.stdout).toBe('');
  });
});

describe('documents of deployment', () => {
  const pages = ['README.md', 'docs/deployment.md', 'secrets/README.md', 'compose.yaml', 'compose.dev.yaml'];
  const found = (pattern: RegExp) =>
    pages.flatMap((page) => [...readText(page).matchAll(pattern)].map(([, name = '']) => ({ page, name })));

  test('ask for commands that Steward has', () => {
    const [, table = ''] = /const commands[^{]*\{(.*?)\n\};/s.exec(readText('src/main.ts')) ?? [];
    const commands = [...table.matchAll(/^ {2}'?([\w-]+)'?: async/gm)].map(([, name]) => name);
    const asked = found(/(?:npx steward|sudo steward|(?:exec|run --rm) steward(?: steward)?) ([a-z][\w-]+)/g);
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter(({ name }) => name !== 'steward' && !commands.includes(name))).toEqual([]);
  });

  test('ask Compose for services and settings it has', () => {
    const compose = parse(readText('compose.yaml')) as { services: Record<string, object> };
    const services = found(/docker compose (?:exec|run --rm|stop|logs --follow|restart) ([\w-]+)/g);
    expect(services.length).toBeGreaterThan(3);
    expect(services.filter(({ name }) => !(name in compose.services))).toEqual([]);
    const settings = found(/`((?:PUBLISHED|PROMETHEUS|GRAFANA)_\w+|IMAGE)=?`/g);
    expect(settings.filter(({ name }) => !readText('compose.yaml').includes(`\${${name}:-`))).toEqual([]);
    const mounted = [...readText('compose.yaml').matchAll(/- (\.\/[\w./-]+):/g)].map(([, file = '']) => file);
    expect(mounted.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });

  test('name scripts of a release that are there', () => {
    const scripts = found(/deploy\/systemd\/([\w-]+)/g);
    expect(scripts.length).toBeGreaterThan(4);
    expect(scripts.filter(({ name }) => !existsSync(path.join(root, 'deploy/systemd', name)))).toEqual([]);
  });
});

function readHead(name: string): string {
  return statSync(path.join(root, name)).size > 200_000 ? '' : (readText(name).split('\n', 1)[0] ?? '');
}
