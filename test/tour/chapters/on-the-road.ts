/** The second Thursday: Ann travels, and her reminders with her; then everything is to be silent. */
import { expect } from 'vitest';
import type { Cast } from '../cast.ts';

export async function thursday2({ stage, ann, oleg }: Cast): Promise<void> {
  stage.day('2026-04-02', 'on the road');
  stage.tell('Ann flies to Lisbon. A reminder for nine in the morning is for nine where she is.');
  await stage.quietUntil('07:30');
  expect(await ann.says('/timezone lisbon')).toMatchInlineSnapshot(`
    Zone: Lisbon. 2 reminders keep their hours: 9:00 stays 9:00 on the new clock.

    Settings

    Zone: Lisbon (Europe/Lisbon), 06:30 now
    Language: English
    5/6 is read as in your region
    Clock: as in your region
    Week begins on Monday
    Quiet hours: 22:00 to 07:00, quiet now
    Morning 09:00, afternoon 15:00, evening 18:00
    Lists: plain text
    [Undo]
    [Zone] [Language] [Dates]
    [Clock] [Week] [Hours]
    [Quiet time] [Tables]
  `);
  await stage.quietUntil('09:00');
  expect(await stage.comes('10:00')).toMatchInlineSnapshot(`
    (to Ann)
    ⏰ Open the windows
    [Done] [10 min] [1 hour]
    [Tonight] [Tomorrow]
    [🔕 Mute]
    ---
    (to Oleg)
    ⏰ Размяться
    [Готово] [10 мин] [1 час] [Вечером] [Завтра]
    [🔕 Без звука]
  `);
  expect(await ann.presses('Done', '⏰ Open the windows')).toMatchInlineSnapshot(`
    (changed)
    ✅ Open the windows
    [Undo]
  `);
  expect(await oleg.says('/today')).toMatchInlineSnapshot(`
    Сегодня · 1

       1  Позвонить маме  15:00
    [1]
    [Неделя] [＋ Новая]
  `);
  expect(await oleg.says('/history')).toMatchInlineSnapshot(`
    История

    вчера 12:00 · ✅ Выпить воды
    вчера 11:00 · ⏰ Выпить воды: отложено
    вчера 10:30 · ↩️ Купить 5 яблок — снова в работе.
    вчера 10:30 · Сделано: «Купить 5 яблок» · ↩️ отменено
    вчера 10:30 · ⏰ Размяться
    вчера 10:30 · ⏰ Выпить воды
    вчера 10:30 · Добавлено: «встреча в полночь пятницы»
    вчера 10:30 · Добавлено: «день рождения Тани 30 февраля»
    [1/2] [▶]
    [Отменить одно]
  `);
  expect(await ann.says('/language Русский')).toMatchInlineSnapshot(`
    Язык: русский.

    Настройки

    Часовой пояс: Лиссабон (UTC+1), сейчас 09:00
    Язык: русский
    5/6 — это как принято в регионе
    Время: как принято в регионе
    Неделя начинается в понедельник
    Тихие часы: с 22:00 до 07:00
    Утро 09:00, день 15:00, вечер 18:00
    Списки: простым текстом
    [Отменить]
    [Пояс] [Язык] [Даты]
    [Время] [Неделя] [Часы]
    [Тихое время] [Таблицы]
  `);
  expect(await ann.says('/week')).toMatchInlineSnapshot(`
    Эта неделя · 11, просрочено 8

    ❗ 14  Water the ferns       24 мар
    ❗ 12  Book the train to H…  26 мар, 18:00
    ❗  9  Party                 28 мар, 00:00
    ❗ 22  Water the basil 🔁    29 мар
    ❗ 28  ↳ Send the contract   30 мар
    ❗ 21  Pay rent 🔁           31 мар, 09:00
    ❗ 23  Team call 🔁          31 мар, 10:30
    ❗ 10  prepare the books f…  31 мар
    [14] [12] [9] [22] [28] [21] [23] [10]
    [1/2] [▶]
    [Сегодня] [Все открытые]
    [Просрочено 8] [＋ Новая]
  `);
  expect(await ann.says('/undo')).toMatchInlineSnapshot(`
    ↩️ Language: English again.
    [Redo]
  `);

  stage.tell('Back in Berlin, what was left undone moves to Monday in one go.');
  expect(await ann.says('/timezone berlin')).toMatchInlineSnapshot(`
    Zone: Berlin. 2 reminders keep their hours: 9:00 stays 9:00 on the new clock.

    Settings

    Zone: Berlin (Europe/Berlin), 10:00 now
    Language: English
    5/6 is read as in your region
    Clock: as in your region
    Week begins on Monday
    Quiet hours: 22:00 to 07:00
    Morning 09:00, afternoon 15:00, evening 18:00
    Lists: plain text
    [Undo]
    [Zone] [Language] [Dates]
    [Clock] [Week] [Hours]
    [Quiet time] [Tables]
  `);
  expect(await ann.says('/bulk overdue due monday')).toMatchInlineSnapshot(`
    Move 8 tasks to Mon?
    ❗ 14  Water the ferns       24 Mar
    ❗ 12  Book the train to H…  26 Mar, 18:00
    ❗  9  Party                 28 Mar, 00:00
    ❗ 22  Water the basil 🔁    29 Mar
    ❗ 28  ↳ Send the contract   30 Mar
    ❗ 21  Pay rent 🔁           31 Mar, 09:00
    ❗ 23  Team call 🔁          31 Mar, 10:30
    ❗ 10  prepare the books f…  31 Mar
    🔁 3 of them repeat: only these move.
    [Yes, all 8] [Cancel]
  `);
  expect(await ann.presses('Yes, all 8')).toMatchInlineSnapshot(`
    (changed)
    ✅ Changed: 8
    [Undo]
  `);
  expect(await ann.says('/today')).toMatchInlineSnapshot(`
    Today · 2 open

       25  Clean the coffee machine 🔁
       27  Onboard a client 0/2
    [25] [27]
    [Week] [＋ Add]
  `);

  stage.tell('Tomorrow is free: everything pauses, and on Saturday Steward tells what waited.');
  expect(await ann.says('remind me to buy flowers tomorrow at 17:00')).toMatchInlineSnapshot(`
    ⏰ Buy flowers  #54
    📅 Tomorrow 17:00
    [Undo] [Change time] [More]
  `);
  expect(await ann.says('/pause all until saturday')).toMatchInlineSnapshot(`
    ⏸ Everything is paused until Sat.
    3 reminders rest · 1 recurring task is put off
    That morning I tell what waited. Enjoy the quiet.
    [Undo] [End pause]
  `);
}
