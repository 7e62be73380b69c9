/** The second Wednesday: somebody else is let in, who writes Russian. */
import { expect } from 'vitest';
import type { Cast } from '../cast.ts';

export async function wednesday1({ stage, ann, oleg }: Cast): Promise<void> {
  stage.day('2026-04-01', 'Oleg comes in');
  stage.tell('Ann invites Oleg. His Telegram speaks Russian, so Steward does. Each sees only what is theirs.');
  expect(await stage.comes('09:00')).toMatchInlineSnapshot(`
    (to Ann)
    ⏰ Open the windows
    [Done] [10 min] [1 hour]
    [Tonight] [Tomorrow]
    [🔕 Mute]
  `);
  expect(await ann.presses('Done', '⏰ Open the windows')).toMatchInlineSnapshot(`
    (changed)
    ✅ Open the windows
    [Undo]
  `);
  await stage.quietUntil('09:30');
  expect(await oleg.says('привет')).toMatchInlineSnapshot(`(nothing)`);
  expect(await ann.says('/invite')).toMatchInlineSnapshot(`
    Invitation
    Good for one person, until 8 Apr, 09:30. It is shown only now.

    https://t.me/steward_bot?start=inv-••••••••••••
    They open the link, or send me: /start inv-••••••••••••
  `);
  const code = /\/start (\S+)/.exec(ann.heard())?.[1] ?? '';
  expect(await oleg.knocks(`/start ${code}`)).toMatchInlineSnapshot(`
    Steward
    Я храню ваши дела и вовремя напоминаю. Сначала два вопроса, любой можно пропустить.

    1/2 Где вы? Выберите по часам, напишите город или пришлите геопозицию.
    [Берлин 09:30] [Москва 10:30]
    [Самара 11:30] [Екатеринбург 12:30]
    [Новосибирск 14:30] [Владивосток 17:30]
    [Пропустить]
  `);
  expect(await oleg.presses('Москва 10:30')).toMatchInlineSnapshot(`
    (changed)
    Часовой пояс: Москва.

    2/2 На каком языке говорить?
    [English] [Русский]
    [Пропустить]
  `);
  expect(await oleg.presses('Русский')).toMatchInlineSnapshot(`
    (changed)
    ✅ Часовой пояс: Москва, сейчас 10:30. Язык: русский. Всё это можно поменять: /settings

    Пишите так, как сказали бы вслух. Нажмите, чтобы попробовать, /undo отменит:
    [позвонить Бобу завтра в 15:00]
    [напомни размяться через 1 минуту]
    [что на этой неделе]
    [Настройки] [Помощь]
  `);
  expect(await oleg.says('/list')).toMatchInlineSnapshot(`
    Открытых задач нет.
    [Сегодня] [＋ Новая]
  `);
  expect(await oleg.says('/task 3')).toMatchInlineSnapshot(`Под номером #3 ничего нет. Что открыто: /list`);

  stage.tell(
    'Russian is not a translation: cases, short forms and numbers are understood and answered as people write them.',
  );
  expect(await oleg.says('позвонить маме завтра в 3 !важно #семья')).toMatchInlineSnapshot(`
    Позвонить маме
    📅 Завтра 15:00 · 🟠 важно · #семья
    [Отменить] [Другое время] [Изменить]
  `);
  expect(await oleg.says('купить 5 яблок послезавтра')).toMatchInlineSnapshot(`
    Купить 5 яблок
    📅 Пт
    [Отменить] [Другое время] [Изменить]
  `);
  expect(await oleg.says('сдать отчёт в пятницу вечером @ромашка ~2ч')).toMatchInlineSnapshot(`
    Сдать отчёт
    📅 Пт 18:00 · 👤 Ромашка · ⏱ 2 ч
    [Отменить] [Другое время] [Изменить]
  `);
  expect(await oleg.says('оплатить интернет каждый месяц 31 числа')).toMatchInlineSnapshot(`
    Оплатить интернет
    📅 30 апр · 🔁 каждый месяц в последний день
    Потом 31 мая · 30 июн · 31 июл · 31 авг
    [Отменить] [Другое время] [Изменить]
  `);
  expect(await oleg.says('день рождения Тани 30 февраля')).toMatchInlineSnapshot(`
    Записано: «день рождения Тани 30 февраля».
    Такой даты не бывает, поэтому срока нет.
    [Указать срок] [Отменить]
  `);
  expect(await oleg.says('встреча в полночь пятницы')).toMatchInlineSnapshot(`
    «в полночь пятницы» — какая ночь?
    [чт → пт] [пт → сб]
    [Отменить] [Без срока]
  `);
  expect(await oleg.says('напомни выпить воды через полчаса')).toMatchInlineSnapshot(`
    ⏰ Выпить воды  #7
    📅 Сегодня 11:00
    [Отменить] [Другое время] [Ещё]
  `);
  expect(await oleg.says('напоминай размяться по будням в 11')).toMatchInlineSnapshot(`
    ⏰ Размяться  #8
    📅 Сегодня 11:00 · 🔁 по будням в 11:00
    Потом завтра · пт · пн · вт
    [Отменить] [Другое время] [Ещё]
  `);
  expect(await oleg.says('что на этой неделе')).toMatchInlineSnapshot(`
    Эта неделя · 3

       1  Позвонить маме  завтра 15:00
       3  Сдать отчёт     пт 18:00
       2  Купить 5 яблок  пт
    [1] [3] [2]
    [Сегодня] [Все открытые] [＋ Новая]
  `);
  expect(await oleg.says('яблоки готово')).toMatchInlineSnapshot(`
    ✅ Купить 5 яблок
    На сегодня всё.
    [Отменить]
  `);
  expect(await oleg.says('/отмена')).toMatchInlineSnapshot(`
    Команды /отмена здесь нет.
    [Помощь]
  `);
  expect(await oleg.says('/undo')).toMatchInlineSnapshot(`
    ↩️ Купить 5 яблок — снова в работе.
    [Вернуть]
  `);
  expect(await stage.comes('10:00')).toMatchInlineSnapshot(`
    (to Oleg)
    ⏰ Выпить воды
    [Готово] [10 мин] [1 час] [Вечером] [Завтра]
    ---
    (to Oleg)
    ⏰ Размяться
    [Готово] [10 мин] [1 час] [Вечером] [Завтра]
    [🔕 Без звука]
  `);
  expect(await oleg.replies('Выпить воды', 'через час')).toMatchInlineSnapshot(`
    ⏰ Выпить воды: отложено на 12:00.
    [Отменить]
  `);
  expect(await stage.comes('11:00')).toMatchInlineSnapshot(`
    (to Oleg)
    ⏰ Выпить воды
    [Готово] [10 мин] [1 час] [Вечером] [Завтра]
  `);
  expect(await oleg.presses('Готово', 'Выпить воды')).toMatchInlineSnapshot(`
    (changed)
    ✅ Выпить воды
    [Отменить]
  `);
}
