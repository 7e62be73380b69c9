/** The weekend the clocks change: reminders of every kind, and the hour that is missing. */
import { expect } from 'vitest';
import type { Cast } from '../cast.ts';

export async function saturday28({ stage, ann }: Cast): Promise<void> {
  stage.day('2026-03-28', 'reminders, the day before the clocks change');
  stage.tell(
    'Once or again and again, of their own or for a task, several for one task, before it is due, and insisting.',
  );
  await stage.quietUntil('10:00');
  expect(await ann.says('remind me to stretch every day at 18:00')).toMatchInlineSnapshot(`
    ⏰ Stretch  #34
    📅 Today 18:00 · 🔁 every day at 18:00
    Then tomorrow · Mon · Tue · Wed
    [Undo] [Change time] [More]
  `);
  expect(await ann.says('remind me to open the windows every weekday at 9')).toMatchInlineSnapshot(`
    ⏰ Open the windows  #35
    📅 Mon 09:00 · 🔁 every weekday at 9:00
    Then Tue · Wed · Thu · Fri
    [Undo] [Change time] [More]
  `);
  expect(await ann.says('remind me to take the bread out tomorrow at 2:30 am')).toMatchInlineSnapshot(`
    ⏰ Take the bread out  #36
    📅 Tomorrow 03:30
    There is no 02:30 that day: the clocks go forward.
    [Undo] [Change time] [More]
  `);
  expect(await ann.says('/remind 17 1 hour before')).toMatchInlineSnapshot(`
    ⏰ Call Mum  #37
    📅 Tomorrow 17:00 · 1 hour before it is due
    [Undo] [Change time] [More]
  `);
  expect(await ann.says('/remind 17 tomorrow 12:00')).toMatchInlineSnapshot(`
    ⏰ Call Mum  #38
    📅 Tomorrow 12:00
    [Undo] [Change time] [More]
  `);
  expect(await ann.says('/remind take the pill at 11:00 nag 10m x3')).toMatchInlineSnapshot(`
    ⏰ Take the pill  #39
    📅 Today 11:00 · again every 10 m until answered, 3 times at most
    [Undo] [Change time] [More]
  `);
  expect(await ann.says('/reminders')).toMatchInlineSnapshot(`
    Reminders · 6

    ⏰ 39  Take the pill       11:00
    🔁 34  Stretch             18:00
    ⏰ 36  Take the bread out  tomorrow 03:30
    ⏰ 38  Call Mum            tomorrow 12:00
    ⏰ 37  Call Mum            tomorrow 17:00
    🔁 35  Open the windows    Mon 09:00
    [39] [34] [36] [38] [37] [35]
    [Statistics] [＋ Add]
  `);
  expect(await stage.comes('11:00')).toMatchInlineSnapshot(`
    (to Ann)
    ⏰ Take the pill
    [Done] [10 min] [1 hour]
    [Tonight] [Tomorrow]
  `);
  expect(await stage.comes('11:10')).toMatchInlineSnapshot(`
    (to Ann)
    ⏰ Take the pill — open since 11:00, 1 of 3
    [Done] [10 min] [1 hour]
    [Tonight] [Tomorrow]
  `);
  expect(await ann.presses('Done', 'Take the pill')).toMatchInlineSnapshot(`
    (changed)
    ✅ Take the pill
    [Undo]
  `);
  await stage.quietUntil('11:40');
  expect(await ann.says('done with the bike')).toMatchInlineSnapshot(`
    ✅ fix the bike
    3 left today.
    [Undo]
  `);

  stage.tell('A reminder is put off by a button, or by a reply in her own words.');
  expect(await stage.comes('18:00')).toMatchInlineSnapshot(`
    (to Ann)
    ⏰ Stretch
    [Done] [10 min] [1 hour]
    [Tonight] [Tomorrow]
    [🔕 Mute]
  `);
  expect(await ann.replies('⏰ Stretch', '20:00')).toMatchInlineSnapshot(`
    ⏰ Stretch: again 20:00.
    [Undo]
  `);
  expect(await stage.comes('20:00')).toMatchInlineSnapshot(`
    (to Ann)
    ⏰ Stretch
    [Done] [10 min] [1 hour] [Tomorrow]
    [🔕 Mute]
  `);
  expect(await ann.presses('Done', '⏰ Stretch')).toMatchInlineSnapshot(`
    (changed)
    ✅ Stretch
    [Undo]
  `);
}

export async function sunday29({ stage, ann }: Cast): Promise<void> {
  stage.day('2026-03-29', 'an hour is missing');
  stage.tell(
    'At two o’clock the clocks jump to three. Half past two does not exist; the bread does not wait for next year.',
  );
  expect(await stage.comes('03:30')).toMatchInlineSnapshot(`
    (to Ann)
    ⏰ Take the bread out
    [Done] [10 min] [1 hour]
    [Tonight] [Tomorrow]
  `);
  expect(await ann.presses('10 min', 'Take the bread out')).toMatchInlineSnapshot(`
    (changed)
    ⏰ Take the bread out: again 03:40.
    [Undo]
  `);
  expect(await stage.comes('03:40')).toMatchInlineSnapshot(`
    (to Ann)
    ⏰ Take the bread out
    [Done] [10 min] [1 hour]
    [Tonight] [Tomorrow]
  `);
  expect(await ann.presses('Done', 'Take the bread out')).toMatchInlineSnapshot(`
    (changed)
    ✅ Take the bread out
    [Undo]
  `);
  await stage.quietUntil('11:00');
  expect(await stage.comes('12:00')).toMatchInlineSnapshot(`
    (to Ann)
    ⏰ Call Mum
    📅 18:00
    [Done] [10 min] [1 hour]
    [Tonight] [Tomorrow]
    [Open]
  `);
  expect(await ann.presses('Open', 'Call Mum')).toMatchInlineSnapshot(`
    (changed)
    Call Mum  #17
    📅 Today 18:00
    ⏰ 1 reminder
    [Done] [Snooze]
    [Edit] [Notes] [More]
  `);
  expect(await stage.comes('17:00')).toMatchInlineSnapshot(`
    (to Ann)
    ⏰ Call Mum
    📅 18:00
    [Done] [10 min] [1 hour]
    [Tonight] [Tomorrow]
    [Open]
  `);
  expect(await ann.presses('Done', 'Call Mum')).toMatchInlineSnapshot(`
    (changed)
    ✅ Call Mum
    4 left today.
    [Undo]
  `);
  expect(await stage.comes('18:00')).toMatchInlineSnapshot(`
    (to Ann)
    ⏰ Stretch
    [Done] [10 min] [1 hour]
    [Tonight] [Tomorrow]
    [🔕 Mute]
  `);
  expect(await ann.replies('⏰ Stretch', '8pm')).toMatchInlineSnapshot(`
    ⏰ Stretch: again 20:00.
    [Undo]
  `);
  expect(await stage.comes('20:00')).toMatchInlineSnapshot(`
    (to Ann)
    ⏰ Stretch
    [Done] [10 min] [1 hour] [Tomorrow]
    [🔕 Mute]
  `);
  expect(await ann.presses('Done', '⏰ Stretch')).toMatchInlineSnapshot(`
    (changed)
    ✅ Stretch
    [Undo]
  `);
}
