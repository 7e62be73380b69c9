/** Wednesday: parts of a whole, what waits for what, and the history of it all. */
import { expect } from 'vitest';
import type { Cast } from '../cast.ts';

export async function wednesday25({ stage, ann }: Cast): Promise<void> {
  stage.day('2026-03-25', 'parts, chains and second thoughts');
  stage.tell('A task can have parts, and can wait for another. Nothing can be a part of itself or wait in a circle.');
  await stage.quietUntil('09:00');
  expect(await ann.says('/subtask 13 pack the books')).toMatchInlineSnapshot(`
    A subtask of Move to the new office:
    pack the books
    [Undo] [Set date] [Edit]
  `);
  expect(await ann.says('/subtask 13 hire a van wednesday')).toMatchInlineSnapshot(`
    A subtask of Move to the new office:
    Hire a van
    📅 1 Apr
    [Undo] [Change time] [Edit]
  `);
  expect(await ann.says('/subtask 13 #13')).toMatchInlineSnapshot(`A task cannot be a part of itself.`);
  expect(await ann.says('/depend 19 on 20')).toMatchInlineSnapshot(`
    pack the books  #19
    🔒 Waits for
       20  ↳ Hire a van  1 Apr
    [✕ 20]
    [＋ Wait for]
    [Undo] [◀ Back]
  `);
  expect(await ann.says('/depend 20 on 19')).toMatchInlineSnapshot(
    `#19 pack the books waits for #20 Hire a van, so it cannot be the other way round too.`,
  );
  expect(await ann.says('/task 13')).toMatchInlineSnapshot(`
    Move to the new office  #13
    📅 30 Apr
    0 of 2 subtasks done
       20  Hire a van  1 Apr
       19  pack the books 🔒
    [Done] [Snooze]
    [Edit] [Notes] [More]
    [20] [19]
  `);
  expect(await ann.says('/done 20')).toMatchInlineSnapshot(`
    ✅ Hire a van
    Next: #19 pack the books is free to begin.
    1 left today.
    [Undo]
    [19]
  `);
  expect(await ann.says('/done 13')).toMatchInlineSnapshot(`
    Move to the new office has one open subtask:
    19  pack the books
    [Complete all] [Only this]
    [Cancel]
  `);
  expect(await ann.presses('Complete all')).toMatchInlineSnapshot(`
    (changed)
    ✅ Move to the new office
    and its subtask
    1 left today.
    [Undo]
  `);
  expect(await ann.says('/done 13')).toMatchInlineSnapshot(`Move to the new office was done already.`);
  expect(await ann.says('/undo')).toMatchInlineSnapshot(`
    ↩️ Move to the new office and its subtask are open again.
    [Redo]
  `);
  expect(await ann.says('/reopen 20')).toMatchInlineSnapshot(`
    Hire a van is open again.
    [Undo]
  `);
  expect(await ann.says('/delete 13')).toMatchInlineSnapshot(`
    Deleted: Move to the new office, with 2 subtasks.
    [Undo]
  `);
  expect(await ann.presses('Undo', 'Deleted')).toMatchInlineSnapshot(`
    (changed)
    ↩️ Move to the new office is back.
    [Redo]
  `);
  expect(await ann.says('delete the report')).toMatchInlineSnapshot(`
    Deleted: write the monthly report.
    [Undo]
  `);

  stage.tell('The history knows all of it, and takes back any of it.');
  expect(await ann.says('/history')).toMatchInlineSnapshot(`
    History

    09:00 · Deleted "write the monthly report"
    09:00 · ↩️ Move to the new office is back.
    09:00 · Deleted "Move to the new office" · ↩️ taken back
    09:00 · Opened again: "Hire a van"
    09:00 · ↩️ Move to the new office and its subtask are open again.
    09:00 · Done with its subtask: "Move to the new office" · ↩️ taken back
    09:00 · Done: "Hire a van"
    09:00 · "pack the books" waits for Hire a van
    [1/7] [▶]
    [Undo one]
  `);
  expect(await ann.presses('Undo one')).toMatchInlineSnapshot(`
    (changed)
    Which one is to be taken back?
    [Deleted "write the monthly report"]
    [Opened again: "Hire a van"]
    [Done: "Hire a van"]
    ["pack the books" waits for Hire a van]
    [◀ Back]
  `);
  expect(await ann.says('/undo 2')).toMatchInlineSnapshot(`
    Took back 2 of 2 changes
    ↩️ write the monthly report is back.
    ↩️ Hire a van is closed again.
    [Redo]
  `);
}
