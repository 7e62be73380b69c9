# Настройки и первые вопросы.

command-start = Начать: пара вопросов и три примера
command-start-examples =
    /start
command-settings = Часовой пояс, язык, часы, вид списков
command-settings-examples =
    /settings
command-timezone = Часовой пояс: город или название
command-timezone-examples =
    /timezone Москва
    /timezone Europe/Berlin
command-language = Русский или английский
command-language-examples =
    /language en
    /language ru
command-cancel = Прервать то, о чём я спрашиваю
command-cancel-examples =
    /cancel

settings-title-group = Настройки этой группы
settings-title = Настройки
settings-title-button = Настройки
settings-keep-button = Сделать задачей
settings-cancelled = Хорошо, прервано.
settings-nothing-asked = Сейчас я ни о чём не спрашиваю.
settings-last-change = Последнее, что сделано: { $what }

settings-line-zone = Часовой пояс: { $zone }{ $detail }, сейчас { $time }
settings-line-language = Язык: { $language ->
    [ru] русский
   *[en] английский
}
settings-line-dates = 5/6 — это { $order ->
    [dmy] 5 июня
    [mdy] 6 мая
   *[region] как принято в регионе
}
settings-line-clock = Время: { $clock ->
    [h12] 12 часов (3 PM)
    [h24] 24 часа (15:00)
   *[region] как принято в регионе
}
settings-line-week = Неделя начинается { $day ->
    [6] в субботу
    [7] в воскресенье
   *[1] в понедельник
}
settings-line-parts = Утро { $morning }, день { $afternoon }, вечер { $evening }

settings-zone-button = Пояс
settings-language-button = Язык
settings-dates-button = Даты
settings-clock-button = Время
settings-week-button = Неделя
settings-parts-button = Часы

settings-zone-now = Ваш часовой пояс — { $zone }{ $detail }, сейчас { $time }.
settings-ask-zone = Выберите, напишите город или пришлите геопозицию.
settings-zone-unknown = Часового пояса «{ $words }» нет.
settings-zone-near = Может быть, один из этих?
settings-zone-none-near = Напишите ближайший большой город, например «Берлин», или пришлите геопозицию.
settings-zones-found = Часовые пояса для «{ $words }»:
settings-zone-nearest = Это пояс ближайшего известного места: { $place } ({ $away } км).
settings-zone-kept-hours = { $count ->
    [one] { $count } напоминание остаётся на своём часу: 9:00 — это 9:00 по новым часам.
    [few] { $count } напоминания остаются на своих часах: 9:00 — это 9:00 по новым часам.
   *[many] { $count } напоминаний остаются на своих часах: 9:00 — это 9:00 по новым часам.
}
settings-location-nowhere = Такого места на Земле нет. Лучше напишите город.
settings-ask-language = На каком языке говорить?
settings-language-name-button = { $language ->
    [ru] Русский
   *[en] English
}
settings-language-unknown = Языка «{ $words }» я не знаю. Есть русский и английский: /language ru, /language en
settings-ask-dates = 5/6 — это какой день?
settings-dates-dmy-button = 5 июня
settings-dates-mdy-button = 6 мая
settings-dates-region-button = По региону
settings-ask-clock = Как показывать время?
settings-clock-24-button = 15:00
settings-clock-12-button = 3 PM
settings-clock-region-button = По региону
settings-ask-week = С какого дня начинается неделя?
settings-week-1-button = Понедельник
settings-week-7-button = Воскресенье
settings-week-6-button = Суббота
settings-ask-parts = Когда вы говорите «вечером», какой это час? Выберите часть дня.
settings-part-morning = Утро
settings-part-noon = Полдень
settings-part-afternoon = День
settings-part-evening = Вечер
settings-part-tonight = Сегодня вечером
settings-part-night = Ночь
settings-part-endOfDay = Конец дня
settings-ask-part = { $part } — сейчас это { $time }. А как надо?
settings-part-usual-button = Как обычно ({ $time })

settings-start-title = Steward
settings-start-what = Я храню ваши дела и вовремя напоминаю. Сначала два вопроса, любой можно пропустить.
settings-start-zone = 1/2 Где вы? Выберите по часам, напишите город или пришлите геопозицию.
settings-start-zone-kept = Часовой пояс прежний: { $zone }.
settings-start-language = 2/2 На каком языке говорить?
settings-start-done = ✅ Часовой пояс: { $zone }, сейчас { $time }. Язык: { $language ->
    [ru] русский
   *[en] английский
}. Всё это можно поменять: /settings
settings-start-try = Пишите так, как сказали бы вслух. Нажмите, чтобы попробовать, /undo отменит:
settings-example-1 = позвонить Бобу завтра в 15:00
settings-example-2 = напомни размяться через 1 минуту
settings-example-3 = что на этой неделе

