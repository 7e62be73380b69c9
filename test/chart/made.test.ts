/** What is made of the chart's values and of the configuration is up to date, and every value is explained. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { chartFiles } from '../../scripts/chart/files.ts';
import { leaves, readValues } from '../../scripts/chart/values.ts';
import { chart } from './helm.ts';

const root = path.join(chart, '..', '..');

test.each(Object.entries(chartFiles()))('%s is what node scripts/configuration-docs.ts makes', (file, content) => {
  expect(readFileSync(path.join(root, file), 'utf8')).toBe(content);
});

test('every value is explained in a sentence', () => {
  const values = leaves(readValues(readFileSync(path.join(chart, 'values.yaml'), 'utf8')));
  expect(values.length).toBeGreaterThan(100);
  expect(values.filter(({ help }) => !/^[A-Z`/].*[.:`)}\]]$/s.test(help)).map(({ path: name }) => name)).toEqual([]);
});

test('a value without words is seen', () => {
  expect(() => readValues('# -- One.\none: 1\ntwo: 2\n')).toThrow(/two is not explained/);
});

test('chart and program have one version', () => {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  expect(readFileSync(path.join(chart, 'Chart.yaml'), 'utf8')).toContain(`\nappVersion: ${version}\n`);
});
