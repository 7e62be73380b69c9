/** The first Thursday, a little later: one of a series differs, is left out, or the series rests. */
import { expect } from 'vitest';
import type { Cast } from '../cast.ts';

export async function series({ stage, ann }: Cast): Promise<void> {
  stage.tell('One of a series may differ from the others, be left out, or the whole may rest for a while.');
  await stage.quietUntil('08:45');
  expect(await ann.says('move team call to wednesday 11:00')).toMatchInlineSnapshot(`
    Team call
    🔁 every 2 weeks on Tue at 10:00 until 31 May 2026
    Change only this one, or all following?
    [This one] [All following]
    [Cancel]
  `);
  expect(await ann.presses('This one')).toMatchInlineSnapshot(`
    (changed)
    Team call  #23
    📅 Wed 11:00 · 🔁 every 2 weeks on Tue at 10:00 until 31 May 2026
    Only this one: Date. The series stays as it was.
    [Done] [Snooze] [Undo]
    [Edit] [Notes] [More]
  `);
  expect(await ann.says('/due 23 tuesday 10:30')).toMatchInlineSnapshot(`
    Team call
    🔁 every 2 weeks on Tue at 10:00 until 31 May 2026
    Change only this one, or all following?
    [This one] [All following]
    [Cancel]
  `);
  expect(await ann.presses('All following')).toMatchInlineSnapshot(`
    (changed)
    Team call  #23
    📅 Tue 10:30 · 🔁 every 2 weeks on Tue at 10:30 until 31 May 2026
    [Done] [Snooze] [Undo]
    [Edit] [Notes] [More]
  `);
  expect(await ann.says('/skip 21')).toMatchInlineSnapshot(`
    Skipped: Pay rent.
    🔁 Next: 30 Apr, 09:00
    [Undo]
  `);
  expect(await ann.says('/undo')).toMatchInlineSnapshot(`
    ↩️ Pay rent is not skipped any more.
    [Redo]
  `);
  expect(await ann.says('/pause 25')).toMatchInlineSnapshot(`
    ⏸ Clean the coffee machine is paused until you resume it. "/pause 25 until monday" sets a day.
    [Resume] [Undo]
  `);
  expect(await ann.says('/pause 25 off')).toMatchInlineSnapshot(`
    Clean the coffee machine goes on: 2 Apr.
    [Undo]
  `);
  expect(await ann.says('/delete 22')).toMatchInlineSnapshot(`
    Water the basil
    🔁 every 3 days after it is done
    Delete only this one, or all following?
    [This one] [All following]
    [Cancel]
  `);
  expect(await ann.presses('Cancel')).toMatchInlineSnapshot(`
    (changed)
    Water the basil  #22
    📅 Sun · 🔁 every 3 days after it is done
    [Done] [Snooze]
    [Edit] [Notes] [More]
  `);
}
