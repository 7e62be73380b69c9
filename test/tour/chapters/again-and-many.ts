/** Thursday and Friday: what comes again and again, templates, many tasks at once, and finding things. */
import { expect } from 'vitest';
import type { Cast } from '../cast.ts';

export async function thursday26({ stage, ann }: Cast): Promise<void> {
  stage.day('2026-03-26', 'again and again');
  stage.tell('A task that repeats shows its next dates at once. Only one of it is open at a time.');
  await stage.quietUntil('08:30');
  expect(await ann.says('pay rent on the 31st of every month 9:00')).toMatchInlineSnapshot(`
    Pay rent
    📅 Tue 09:00 · 🔁 every month on the last day at 9:00
    Then 30 Apr · 31 May · 30 Jun · 31 Jul
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says('water the basil every 3 days after I finish')).toMatchInlineSnapshot(`
    Water the basil
    📅 Sun · 🔁 every 3 days after it is done
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says('team call every other tuesday 10:00 until june')).toMatchInlineSnapshot(`
    Team call
    📅 Tue 10:00 · 🔁 every 2 weeks on Tue at 10:00 until 31 May 2026
    Then 14 Apr · 28 Apr · 12 May · 26 May
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says('clean the coffee machine twice a week')).toMatchInlineSnapshot(`
    "twice a week" — which do you mean?
    [🔁 every Mon, Thu] [🔁 every Tue, Fri]
    [🔁 every Tue, Thu]
    [Undo] [No date]
  `);
  expect(await ann.presses('🔁 every Mon, Thu')).toMatchInlineSnapshot(`
    (changed)
    Clean the coffee machine
    📅 Mon · 🔁 every Mon, Thu
    Then 2 Apr · 6 Apr · 9 Apr · 13 Apr
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says('done with coffee')).toMatchInlineSnapshot(`
    ✅ Clean the coffee machine
    🔁 Next: 2 Apr
    2 left today.
    [Undo]
  `);
  expect(await ann.says('done with basil')).toMatchInlineSnapshot(`
    ✅ Water the basil
    🔁 Next: Sun
    2 left today.
    [Undo]
  `);
  expect(await ann.presses('Undo', 'Water the basil')).toMatchInlineSnapshot(`
    (changed)
    ↩️ Water the basil is open again.
    [Redo]
  `);

  stage.tell('What is done the same way each time is kept as a template.');
  expect(await ann.says('onboard a client 2 april')).toMatchInlineSnapshot(`
    Onboard a client
    📅 2 Apr
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says('/subtask 27 send the contract 30 march')).toMatchInlineSnapshot(`
    A subtask of Onboard a client:
    Send the contract
    📅 Mon
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says('/subtask 27 open the folder')).toMatchInlineSnapshot(`
    A subtask of Onboard a client:
    open the folder
    [Undo] [Set date] [Edit]
  `);
  expect(await ann.says('/template save 27 onboarding')).toMatchInlineSnapshot(`
    Kept as a template: onboarding, with its 2 subtasks
    [Undo]
  `);
  expect(await ann.says('/template')).toMatchInlineSnapshot(`
    Templates
    onboarding · 2 subtasks
    [onboarding]
    [Remove one]
  `);
  expect(await ann.says('/template onboarding 16 april')).toMatchInlineSnapshot(`
    Onboard a client  #30
    📅 16 Apr
    0 of 2 subtasks done
       31  Send the contract  13 Apr
       32  open the folder
    [Done] [Snooze] [Undo]
    [Edit] [Notes] [More]
    [31] [32]
  `);
  expect(await ann.says('/template moving')).toMatchInlineSnapshot(
    `No template is called "moving". /template lists them.`,
  );
}

