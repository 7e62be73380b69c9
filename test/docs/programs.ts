/** What the documents' commands may be: each program with the check of its arguments. A check returns what is wrong, in words. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { createMetrics } from '../../src/observability/metrics.ts';
import { readText, root } from '../repository/source.ts';

type Check = (args: readonly string[]) => string[];

const scripts = (JSON.parse(readText('package.json')) as { scripts: Record<string, string> }).scripts;
const values: unknown = parse(readText('charts/steward/values.yaml'));
const exposition = await createMetrics().registry.metrics();

const there = (file: string) => existsSync(path.join(root, file));

/** Whether the chart has a value of this path. What lies below an open map (labels, annotations, config) is the reader's. */
function isValue(at: string): boolean {
  let inner = values;
  for (const key of at.replaceAll(/\[\d+\]/g, '').split('.')) {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner !== undefined;
    if (!(key in inner)) return Object.keys(inner).length === 0 || !at.startsWith('metrics.prometheusRule.alerts');
    inner = (inner as Record<string, unknown>)[key];
  }
  return inner !== undefined;
}

/** The same, to the letter: for paths that a text names. */
export function isValueToTheLetter(at: string): boolean {
  let inner = values;
  for (const key of at.split('.')) {
    if (typeof inner !== 'object' || inner === null || !(key in inner)) return false;
    inner = (inner as Record<string, unknown>)[key];
  }
  return true;
}

const help = new Map<string, string | undefined>();

/** What `steward NAME --help` says; undefined when there is no such command. */
function helpOf(name: string): string | undefined {
  if (!help.has(name)) {
    const run = spawnSync(process.execPath, [path.join(root, 'src/main.ts'), ...name.split(' '), '--help'], {
      cwd: root,
      encoding: 'utf8',
    });
    help.set(name, run.status === 0 && run.stdout.includes(`steward ${name}`) ? run.stdout : undefined);
  }
  return help.get(name);
}

const steward: Check = ([first = '', second = '', ...rest]) => {
  if (first === '' || first.startsWith('-')) return [];
  const nested = /^[a-z][\w-]*$/.test(second) && helpOf(`${first} ${second}`) !== undefined;
  const name = nested ? `${first} ${second}` : first;
  const said = helpOf(name);
  if (said === undefined) return [`there is no command steward ${first}`];
  return (nested ? rest : [second, ...rest])
    .filter((word) => word.startsWith('--') && word !== '--' && !said.includes(word.replace(/=.*/, '')))
    .map((flag) => `steward ${name} has no ${flag}`);
};

const npm: Check = (args) => {
  const [command = '', ...rest] = args.filter((word) => !word.startsWith('--') || word === '--');
  if (['ci', 'cit', 'install', 'test', 'start'].includes(command)) return command === 'start' ? steward(['start']) : [];
  const [name = ''] = rest;
  return command === 'run' && name in scripts ? [] : [`npm ${command} ${name}`];
};

const helm: Check = (args) =>
  args.flatMap((word, index) => {
    const before = args[index - 1] ?? '';
    if (/^--set(?:-string|-file|-json)?$/.test(before))
      return word
        .split(/,(?=[\w.]+=)/)
        .map((one) => one.split('=')[0] ?? '')
        .filter((at) => !isValue(at))
        .map((at) => `the chart has no value ${at}`);
    return /^(?:charts|k8s)\//.test(word) && !there(word) ? [`${word} is not there`] : [];
  });

const kubectl: Check = (args) => {
  const inside = args.indexOf('--');
  const own = inside < 0 ? args : args.slice(0, inside);
  const faults = own
    .filter((word) => /^k8s\/[\w./-]+$/.test(word) && !there(word))
    .map((word) => `${word} is not there`);
  return inside < 0 ? faults : [...faults, ...check(args.slice(inside + 1))];
};

const ROUTES = ['/health', '/health/live', '/health/ready', '/info', '/metrics'];
const curl: Check = (args) =>
  args.flatMap((word) => {
    const url = /^(?:https?:\/\/)?(?:localhost|127\.0\.0\.1):\d+(\/[^?]*)?$/.exec(word);
    return url && !ROUTES.includes(url[1] ?? '/') ? [`nothing answers at ${word}`] : [];
  });

/** Every metric that is looked for is there, taken as the beginning it may be. */
const grep: Check = (args) =>
  args.flatMap((word) => {
    const [, begin = ''] = /^\^?(steward_[a-z_]+)/.exec(word) ?? [];
    return begin !== '' && !exposition.includes(`# TYPE ${begin}`) ? [`no metric begins with ${begin}`] : [];
  });

const script =
  (file: string): Check =>
  (args) => {
    if (!there(file)) return [`${file} is not there`];
    const text = readText(file);
    return args.filter((word) => word.startsWith('--') && !text.includes(word)).map((flag) => `${file} has no ${flag}`);
  };

const anything: Check = () => [];

const PROGRAMS: Readonly<Record<string, Check>> = {
  steward,
  npm,
  npx: ([first = '', ...rest]) => (first === 'steward' ? steward(rest) : first === 'vitest' ? [] : [`npx ${first}`]),
  helm,
  kubectl,
  curl,
  grep,
  node: ([file = '', ...rest]) =>
    file.startsWith('-') ? [] : /^(?:src|scripts|test)\//.test(file) ? script(file)(rest) : steward(rest),
  docker: anything,
  kubeseal: anything,
  skaffold: anything,
  openssl: anything,
  journalctl: anything,
  systemctl: anything,
  git: anything,
  psql: anything,
};

/** Of a plain system; their arguments are their own business. */
const PLAIN = new Set(
  'cat cd cp chmod chown df du echo export find head install ls mkdir mv printenv printf rm sed sleep sort sudo tail tar tee touch umask useradd wait wc xargs age age-keygen'.split(
    ' ',
  ),
);

/** What is wrong with a command. */
export function check([program = '', ...args]: readonly string[]): string[] {
  if (PLAIN.has(program)) return program === 'sudo' ? check(args.filter((word) => !/^-/.test(word))) : [];
  const known = PROGRAMS[program];
  if (known) return known(args);
  // A script of ours, wherever the release it came with was put.
  const [, own] = /^(?:[\w./-]*\/)?((?:scripts|\.ci|bin|deploy)\/[\w./-]+)$/.exec(program) ?? [];
  if (own !== undefined) return script(own)(args);
  return [`nobody knows ${program}`];
}
