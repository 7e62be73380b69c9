/** Tasks that say when to remind of them in the same breath: due then, reminded of before, one change, never at the hour itself by mistake. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDays } from '../../src/core/days.ts';
import { isoWithOffset } from '../../src/core/zones.ts';
import { OWNER, type Person, type Steward, startSteward } from './steward.ts';

const RUSSIAN = 7013;
const HOUR = 3_600_000;
/** as startSteward configures it */
const ZONE = 'Europe/Berlin';

let steward: Steward;
let owner: Person;
let russian: Person;
beforeAll(async () => {
  steward = await startSteward({ mode: 'polling', people: [OWNER, RUSSIAN] });
  owner = steward.person();
  russian = steward.person(RUSSIAN, { first_name: 'Аня', language_code: 'ru' });
});
afterAll(() => steward?.end());

/** Minutes before it is due that a task is reminded of, and how many of these are planned. */
async function reminders(title: string): Promise<{ minutes: number[]; planned: number }> {
  const rows = await steward.db.query<{ minutesBefore: number; planned: number }>(
    `SELECT r.minutes_before, (SELECT count(*) FROM deliveries d WHERE d.reminder_id = r.id AND d.state = 'due') AS planned
       FROM reminders r JOIN tasks t ON t.id = r.task_id WHERE t.title = $1 ORDER BY r.minutes_before`,
    [title],
  );
  return { minutes: rows.map((row) => row.minutesBefore), planned: rows.reduce((sum, row) => sum + row.planned, 0) };
}

it('"…, remind me 30 min before" makes the reminder with the task, and one undo takes both', async () => {
  const echo = await owner.say('dentist in 3 days at 9:30pm, remind me 30 min before');
  expect(echo).toContain('Dentist');
  expect(echo).toContain('⏰ 30 minutes before');
  expect(await reminders('Dentist')).toEqual({ minutes: [30], planned: 1 });
  expect(await owner.say('/task dentist')).toContain('⏰ 1 reminder');
  await owner.say('/undo');
  expect(await reminders('Dentist')).toEqual({ minutes: [], planned: 0 });
});

it.each([
  ['remind me an hour before my flight in 2 days at 6pm', 'My flight', [60]],
  ['/remind standup in 2 days at 10pm, 5 min before', 'Standup', [5]],
  ['/add exam in 9 days at 3pm (remind me a day and an hour before) #school', 'Exam', [60, 1440]],
  ['pay the rent every month on the 1st with a reminder a day in advance', 'Pay the rent', [1440]],
])('"%s"', async (words, title, minutes) => {
  expect(await owner.say(words)).toContain('⏰ ');
  expect(await reminders(title)).toEqual({ minutes, planned: minutes.length });
});

it('the same in Russian', async () => {
  const echo = await russian.say('стоматолог через 2 дня в 21:30, напомни за день и за полчаса');
  expect(echo).toContain('⏰ за 1 день, 30 минут');
  expect(await reminders('Стоматолог')).toEqual({ minutes: [30, 1440], planned: 2 });
});

it('fires before the hour, moves when the date moves', async () => {
  await owner.say('catch the train in 4 hours');
  await owner.say('call the pilot in 2 days at 8pm, remind me 2 hours before');
  const moved = async () => {
    const [row] = await steward.db.query<{ at: number }>(
      `SELECT d.due_at AS at FROM deliveries d JOIN reminders r ON r.id = d.reminder_id JOIN tasks t ON t.id = r.task_id
        WHERE t.title = 'Call the pilot' AND d.state = 'due'`,
    );
    return row?.at ?? 0;
  };
  const wall = async () => isoWithOffset(await moved(), ZONE).slice(0, 16);
  const before = await wall();
  await owner.say('move call the pilot by 1 day');
  expect(await wall()).toBe(`${addDays(before.slice(0, 10), 1)}${before.slice(10)}`);
});

it('a reminder that would have come by now is not made, and that is said', async () => {
  const echo = await owner.say('lunch with Ann in 20 minutes, remind me an hour before');
  expect(echo).toContain('Lunch with Ann');
  expect(echo).toContain('Too late to remind 1 hour before');
  expect(await reminders('Lunch with Ann')).toEqual({ minutes: [], planned: 0 });
});

it('an edit of the message brings the reminder, once', async () => {
  const written = owner.user.send('fly to Oslo in 6 days at 7am');
  await steward.quiet();
  owner.edit(written.message_id, 'fly to Oslo in 6 days at 7am, remind me 3 hours before');
  await steward.quiet();
  expect(await reminders('Fly to Oslo')).toEqual({ minutes: [180], planned: 1 });
  owner.edit(written.message_id, 'fly to Oslo in 6 days at 8am, remind me 3 hours before');
  await steward.quiet();
  expect(await reminders('Fly to Oslo')).toEqual({ minutes: [180], planned: 1 });
});

it('while a time is asked about the reminder waits for the answer', async () => {
  // Some days ahead, whatever day it is today: a midnight that is over, or about to be, is not asked about.
  const weekday = (ahead: number) =>
    new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: ZONE }).format(
      steward.clock.now() + ahead * 24 * HOUR,
    );
  await owner.say(`${weekday(4)} midnight call the captain, remind me 3 hours before`);
  expect(owner.buttons()).toContain(`${weekday(3)} to ${weekday(4)}`);
  await owner.press(`${weekday(4)} to ${weekday(5)}`);
  expect(await reminders('Call the captain')).toEqual({ minutes: [180], planned: 1 });
});

it('counted from a day rather than from something on it, a length is when to remind', async () => {
  const echo = await owner.say('remind me 2 days before 24 december to buy gifts');
  expect(echo).toContain('Buy gifts');
  const [row] = await steward.db.query<{ localAt: string }>("SELECT local_at FROM reminders WHERE text = 'Buy gifts'");
  expect(row?.localAt).toMatch(/-12-22T/);
});

it('without a date to come before, the words stay as they are', async () => {
  expect(await owner.say('buy milk, remind me 30 min before')).toContain('buy milk, remind me 30 min before');
});