export async function friday27({ stage, ann }: Cast): Promise<void> {
  stage.day('2026-03-27', 'many at once, and finding things again');
  stage.tell(
    'Many tasks change at once: first it is shown what would happen, then one press does it and one takes it back.',
  );
  await stage.quietUntil('09:00');
  expect(await ann.says('/bulk 6,7,11,99 priority high')).toMatchInlineSnapshot(`
    Make 3 tasks 🟠 high?
        6  read "Monday or Tuesday" by W…
        7  tomorrow never knows
       11  buy tickets yesterday
    There is no #99.
    [Yes, all 3] [Cancel]
  `);
  expect(await ann.presses('Yes, all 3')).toMatchInlineSnapshot(`
    (changed)
    ✅ Changed: 3
    [Undo]
  `);
  expect(await ann.says('/undo')).toMatchInlineSnapshot(`
    ↩️ 3 tasks are as before.
    [Redo]
  `);
  expect(await ann.says('/bulk tag:sales')).toMatchInlineSnapshot(`
    1 task
       3  Send the offer to Acme  12:00
    [Status] [Priority] [Tags]
    [Project] [Client] [Date]
    [Estimate] [Start]
    [Delete] [Cancel]
  `);
  expect(await ann.presses('Project')).toMatchInlineSnapshot(`
    (changed)
    1 task
    Which project? A new name makes a new one, "none" takes them out.
    [Cancel]
  `);
  expect(await ann.says('Spring campaign')).toMatchInlineSnapshot(`
    Put 1 task into Spring campaign?
       3  Send the offer to Acme  12:00
    [Yes, this] [Cancel]
  `);
  expect(await ann.presses('Yes, this')).toMatchInlineSnapshot(`
    (changed)
    ✅ Changed: 1
    [Undo]
  `);

  stage.tell('Search looks into titles, notes, tags and comments, in any order; what is looked for often gets a name.');
  expect(await ann.says('/search cartons oat')).toMatchInlineSnapshot(`
    "cartons oat" · 1 found

       4  Buy milk and bread
    [4]
    [New search] [Save]
  `);
  expect(await ann.says('/search status:open priority:>=high')).toMatchInlineSnapshot(`
    "status:open priority:>=high" · 3 found

        3  Send the offer to Acme  12:00
       18  File the taxes          31 May
        4  Buy milk and bread
    [3] [18] [4]
    [New search] [Save] [Change all 3]
  `);
  expect(await ann.presses('Save')).toMatchInlineSnapshot(`
    Under which name?
    [Cancel]
  `);
  expect(await ann.says('hot')).toMatchInlineSnapshot(`
    Kept as hot: status:open priority:>=high
    [Undo]
  `);
  expect(await ann.says('/filters hot')).toMatchInlineSnapshot(`
    hot · 3 found

        3  Send the offer to Acme  12:00
       18  File the taxes          31 May
        4  Buy milk and bread
    [3] [18] [4]
    [New search] [Change all 3]
  `);
  expect(await ann.says('/filters save odd priority:enormous')).toMatchInlineSnapshot(
    `I could not read priority:enormous. Filters are status: priority: tag: project: client: due: created: completed:, such as due:week or priority:high.`,
  );
  expect(await ann.says('search pass')).toMatchInlineSnapshot(`
    "pass" · 1 found

       15  Renew the passport  12 May
    [15]
    [New search] [Save]
  `);
  expect(await ann.says('/project')).toMatchInlineSnapshot(`
    Projects:
    "/project rename Website Site" gives one another name, "/project delete Website" takes it away.
    [Household] [Spring campaign]
  `);
  expect(await ann.presses('Household')).toMatchInlineSnapshot(`
    (changed)
    Household · 1 open

       4  Buy milk and bread
    [4]
    [Today] [Overdue 2] [＋ Add]
  `);
  expect(await stage.quietUntil('12:30')).toBeUndefined();
  expect(await ann.says('done with the offer')).toMatchInlineSnapshot(`
    ✅ Send the offer to Acme
    2 left today.
    [Undo]
  `);
}