# Что изменилось — для /history; пары с undone говорят, что вернулось.
action-settings-zone = Часовой пояс: { $to }.
action-settings-zone-undone = ↩️ Часовой пояс снова { $from }.
action-settings-language = Язык: { $to ->
    [ru] русский
   *[en] английский
}.
action-settings-language-undone = ↩️ Язык снова { $from ->
    [ru] русский
   *[en] английский
}.
action-settings-dates = 5/6 — это { $to ->
    [dmy] 5 июня
    [mdy] 6 мая
   *[region] как принято в регионе
}.
action-settings-dates-undone = ↩️ 5/6 — снова { $from ->
    [dmy] 5 июня
    [mdy] 6 мая
   *[region] как принято в регионе
}.
action-settings-clock = Время: { $to ->
    [h12] 12 часов
    [h24] 24 часа
   *[h] как принято в регионе
}.
action-settings-clock-undone = ↩️ Время снова: { $from ->
    [h12] 12 часов
    [h24] 24 часа
   *[h] как принято в регионе
}.
action-settings-week = Неделя начинается { $to ->
    [6] в субботу
    [7] в воскресенье
   *[1] в понедельник
}.
action-settings-week-undone = ↩️ Неделя снова начинается { $from ->
    [6] в субботу
    [7] в воскресенье
   *[1] в понедельник
}.
action-settings-parts = { $part ->
    [morning] Утро
    [noon] Полдень
    [afternoon] День
    [evening] Вечер
    [tonight] Сегодня вечером
    [night] Ночь
   *[endOfDay] Конец дня
}: { $to }.
action-settings-parts-undone = ↩️ { $part ->
    [morning] Утро
    [noon] Полдень
    [afternoon] День
    [evening] Вечер
    [tonight] Сегодня вечером
    [night] Ночь
   *[endOfDay] Конец дня
}: снова { $from }.
action-settings-start = Начало работы.
action-settings-start-undone = ↩️ Язык и регион — как до начала.

# Тихое время
command-quiet = Когда не беспокоить напоминаниями
command-quiet-examples =
    /quiet с 22 до 7
    /quiet до 15:00
    /quiet выкл
settings-quiet-button = Тихое время
settings-line-quiet = Тихие часы: { $is ->
    [hours] с { $from } до { $to }
   *[never] не заданы
}{ $now ->
    [yes] , сейчас тихо
   *[no] {""}
}
settings-quiet-title = 🔕 Тихое время
settings-quiet-hours = Каждый день с { $from } до { $to }.
settings-quiet-no-hours = Тихих часов нет. Задать: /quiet 22:00-7:00
settings-quiet-now = Сейчас тихо, пока не отмените: /quiet выкл
settings-quiet-now-until = Сейчас тихо, до { $until }.
settings-quiet-urgent-passes = Срочные напоминания и напоминания срочных задач приходят и в это время.
settings-quiet-urgent-waits = Срочные напоминания тоже ждут.
settings-quiet-hint = Всё, что выпало на это время, придёт потом одним сообщением. То, что вы отложили сами, придёт в срок.
settings-quiet-no-hours-button = Без часов
settings-quiet-1h-button = 1 час
settings-quiet-morning-button = До утра
settings-quiet-on-button = Без срока
settings-quiet-off-button = Снова напоминать
settings-quiet-urgent-button = Пропускать срочные
settings-quiet-no-urgent-button = Придержать срочные
settings-quiet-past = Это время уже прошло. Нужно будущее.
settings-quiet-far = Это дальше чем через год. Нужно время поближе.
settings-quiet-unknown = Не получилось понять «{ $words }». Напишите /quiet 22:00-7:00, /quiet до 15:00, /quiet вкл или /quiet выкл.
settings-quiet-hours-unknown = «{ $words }» — таких часов в сутках нет. Пример: /quiet 22:00-7:00
action-settings-quiet = { $kind ->
    [hours] 🔕 Тихие часы: с { $from } до { $to }.
    [no-hours] 🔕 Тихих часов больше нет.
    [on] 🔕 С этого момента тихо.
    [until] 🔕 На время тихо.
    [urgent] Срочные напоминания приходят и в тихое время.
    [no-urgent] Срочные напоминания в тихое время ждут.
   *[off] 🔕 Снова можно напоминать.
}
action-settings-quiet-undone = ↩️ Тихое время снова такое, как было.

# Как выглядят списки
settings-tables-button = Таблицы
settings-line-tables = Списки: { $look ->
    [native] таблицами
   *[plain] простым текстом
}
settings-ask-tables = Как показывать списки?
settings-tables-hint = Простой текст виден в любом Telegram. Таблица занимает всю ширину и не обрезает длинные названия, но старые версии её не покажут совсем, поэтому сначала будет образец.
settings-tables-plain-button = Простой текст
settings-tables-native-button = Таблицы
settings-tables-keep-button = Оставить текст
settings-tables-tried = Сейчас придёт образец. Если видите таблицу, нажмите кнопку внутри неё. Если нет, всё останется как было. Если у вас несколько устройств, сначала посмотрите на каждом.
settings-tables-none = Telegram пока не принимает от меня таблицы. Списки остаются простым текстом.
settings-tables-sample = Образец
settings-tables-sample-1 = Позвонить Бобу
settings-tables-sample-2 = Отправить счёт в «Акме» и спросить о сроках
settings-tables-sample-3 = Купить билет на поезд
settings-tables-sample-ask = Это таблица?
settings-tables-seen-button = Вижу таблицу
action-settings-tables = { $to ->
    [native] Списки теперь приходят таблицами.
   *[plain] Списки приходят простым текстом.
}
action-settings-tables-undone = ↩️ { $from ->
    [native] Списки снова приходят таблицами.
   *[plain] Списки снова приходят простым текстом.
}
