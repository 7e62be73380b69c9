/** The second Saturday, later: a list for two, in a group. */
import { expect } from 'vitest';
import type { Cast } from '../cast.ts';

export async function together({ stage, ann, oleg }: Cast): Promise<void> {
  stage.tell(
    'In a group Steward keeps one list for all, answers when it is spoken to, and tells who is to do what in private.',
  );
  await stage.quietUntil('10:00');
  const { told, voices } = await stage.group('Hamburg', [ann, oleg]);
  expect(told).toMatchInlineSnapshot(`
    Hello, I keep a list for this group.

    Call me by my name, as in @steward_bot buy milk tomorrow 18:00, or reply to one of my messages. Whatever else you write here I leave alone.
    I answer those who may use me. /list is shared by all of them; "assign 12 to Anna" gives somebody a task.
    Say times by your own clock. I keep them by that of Berlin, and each of you sees theirs.
    [List] [Settings] [Help]
  `);
  const [here, there] = voices;
  if (here === undefined || there === undefined) throw new Error('two are in the group');
  expect(await here.says('shall we take the train?')).toMatchInlineSnapshot(`(nothing)`);
  expect(await here.says('@steward_bot book the hotel friday 18:00')).toMatchInlineSnapshot(`
    Book the hotel
    📅 Fri 18:00
    [Undo] [Change time] [Edit]
  `);
  expect(await there.says('@steward_bot купить билеты завтра')).toMatchInlineSnapshot(`
    Купить билеты
    📅 Tomorrow
    [Undo] [Change time] [Edit]
  `);
  expect(await here.says('/assign@steward_bot 1 @oleg')).toMatchInlineSnapshot(`
    Book the hotel
    📅 Fri 18:00 · 🙋 Oleg
    [Undo] [Change time] [Edit]
    ---
    (to Oleg)
    Ann поручает вам в чате Hamburg:

    Book the hotel  #1
    📅 Пт 18:00 (Berlin)
    🙋 Oleg
    [Готово] [Отложить]
    [Изменить] [Заметки] [Поручить] [Ещё]
    [В группе]
  `);
  expect(await here.says('/list@steward_bot')).toMatchInlineSnapshot(`
    Tasks · 2 open

       2  Купить билеты          tomorrow
       1  Book the hotel · Oleg  Fri 18:00
    [2] [1]
    [Today] [＋ Add]
  `);
  expect(await oleg.presses('Готово', 'Book the hotel')).toMatchInlineSnapshot(`
    (changed)
    ✅ Book the hotel
    На сегодня всё.
    [Отменить]
  `);
  expect(await oleg.says('/today')).toMatchInlineSnapshot(`
    Сегодня · 2, просрочено 2

    ❗ 1  Позвонить маме  2 апр, 15:00
    ❗ 2  Купить 5 яблок  вчера
    [1] [2]
    [Неделя] [Просрочено 2] [＋ Новая]
  `);
  expect(await ann.says('/move 12 Hamburg')).toMatchInlineSnapshot(`
    Book the train to Hamburg is in Hamburg now, as #3.
    [Undo]
    ---
    (to Hamburg)
    Ann moved this here:

    Book the train to Hamburg  #3
    📅 Mon 18:00
    💬 1 note
    [Done] [Snooze]
    [Edit] [Notes] [Assign] [More]
  `);
  expect(await here.says('/list@steward_bot')).toMatchInlineSnapshot(`
    Tasks · 2 open

       2  Купить билеты              tomorrow
       3  Book the train to Hamburg  Mon 18:00
    [2] [3]
    [Today] [＋ Add]
  `);
  expect(await ann.says('/list')).toMatchInlineSnapshot(`
    Tasks · 30 open, 2 overdue

    ❗ 27  Onboard a client 0/2  2 Apr
    ❗ 48  Call the landlord     yesterday 10:00
        9  Party                 Mon 00:00
       21  Pay rent 🔁           Mon 09:00
       23  Team call 🔁          Mon 10:30
       50  Sign the lease        Mon
       10  prepare the books f…  Mon
       14  Water the ferns       Mon
    [27] [48] [9] [21] [23] [50] [10] [14]
    [1/4] [▶]
    [Today] [Overdue 2] [＋ Add]
  `);
  await stage.quietUntil('21:30');
  expect(await ann.says('good night')).toMatchInlineSnapshot(`
    Until then. What is due I will tell you.
    [Save task]
  `);
}
