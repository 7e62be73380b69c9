/** Tuesday: lists that turn in place, and cards with every field. */
import { expect } from 'vitest';
import type { Cast } from '../cast.ts';

export async function tuesday24({ stage, ann }: Cast): Promise<void> {
  stage.day('2026-03-24', 'lists and cards');
  stage.tell('Lists are one living message: pages turn in place, and a number opens its card there.');
  await stage.quietUntil('08:00');
  expect(await ann.says('/today')).toMatchInlineSnapshot(`
    Nothing due today. Next: Book the train to Hamburg, Thu 18:00.
    [Week] [＋ Add]
  `);
  expect(await ann.says('water the ferns today')).toMatchInlineSnapshot(`
    Water the ferns
    📅 Today
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says('renew the passport 12 may')).toMatchInlineSnapshot(`
    Renew the passport
    📅 12 May
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says('fix the bike')).toMatchInlineSnapshot(`
    fix the bike
    [Undo] [Set date] [Edit]
  `);
  expect(await ann.says('call Mum sunday 18:00')).toMatchInlineSnapshot(`
    Call Mum
    📅 Sun 18:00
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says('file the taxes by end of may !high')).toMatchInlineSnapshot(`
    File the taxes
    📅 31 May · 🟠 high
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says("what's due this week")).toMatchInlineSnapshot(`
    This week · 5 open

       14  Water the ferns           today
       12  Book the train to Hambu…  Thu 18:00
        3  Send the offer to Acme    Fri 12:00
        9  Party                     Sat 00:00
       17  Call Mum                  Sun 18:00
    [14] [12] [3] [9] [17]
    [Today] [All open] [＋ Add]
  `);
  expect(await ann.says('/list')).toMatchInlineSnapshot(`
    Tasks · 16 open

       14  Water the ferns           today
       12  Book the train to Hambu…  Thu 18:00
        3  Send the offer to Acme    Fri 12:00
        9  Party                     Sat 00:00
       17  Call Mum                  Sun 18:00
       10  prepare the books for t…  31 Mar
       13  Move to the new office    30 Apr
       15  Renew the passport        12 May
    [14] [12] [3] [9] [17] [10] [13] [15]
    [1/2] [▶]
    [Today] [＋ Add]
  `);
  expect(await ann.presses('▶')).toMatchInlineSnapshot(`
    (changed)
    Tasks · 16 open

       18  File the taxes  31 May
        8  Dentist         5 Jun, 09:30
        4  buy milk
        5  write the monthly report
        6  read "Monday or Tuesday" by W…
        7  tomorrow never knows
       11  buy tickets yesterday
       16  fix the bike
    [18] [8] [4] [5] [6] [7] [11] [16]
    [◀] [2/2]
    [Today] [＋ Add]
  `);
  expect(await ann.presses('4', 'buy milk')).toMatchInlineSnapshot(`
    (changed)
    buy milk  #4
    [Done] [Set date]
    [Edit] [Notes] [More]
    [◀ List]
  `);

  stage.tell('Every field has a button, and a command for those who like them.');
  expect(await ann.presses('Edit', 'buy milk')).toMatchInlineSnapshot(`
    (changed)
    buy milk  #4
    What do you want to change?
    [Title] [Date] [Priority]
    [Status] [Tags] [Project]
    [Client] [Estimate] [Start]
    [Repeat] [Notes]
    [◀ Back]
  `);
  expect(await ann.presses('Priority')).toMatchInlineSnapshot(`
    (changed)
    buy milk
    How important is it?
    [🔴 Urgent] [🟠 Critical] [🟠 High]
    [✓ 🟡 Medium] [⚪ Low]
    [◀ Back]
  `);
  expect(await ann.presses('🟠 Critical')).toMatchInlineSnapshot(`
    (changed)
    buy milk  #4
    🟠 critical
    [Done] [Set date] [Undo]
    [Edit] [Notes] [More]
    [◀ List]
  `);
  expect(await ann.presses('Edit', 'buy milk')).toMatchInlineSnapshot(`
    (changed)
    buy milk  #4
    🟠 critical
    What do you want to change?
    [Title] [Date] [Priority]
    [Status] [Tags] [Project]
    [Client] [Estimate] [Start]
    [Repeat] [Notes]
    [◀ Back]
  `);
  expect(await ann.presses('Project')).toMatchInlineSnapshot(`
    (changed)
    buy milk
    Which project? A new name makes a new one.
    [None] [Cancel]
  `);
  expect(await ann.says('Household')).toMatchInlineSnapshot(`
    buy milk
    🟠 critical · in Household
    [Undo] [Set date] [Edit]
  `);
  expect(await ann.says('/estimate 4 45m')).toMatchInlineSnapshot(`
    buy milk
    🟠 critical · in Household · ⏱ 45 m
    [Undo] [Set date] [Edit]
  `);
  expect(await ann.says('#4 in progress')).toMatchInlineSnapshot(`
    buy milk  #4
    🟠 critical
    In progress · in Household · ⏱ 45 m planned
    [Done] [Set date] [Undo]
    [Edit] [Notes] [More]
  `);
  expect(await ann.says('/tag 4 +home +errands')).toMatchInlineSnapshot(`
    buy milk
    🟠 critical · #home #errands · in Household · ⏱ 45 m
    [Undo] [Set date] [Edit]
  `);
  expect(await ann.says('/defer 4 thursday')).toMatchInlineSnapshot(`
    buy milk
    from Thu · 🟠 critical · #home #errands · in Household · ⏱ 45 m
    [Undo] [Set date] [Edit]
  `);
  expect(await ann.says('/assign_client 4 Corner shop')).toMatchInlineSnapshot(`
    buy milk
    from Thu · 🟠 critical · #home #errands · 👤 Corner shop · in Household · ⏱ 45 m
    [Undo] [Set date] [Edit]
  `);
  expect(await ann.says('/edit 4 Buy milk and bread')).toMatchInlineSnapshot(`
    Buy milk and bread
    from Thu · 🟠 critical · #home #errands · 👤 Corner shop · in Household · ⏱ 45 m
    [Undo] [Set date] [Edit]
  `);
  expect(await ann.says('/note 4 oat milk, two cartons')).toMatchInlineSnapshot(`
    💬 Noted on Buy milk and bread.
    [Undo]
  `);
  expect(await ann.presses('Notes')).toMatchInlineSnapshot(`
    (changed)
    💬 Buy milk and bread · 1 note

    1. Today 08:00
    oat milk, two cartons
    [✎ 1]
    [Add note] [◀ Back]
  `);
  expect(await ann.presses('✎ 1')).toMatchInlineSnapshot(`
    (changed)
    Write the note anew.
    oat milk, two cartons
    [Delete note] [◀ Back]
  `);
  expect(await ann.says('oat milk, three cartons')).toMatchInlineSnapshot(`
    💬 Buy milk and bread · 1 note

    1. Today 08:00 (edited)
    oat milk, three cartons
    [✎ 1]
    [Undo] [Add note] [◀ Back]
  `);
  expect(await ann.says('/task 4')).toMatchInlineSnapshot(`
    Buy milk and bread  #4
    from Thu · 🟠 critical · #home #errands
    In progress · 👤 Corner shop · in Household · ⏱ 45 m planned
    💬 1 note
    [Done] [Set date]
    [Edit] [Notes] [More]
  `);
  expect(await ann.presses('More')).toMatchInlineSnapshot(`
    (changed)
    Buy milk and bread  #4
    [Status] [History]
    [Subtasks] [Waits for]
    [📎 Files] [As template]
    [Give up] [Delete]
    [◀ Back]
  `);
  expect(await ann.presses('History')).toMatchInlineSnapshot(`
    (changed)
    Buy milk and bread · history

    08:00 · Changed a note on "Buy milk and bread"
    08:00 · Note on "Buy milk and bread"
    08:00 · Title: buy milk → Buy milk and bread
    08:00 · Client: – → Corner shop
    08:00 · Start: – → Thu
    08:00 · Tags: – → #home #errands
    08:00 · Status: To do → In progress
    08:00 · Estimate: – → 45 m
    [1/2] [▶]
    [◀ Back]
  `);
  expect(await ann.presses('◀ Back')).toMatchInlineSnapshot(`
    (changed)
    Buy milk and bread  #4
    from Thu · 🟠 critical · #home #errands
    In progress · 👤 Corner shop · in Household · ⏱ 45 m planned
    💬 1 note
    [Done] [Set date]
    [Edit] [Notes] [More]
  `);
  expect(await ann.says('move fix the bike to saturday 11:00')).toMatchInlineSnapshot(`
    fix the bike
    📅 Sat 11:00
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says('/someday')).toMatchInlineSnapshot(`
    Someday · 4 open

        5  write the monthly report
        6  read "Monday or Tuesday" by W…
        7  tomorrow never knows
       11  buy tickets yesterday
    [5] [6] [7] [11]
    [Today] [＋ Add]
  `);
  expect(await ann.says('/overdue')).toMatchInlineSnapshot(`
    Nothing is overdue. Next: Book the train to Hamburg, Thu 18:00.
    [Today] [Week] [＋ Add]
  `);
}
