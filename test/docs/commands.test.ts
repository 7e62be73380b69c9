/** Guards the documents: each command can be given as it stands, each setting, value, metric and alert a text names exists. */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { alertNames } from '../../scripts/monitoring/rules.ts';
import { variables } from '../../src/config/variables.ts';
import { knownMetrics } from '../monitoring/sources.ts';
import { readText, root } from '../repository/source.ts';
import { blocksOf, commandsOf, documents } from './blocks.ts';
import { check, isValueToTheLetter } from './programs.ts';

const names = documents();
const blocks = names.flatMap(blocksOf);

describe('commands in documents', () => {
  test('are there to be checked', () => {
    expect(blocks.length).toBeGreaterThan(40);
  });

  test.each(blocks.map((block) => [block.at, block] as const))('%s is a script a shell reads', (at, { text }) => {
    // What the reader puts in stands as `…` or in angle brackets.
    const shell = spawnSync('bash', ['-n'], { input: text.replaceAll(/<[\w -]+>/g, 'x'), encoding: 'utf8' });
    expect(shell.status, `${at} ${shell.stderr}`).toBe(0);
  });

  test('name programs, commands, flags, files, values and addresses that exist', () => {
    const faults = blocks
      .flatMap(commandsOf)
      .flatMap(({ at, words }) => check(words).map((fault) => `${at} ${words.join(' ').slice(0, 80)}: ${fault}`));
    expect(faults).toEqual([]);
  }, 400_000);

  test('that need nothing but this checkout succeed', () => {
    const harmless = blocks.flatMap(commandsOf).filter(({ words: [program, command, name] }) => {
      return program === 'npx' && command === 'steward' && name === 'parse';
    });
    expect(harmless.length).toBeGreaterThan(0);
    for (const { at, words } of harmless) {
      const run = spawnSync(process.execPath, ['src/main.ts', ...words.slice(2)], {
        cwd: root,
        encoding: 'utf8',
        input: 'call Bob fri 3pm\n',
      });
      expect(run.status, `${at} ${run.stderr}`).toBe(0);
    }
  }, 400_000);
});

/** What stands in backticks in a document, outside of blocks. */
function spoken(name: string): string[] {
  const text = readText(name).replaceAll(/^```[\s\S]*?^```/gm, '');
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, words = '']) => words);
}

describe('names in documents', () => {
  test('of metrics are the program’s', async () => {
    const known = [...(await knownMetrics()).keys()];
    const faults = names.flatMap((name) =>
      // Behind @ or in an address of Telegram it is a bot's name.
      [...readText(name).matchAll(/(?<![@/])\bsteward_[a-z_]+[a-z]\b(?![…_])/g)]
        .map(([metric]) => metric)
        .filter((metric) => !known.some((one) => one === metric || one.startsWith(`${metric}_`)))
        .map((metric) => `${name}: ${metric}`),
    );
    expect([...new Set(faults)]).toEqual([]);
  });

  test('of alerts are those of the chart', () => {
    const known = new Set(alertNames());
    const faults = names.flatMap((name) =>
      [...readText(name).matchAll(/\bSteward(?:[A-Z][a-z]+)+\b/g)]
        .filter(([alert]) => !known.has(alert))
        .map(([alert]) => `${name}: ${alert}`),
    );
    expect(faults).toEqual([]);
  });

  test('of settings are variables', () => {
    const known = new Set(Object.keys(variables));
    const faults = names.flatMap((name) =>
      spoken(name)
        .flatMap((words) => words.match(/^(?:STEWARD|TELEGRAM|DATABASE|BACKUP|S3|LOG|SENTRY)_[A-Z_]+(?==|$)/) ?? [])
        .filter((variable) => !known.has(variable.replace(/_FILE$/, '')) && !/_$/.test(variable))
        .map((variable) => `${name}: ${variable}`),
    );
    expect(faults).toEqual([]);
  });

  test('of values are the chart’s', () => {
    const top = new Set(Object.keys(parse(readText('charts/steward/values.yaml'))));
    const faults = names
      .filter((name) => /^(?:docs|k8s)\//.test(name))
      .flatMap((name) =>
        spoken(name)
          .filter((words) => /^[a-z]\w*(?:\.[A-Za-z]\w*)+(?:=.*)?$/.test(words) && top.has(words.split('.')[0] ?? ''))
          .map((words) => words.replace(/=.*/, ''))
          .filter((at) => !isValueToTheLetter(at) && !/\.(?:yaml|ts)$/.test(at))
          .map((at) => `${name}: ${at}`),
      );
    expect(faults).toEqual([]);
  });
});

describe('the checks themselves', () => {
  test('see what is not there', () => {
    expect(check(['npx', 'steward', 'bakcup'])).toEqual(['there is no command steward bakcup']);
    expect(check(['steward', 'migrate', '--stauts'])).toEqual(['steward migrate has no --stauts']);
    expect(check(['npm', 'run', 'nope'])).toEqual(['npm run nope']);
    expect(
      check(['helm', 'upgrade', 'x', 'charts/steward', '--set', 'metrics.prometheusRule.alerts.No.enabled=1']),
    ).toEqual(['the chart has no value metrics.prometheusRule.alerts.No.enabled']);
    expect(check(['kubectl', 'apply', '-k', 'k8s/overlays/moon'])).toEqual(['k8s/overlays/moon is not there']);
    expect(check(['kubectl', 'exec', 'x', '--', 'steward', 'docter'])).toEqual(['there is no command steward docter']);
    expect(check(['curl', '-s', 'localhost:9464/helth'])).toEqual(['nothing answers at localhost:9464/helth']);
    expect(check(['grep', '^steward_redy'])).toEqual(['no metric begins with steward_redy']);
    expect(check(['frobnicate'])).toEqual(['nobody knows frobnicate']);
  }, 400_000);
});
