/** Sunday and Monday: hello, whatever comes to mind becomes a task or a question, and nothing is lost. */
import { expect } from 'vitest';
import type { Cast } from '../cast.ts';

export async function sunday22({ stage, ann }: Cast): Promise<void> {
  stage.day('2026-03-22', 'hello');
  stage.tell('Ann has made a bot, started Steward and opens the chat. Two questions, and everything can be skipped.');
  await stage.quietUntil('10:00');
  expect(await ann.says('/start')).toMatchInlineSnapshot(`
    Steward
    I keep your tasks and remind you on time. Two questions first; skip what you like.

    1/2 Where are you? Choose by the clock, send the name of a city, or send your location.
    [Berlin 10:00] [London 09:00]
    [New York 05:00] [Chicago 04:00]
    [Denver 03:00] [Los Angeles 02:00]
    [Skip]
  `);
  expect(await ann.presses('Berlin 10:00')).toMatchInlineSnapshot(`
    (changed)
    Zone: Berlin.

    2/2 Which language shall I speak?
    [English] [Русский]
    [Skip]
  `);
  expect(await ann.presses('English')).toMatchInlineSnapshot(`
    (changed)
    ✅ Zone: Berlin, 10:00 now. Language: English. Both can be changed in /settings.

    Write things as you would say them. Tap one to try, /undo takes it back:
    [call Bob tomorrow 3pm]
    [remind me to stretch in 1 minute]
    [what's due this week]
    [Settings] [Help]
  `);
  expect(await ann.says('hello')).toMatchInlineSnapshot(`
    Hello. Tell me what to keep in mind: "call Bob tomorrow 3pm", or "remind me to stretch at 5". /help shows the rest.
    [Save task]
  `);

  stage.tell('A sentence is a task: date and time, priority, tag, client and estimate are taken out of it.');
  expect(await ann.says('call Bob tomorrow 3pm !high #sales @acme ~30m')).toMatchInlineSnapshot(`
    Call Bob
    📅 Tomorrow 15:00 · 🟠 high · #sales · 👤 Acme · ⏱ 30 m
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says('remind me to water the plants in 20 minutes')).toMatchInlineSnapshot(`
    ⏰ Water the plants  #2
    📅 Today 10:20
    [Undo] [Change time] [More]
  `);
  expect(await ann.says('/help')).toMatchInlineSnapshot(`
    What can I help with?
    Write things as you would say them; commands are for those who like them.

    Start: the first steps
    Tasks: add, find, change, finish
    Reminders: once or repeating, snooze, why
    Settings: zone, language, dates
    Safety: take anything back, see how I am
    Operator: people and errors
    [Start] [Tasks]
    [Reminders] [Settings]
    [Safety] [Operator]
  `);
  expect(await ann.says('/taks')).toMatchInlineSnapshot(`
    No /taks here. Did you mean /tasks?
    [/tasks] [Help]
  `);
  expect(await ann.presses('/tasks')).toMatchInlineSnapshot(`
    (changed)
    Tasks · 1 open

       1  Call Bob  tomorrow 15:00
    [1]
    [Today] [＋ Add]
  `);
  expect(await stage.comes('10:20')).toMatchInlineSnapshot(`
    (to Ann)
    ⏰ Water the plants
    [Done] [10 min] [1 hour]
    [Tonight] [Tomorrow]
  `);
  expect(await ann.presses('Done', '⏰ Water the plants')).toMatchInlineSnapshot(`
    (changed)
    ✅ Water the plants
    [Undo]
  `);
}

export async function monday23({ stage, ann }: Cast): Promise<void> {
  stage.day('2026-03-23', 'whatever comes to mind');
  stage.tell('Not every word that could be a date is one. What is in quotation marks is never read.');
  await stage.quietUntil('08:30');
  expect(await ann.says('send the offer to Acme friday noon #sales !urgent')).toMatchInlineSnapshot(`
    Send the offer to Acme
    📅 Fri 12:00 · 🔴 urgent · #sales
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says('buy milk')).toMatchInlineSnapshot(`
    buy milk
    [Undo] [Set date] [Edit]
  `);
  expect(await ann.says('write the monthly report')).toMatchInlineSnapshot(`
    write the monthly report
    [Undo] [Set date] [Edit]
  `);
  expect(await ann.says('read "Monday or Tuesday" by Woolf')).toMatchInlineSnapshot(`
    read "Monday or Tuesday" by Woolf
    [Undo] [Set date] [Edit]
  `);
  expect(await ann.says('/add -- tomorrow never knows')).toMatchInlineSnapshot(`
    tomorrow never knows
    [Undo] [Set date] [Edit]
  `);

  stage.tell('Where a date can be read in two ways, Steward asks. Where there is no such day, the words are kept.');
  expect(await ann.says('dentist 5/6 at 9:30')).toMatchInlineSnapshot(`
    "5/6 at 9:30" — which do you mean?
    [5 Jun, 09:30] [6 May, 09:30]
    [Undo] [No date]
  `);
  expect(await ann.presses('5 Jun, 09:30')).toMatchInlineSnapshot(`
    (changed)
    Dentist
    📅 5 Jun, 09:30
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says('party friday midnight')).toMatchInlineSnapshot(`
    "friday midnight" — which night?
    [Thu to Fri] [Fri to Sat]
    [Undo] [No date]
  `);
  expect(await ann.presses('Fri to Sat')).toMatchInlineSnapshot(`
    (changed)
    Party
    📅 Sat 00:00
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says('prepare the books for the 31st of february')).toMatchInlineSnapshot(`
    Saved as "prepare the books for the 31st of february".
    I could not place the date, so it has none.
    [Set date] [Undo]
  `);
  expect(await ann.presses('Set date')).toMatchInlineSnapshot(`
    (changed)
    prepare the books for the 31st of february
    When is it due?
    [Today] [Tomorrow]
    [Next week] [No date]
    [Other date] [◀ Back]
  `);
  expect(await ann.says('end of month')).toMatchInlineSnapshot(`
    prepare the books for the 31st of february
    📅 31 Mar
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says('buy tickets yesterday')).toMatchInlineSnapshot(`
    "yesterday" — is that the date?
    [Yesterday]
    [Undo] [No date]
  `);

  stage.tell(
    'Second thoughts: a corrected message corrects its task, a reply is a note or another date, and all of it can be undone.',
  );
  await stage.quietUntil('12:10');
  expect(await ann.says('book the tran to Hamburg thursday')).toMatchInlineSnapshot(`
    Book the tran to Hamburg
    📅 Thu
    [Undo] [Change time] [Edit]
  `);
  expect(
    await ann.edits('book the tran to Hamburg thursday', 'book the train to Hamburg thursday 18:00'),
  ).toMatchInlineSnapshot(`
    Changed with your message:
    Book the train to Hamburg
    📅 Thu 18:00
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.replies('Book the train', 'window seat')).toMatchInlineSnapshot(`
    💬 Noted on Book the train to Hamburg.
    [Undo]
  `);
  expect(await ann.replies('Book the train', 'wednesday 17:00')).toMatchInlineSnapshot(`
    Book the train to Hamburg
    📅 Wed 17:00
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says('/undo')).toMatchInlineSnapshot(`
    ↩️ "Book the train to Hamburg" has its date from before.
    [Redo]
  `);
  expect(await ann.says('done with milk')).toMatchInlineSnapshot(`
    ✅ buy milk
    1 left today.
    [Undo]
  `);
  expect(await ann.presses('Undo', 'buy milk')).toMatchInlineSnapshot(`
    (changed)
    ↩️ buy milk is open again.
    [Redo]
  `);
  expect(await ann.says('move to the new office 30 april')).toMatchInlineSnapshot(`
    Nothing here is called "New office".
    [Save task]
    [All open] [New search]
  `);
  expect(await ann.presses('Save task', 'New office')).toMatchInlineSnapshot(`
    (changed)
    Move to the new office
    📅 30 Apr
    [Undo] [Change time] [Edit]
  `);
  await stage.quietUntil('15:05');
  expect(await ann.says('done with call bob')).toMatchInlineSnapshot(`
    ✅ Call Bob
    Nothing left today.
    [Undo]
  `);
  expect(await ann.says('thanks')).toMatchInlineSnapshot(`
    You are welcome. I am here when something comes up.
    [Save task]
  `);
}
