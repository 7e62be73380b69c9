/** Guards the notice of a new version: once over all replicas, never at a first start, and with what changed between. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testPerson } from '../../../test/support/context.ts';
import { databaseOfFile } from '../../../test/support/postgres.ts';
import type { Person } from '../../access/people.ts';
import { changesBetween, compareVersions } from '../../core/version.ts';
import { newVersionNotice } from './index.ts';

const CHANGELOG = `# Changes

## Unreleased
- not yet

## 0.3.0
- **Charts** are pictures, see [the guide](docs/x.md)
  on two lines.

## [0.2.0] - 2026-01-01
### Added
- \`/export\`

## 0.1.0
- first
`;

const db = databaseOfFile(4);
let operator: Person;
beforeAll(async () => {
  operator = await testPerson(db, 1, { name: 'Olga', role: 'operator' });
});
beforeEach(() => db.query('DELETE FROM bot_facts'));

const start = async (version: string) =>
  (await db.transaction((tx) => newVersionNotice(tx, operator, { version, changelog: () => CHANGELOG }))).map((one) =>
    String(one.payload['text']),
  );

test('a first start tells nothing, the next one of the same version neither', async () => {
  expect(await start('0.1.0')).toEqual([]);
  expect(await start('0.1.0')).toEqual([]);
});

test('an upgrade is told once by whichever replica comes first, with everything between the two versions', async () => {
  await start('0.1.0');
  const told = (await Promise.all([start('0.3.0'), start('0.3.0'), start('0.3.0')])).flat();
  expect(told).toEqual([
    'Steward 0.3.0 runs now (it was 0.1.0).\nWhat changed:\n• Charts are pictures, see the guide on two lines.\n• /export',
  ]);
  expect(await start('0.3.0')).toEqual([]);
});

test('while the older version still runs beside the newer, and after going back and forth, nothing is told again', async () => {
  await start('0.2.0');
  expect(await start('0.3.0')).toHaveLength(1);
  for (const version of ['0.2.0', '0.3.0', '0.2.0', '0.3.0']) expect(await start(version)).toEqual([]);
});

test('a notice that is not committed is told the next time', async () => {
  await start('0.1.0');
  await expect(
    db.transaction(async (tx) => {
      await newVersionNotice(tx, operator, { version: '0.2.0', changelog: () => CHANGELOG });
      throw new Error('died');
    }),
  ).rejects.toThrow('died');
  expect(await start('0.2.0')).toHaveLength(1);
});

test('without a changelog the version alone is told', async () => {
  await start('0.1.0');
  const [notice] = await db.transaction((tx) =>
    newVersionNotice(tx, operator, { version: '0.2.0', changelog: () => '' }),
  );
  expect(notice?.payload['text']).toBe('Steward 0.2.0 runs now (it was 0.1.0).');
});

test.each<[string, string, number]>([
  ['0.2.0', '0.10.0', -1],
  ['1.0.0', '1.0.0', 0],
  ['1.0.0', '1.0.0-rc.1', 1],
  ['1.0.0-rc.2', '1.0.0-rc.10', -1],
  ['2.0.0', '1.9.9', 1],
])('%s against %s is %i', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
  expect(Math.sign(compareVersions(b, a))).toBe(-sign || 0);
});

test('a changelog of any other form has no points', () => {
  expect(changesBetween('words', '0.1.0', '1.0.0')).toEqual([]);
});
