/** Guards the directory of people, which the gate asks instead of the database. */
import { expect, test } from 'vitest';
import { databaseOfFile } from '../../test/support/postgres.ts';
import { DrivenClock } from '../core/clock.ts';
import { ensurePerson, openDirectory } from './people.ts';

const clock = new DrivenClock('2026-11-26T09:00:00Z');
const db = databaseOfFile(3);

test('a reading of the people that comes back late brings back nobody who was removed meanwhile', async () => {
  const held: Array<() => void> = [];
  let hold = false;
  const slow = await openDirectory(
    {
      ...db,
      async query(statement, values) {
        const rows = await db.query<never>(statement, values);
        if (hold) await new Promise<void>((resolve) => held.push(resolve));
        return rows;
      },
      // Told of the new person, the directory would read once more, whenever that comes.
      listen: async () => async () => {},
    },
    clock,
    new Set([77]),
    () => {},
  );
  await db.transaction((tx) =>
    ensurePerson(tx, {
      ...{ telegramUserId: 77, name: 'Eve', role: 'member' },
      ...{ language: 'en', locale: 'en', timezone: 'Europe/Berlin' },
    }),
  );
  hold = true;
  const late = slow.refresh();
  await expect.poll(() => held.length).toBe(1);
  hold = false;
  await db.query("UPDATE people SET role = 'removed' WHERE telegram_user_id = 77");
  await slow.refresh();
  held.shift()?.();
  await late;
  expect(slow.byTelegramId(77)).toBeUndefined();
  await slow.stop();
});
