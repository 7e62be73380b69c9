/** Monday and Tuesday: quiet when it is wanted, and what happens when Steward itself was away. */
import { expect } from 'vitest';
import type { Cast } from '../cast.ts';

export async function monday30({ stage, ann }: Cast): Promise<void> {
  stage.day('2026-03-30', 'quiet, please');
  stage.tell('What falls due in quiet time comes afterwards, in one message. Urgent things pass, if she lets them.');
  await stage.quietUntil('08:00');
  expect(await ann.says('/settings')).toMatchInlineSnapshot(`
    Settings

    Zone: Berlin (Europe/Berlin), 08:00 now
    Language: English
    5/6 is read as in your region
    Clock: as in your region
    Week begins on Monday
    Quiet hours: none
    Morning 09:00, afternoon 15:00, evening 18:00
    Lists: plain text
    [Zone] [Language] [Dates]
    [Clock] [Week] [Hours]
    [Quiet time] [Tables]
  `);
  expect(await ann.presses('Quiet time')).toMatchInlineSnapshot(`
    (changed)
    🔕 Quiet time

    No quiet hours. /quiet 22:00-7:00 sets them.
    Urgent reminders wait as well.
    What falls due meanwhile comes in one message afterwards. What you snooze yourself comes on time.
    [22:00–07:00] [23:00–08:00]
    [1 hour] [Until morning]
    [Until ended]
    [Allow urgent]
    [◀ Back]
  `);
  expect(await ann.says('/quiet 22:00-7:00')).toMatchInlineSnapshot(`
    🔕 Quiet hours: 22:00 to 07:00.

    🔕 Quiet time

    Every day from 22:00 to 07:00.
    Urgent reminders wait as well.
    What falls due meanwhile comes in one message afterwards. What you snooze yourself comes on time.
    [Undo]
    [22:00–07:00] [23:00–08:00] [No hours]
    [1 hour] [Until morning]
    [Until ended]
    [Allow urgent]
    [◀ Back]
  `);
  expect(await ann.presses('Allow urgent')).toMatchInlineSnapshot(`
    (changed)
    Urgent reminders pass in quiet time.

    🔕 Quiet time

    Every day from 22:00 to 07:00.
    Urgent reminders, and those of urgent tasks, come all the same.
    What falls due meanwhile comes in one message afterwards. What you snooze yourself comes on time.
    [Undo]
    [22:00–07:00] [23:00–08:00] [No hours]
    [1 hour] [Until morning]
    [Until ended]
    [Hold urgent]
    [◀ Back]
  `);
  expect(await ann.says('/quiet until 12:00')).toMatchInlineSnapshot(`
    🔕 Quiet for a while.

    🔕 Quiet time

    Every day from 22:00 to 07:00.
    Quiet now, until 12:00.
    Urgent reminders, and those of urgent tasks, come all the same.
    What falls due meanwhile comes in one message afterwards. What you snooze yourself comes on time.
    [Undo]
    [22:00–07:00] [23:00–08:00] [No hours]
    [End silence]
    [Hold urgent]
    [◀ Back]
  `);
  expect(await ann.says('remind me to ring the plumber at 10:30')).toMatchInlineSnapshot(`
    ⏰ Ring the plumber  #42
    📅 Today 10:30
    [Undo] [Change time] [More]
  `);
  await stage.quietUntil('09:00');
  await stage.quietUntil('10:30');
  expect(await stage.comes('12:00')).toMatchInlineSnapshot(`
    (to Ann)
    🔕 While it was quiet, 2 reminders waited

    ⏰ 35  Open the windows · 09:00
    ⏰ 42  Ring the plumber · 10:30
    [✅ 35] [1 hour] [Tomorrow]
    [✅ 42] [1 hour] [Tomorrow]
  `);
  expect(await ann.presses('✅ 35')).toMatchInlineSnapshot(`
    (changed)
    🔕 While it was quiet, 2 reminders waited

    ✅ 35  Open the windows · 09:00
    ⏰ 42  Ring the plumber · 10:30

    ✅ Open the windows
    [✅ 42] [1 hour] [Tomorrow]
    [Undo]
  `);
  expect(await ann.presses('✅ 42')).toMatchInlineSnapshot(`
    (changed)
    🔕 While it was quiet, 2 reminders waited

    ✅ 35  Open the windows · 09:00
    ✅ 42  Ring the plumber · 10:30

    ✅ Ring the plumber
    [Undo]
  `);
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
  expect(await ann.says('remind me to put the bins out at 23:30')).toMatchInlineSnapshot(`
    ⏰ Put the bins out  #44
    📅 Today 23:30
    [Undo] [Change time] [More]
  `);
  expect(await ann.says('remind me to lock the door at 22:15 !urgent')).toMatchInlineSnapshot(`
    ⏰ Lock the door  #45
    📅 Today 22:15 · 🔴 urgent
    [Undo] [Change time] [More]
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
  expect(await stage.comes('22:15')).toMatchInlineSnapshot(`
    (to Ann)
    ⏰ Lock the door
    [Done] [10 min] [1 hour] [Tomorrow]
  `);
  expect(await ann.presses('Done', 'Lock the door')).toMatchInlineSnapshot(`
    (changed)
    ✅ Lock the door
    [Undo]
  `);
  await stage.quietUntil('23:30');
}

export async function tuesday31({ stage, ann }: Cast): Promise<void> {
  stage.day('2026-03-31', 'Steward was away');
  stage.tell('The night’s reminder comes with the morning.');
  expect(await stage.comes('07:00')).toMatchInlineSnapshot(`
    (to Ann)
    ⏰ Put the bins out — was due yesterday 23:30
    [Done] [10 min] [1 hour]
    [Tonight] [Tomorrow]
  `);
  expect(await ann.presses('Done', 'Put the bins out')).toMatchInlineSnapshot(`
    (changed)
    ✅ Put the bins out
    [Undo]
  `);
  stage.tell(
    'A reminder that came late says so, and one that is of no use when late is left out. The ledger keeps both.',
  );
  await stage.quietUntil('08:40');
  expect(await ann.says('remind me to check the oven at 9:10')).toMatchInlineSnapshot(`
    ⏰ Check the oven  #46
    📅 Today 09:10
    [Undo] [Change time] [More]
  `);
  expect(await ann.presses('More', 'Check the oven')).toMatchInlineSnapshot(`
    (changed)
    ⏰ Check the oven  #46
    📅 Today 09:10
    [Done] [10 min] [1 hour] [Tomorrow]
    [⏸ Pause]
    [Change text] [Skip late]
    [Keep reminding] [🔴 Urgent]
    [Why?] [Delete]
  `);
  expect(await ann.presses('Skip late')).toMatchInlineSnapshot(`
    (changed)
    ⏰ Check the oven: left out when over an hour late.
    [Undo]
  `);
  await stage.stop();
  await stage.passes('11:42');
  expect(await stage.start()).toMatchInlineSnapshot(`
    (to Ann)
    ⏰ Open the windows — was due 09:00, I was offline until 11:42
    [Done] [10 min] [1 hour]
    [Tonight] [Tomorrow]
    [🔕 Mute]
  `);
  expect(await ann.presses('Done', '⏰ Open the windows')).toMatchInlineSnapshot(`
    (changed)
    ✅ Open the windows
    [Undo]
  `);
  expect(await ann.says('/why check the oven')).toMatchInlineSnapshot(`
    ⏰ Check the oven  #46

    Today 09:10 · left out · it was over an hour late
  `);
  expect(await ann.says('/why windows')).toMatchInlineSnapshot(`
    ⏰ Open the windows  #35

    Tomorrow 09:00 · to come
    Today 09:00 · sent 11:42, 2 hours 42 minutes late · done 11:42 · message 239
    Yesterday 09:00 · sent yesterday 12:00, on time · done yesterday 12:00 · message 226 · it was quiet time
  `);

  stage.tell('The figures noticed that one reminder is put off to the same hour again and again.');
  expect(await ann.says('/reminders stats')).toMatchInlineSnapshot(`
    Reminders of the last 30 days
    17 sent, 16 on time, 1 late
    Half of them within a second
    13 done, 4 put off
    1 left out, 0 failed, 0 sent twice
    Stretch: put off 3 times to 20:00. Change it?
    [Stretch: 20:00]
  `);
  expect(await ann.presses('Stretch: 20:00')).toMatchInlineSnapshot(`
    ⏰ Stretch  #34
    📅 Today 20:00 · 🔁 every day at 20:00
    Then tomorrow · Thu · Fri · Sat
    [Undo] [Change time] [More]
  `);
  expect(await stage.comes('20:00')).toMatchInlineSnapshot(`
    (to Ann)
    ⏰ Stretch
    [Done] [10 min] [1 hour] [Tomorrow]
    [🔕 Mute]
  `);
  expect(await ann.presses('🔕 Mute')).toMatchInlineSnapshot(`
    (changed)
    🔕 Stretch: this series is silent now. /reminders wakes it again.
    [Undo]
  `);
}
