/** Friday and Saturday: a day of silence, what waited in it, and a last look back. */
import { expect } from 'vitest';
import type { Cast } from '../cast.ts';

export async function friday3({ stage, oleg }: Cast): Promise<void> {
  stage.day('2026-04-03', 'a day off');
  stage.tell('Ann hears nothing. Oleg’s day goes on as always.');
  await stage.quietUntil('09:00');
  expect(await stage.comes('10:00')).toMatchInlineSnapshot(`
    (to Oleg)
    ⏰ Размяться
    [Готово] [10 мин] [1 час] [Вечером] [Завтра]
    [🔕 Без звука]
  `);
  expect(await oleg.presses('🔕 Без звука', 'Размяться')).toMatchInlineSnapshot(`
    (changed)
    🔕 Размяться: больше не напоминаю. Вернуть можно в /reminders.
    [Отменить]
  `);
  expect(await oleg.says('сделано отчёт')).toMatchInlineSnapshot(`
    ✅ Сдать отчёт
    На сегодня осталось 2 задачи.
    [Отменить]
  `);
  await stage.quietUntil('17:00');
}

export async function saturday4({ stage, ann }: Cast): Promise<void> {
  stage.day('2026-04-04', 'home again');
  stage.tell('The pause is over, and nothing that waited in it is lost.');
  expect(await stage.comes('09:00')).toMatchInlineSnapshot(`
    (to Ann)
    ⏸ The pause is over.

    2 reminders waited:
    🔁 35  Open the windows · left out once
    ⏰ 54  Buy flowers · was due yesterday 17:00

    2 tasks fell due:
    ❗ 27  Onboard a client · 2 Apr
    ❗ 48  Call the landlord · yesterday
    ---
    (to Ann)
    ⏰ Buy flowers — was due yesterday 17:00
    [Done] [10 min] [1 hour]
    [Tonight] [Tomorrow]
  `);
  expect(await ann.presses('Done', 'Buy flowers')).toMatchInlineSnapshot(`
    (changed)
    ✅ Buy flowers
    [Undo]
  `);
  expect(await ann.says('/why flowers')).toMatchInlineSnapshot(`
    ⏰ Buy flowers  #54

    Today 09:00 · sent 09:00, on time · done 09:00 · message 287
  `);
  expect(await ann.says('/reminders stats')).toMatchInlineSnapshot(`
    Reminders of the last 30 days
    21 sent, 20 on time, 1 late
    Half of them within a second
    17 done, 4 put off
    2 left out, 0 failed, 0 sent twice
  `);

  stage.tell('Anything can still be taken back, whoever looks on.');
  expect(await ann.says('remind me to breathe every hour between 10 and 12')).toMatchInlineSnapshot(`
    ⏰ Breathe  #55
    📅 Today 10:00 · 🔁 every day at 10:00, 11:00, 12:00
    Then 11:00 · 12:00 · tomorrow 10:00 · tomorrow 11:00
    [Undo] [Change time] [More]
  `);
  expect(await ann.says('/undo 2')).toMatchInlineSnapshot(`
    Took back 2 of 2 changes
    ↩️ Reminder Breathe is gone.
    ↩️ Buy flowers is open again.
    [Redo]
  `);
  expect(await ann.says('/history')).toMatchInlineSnapshot(`
    History

    09:00 · ↩️ Buy flowers is open again.
    09:00 · ↩️ Reminder Breathe is gone.
    09:00 · ⏰ Breathe · ↩️ taken back
    09:00 · ✅ Buy flowers · ↩️ taken back
    2 Apr, 10:00 · ⏸ Everything paused
    2 Apr, 10:00 · ⏰ Buy flowers
    2 Apr, 10:00 · New date: 8 tasks
    2 Apr, 10:00 · Zone: Berlin.
    [1/17] [▶]
    [Undo one]
  `);
  expect(await ann.says('/people')).toMatchInlineSnapshot(`
    2 people

    Ann · @ann · operator
    Oleg · invited, joined 1 Apr, 09:30
    [Remove Oleg]
  `);
  expect(await ann.says('/settings')).toMatchInlineSnapshot(`
    Settings

    Zone: Berlin (Europe/Berlin), 09:00 now
    Language: English
    5/6 is read as in your region
    Clock: as in your region
    Week begins on Monday
    Quiet hours: 22:00 to 07:00
    Morning 09:00, afternoon 15:00, evening 18:00
    Lists: plain text
    [Zone] [Language] [Dates]
    [Clock] [Week] [Hours]
    [Quiet time] [Tables]
  `);
  expect(await ann.presses('Week')).toMatchInlineSnapshot(`
    (changed)
    Which day does your week begin on?
    [✓ Monday] [Sunday] [Saturday]
    [◀ Back]
  `);
  expect(await ann.presses('Sunday')).toMatchInlineSnapshot(`
    (changed)
    Week begins on Sunday.

    Settings

    Zone: Berlin (Europe/Berlin), 09:00 now
    Language: English
    5/6 is read as in your region
    Clock: as in your region
    Week begins on Sunday
    Quiet hours: 22:00 to 07:00
    Morning 09:00, afternoon 15:00, evening 18:00
    Lists: plain text
    [Undo]
    [Zone] [Language] [Dates]
    [Clock] [Week] [Hours]
    [Quiet time] [Tables]
  `);

  stage.tell('Lists become tables where Ann’s Telegram draws them: only then is there a button inside the sample.');
  expect(await ann.presses('Tables')).toMatchInlineSnapshot(`
    (changed)
    How shall lists look?
    Every Telegram shows plain text. Native tables fill the width and wrap long titles, but older versions cannot show them at all: you see a sample first.
    [✓ Plain text] [Native tables]
    [◀ Back]
  `);
  expect(await ann.presses('Native tables')).toMatchInlineSnapshot(`
    (changed)
    Here comes a sample. If you see a table, press the button in it. If you do not, nothing changes. If you use Telegram on several devices, look on each of them first.
    [Keep text]
    ---
    Sample
    #  Task  When
    1  Call Bob  tomorrow 15:00
    2  Send the offer to Acme and ask about the dates  tomorrow
    3  Book a train
    Is this a table?
    [Table shows]
    [Keep text]
  `);
  expect(await ann.presses('Table shows')).toMatchInlineSnapshot(`
    (changed)
    Lists come as native tables.

    Settings

    Zone: Berlin (Europe/Berlin), 09:00 now
    Language: English
    5/6 is read as in your region
    Clock: as in your region
    Week begins on Sunday
    Quiet hours: 22:00 to 07:00
    Morning 09:00, afternoon 15:00, evening 18:00
    Lists: native tables
    [Undo]
    [Zone] [Language] [Dates]
    [Clock] [Week] [Hours]
    [Quiet time] [Tables]
  `);
  expect(await ann.says('/list')).toMatchInlineSnapshot(`
    Tasks · 31 open, 2 overdue
    #  Task  When
    ❗ 27  Onboard a client 0/2  2 Apr
    ❗ 48  Call the landlord  yesterday 10:00
    9  Party  Mon 00:00
    21  Pay rent 🔁  Mon 09:00
    23  Team call 🔁  Mon 10:30
    12  Book the train to Hamburg  Mon 18:00
    50  Sign the lease  Mon
    10  prepare the books for the 31st of february  Mon
    [27] [48] [9] [21] [23] [12] [50] [10]
    [1/4] [▶]
    [Today] [Overdue 2] [＋ Add]
  `);
  expect(await ann.presses('▶', 'Tasks')).toMatchInlineSnapshot(`
    (changed)
    Tasks · 31 open, 2 overdue
    #  Task  When
    14  Water the ferns  Mon
    22  Water the basil 🔁  Mon
    25  Clean the coffee machine 🔁  Mon
    28  ↳ Send the contract  Mon
    31  ↳ Send the contract  13 Apr
    30  Onboard a client 0/2  16 Apr
    13  Move to the new office 1/2  30 Apr
    15  Renew the passport  12 May
    [14] [22] [25] [28] [31] [30] [13] [15]
    [◀] [2/4] [▶]
    [Today] [Overdue 2] [＋ Add]
  `);
  expect(await ann.says('/undo')).toMatchInlineSnapshot(`
    ↩️ Lists come as plain text again.
    [Redo]
  `);
}
