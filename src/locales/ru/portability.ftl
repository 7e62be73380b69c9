# Данные человека: забрать с собой, принять, удалить.

command-export = Всё ваше одним файлом
command-export-examples =
    /export
command-import = Принять файл, сделанный командой /export
command-import-examples =
    /import
command-forget_me = Удалить всё ваше
command-forget_me-examples =
    /forget_me

portability-archive = 📎 Всё ваше
portability-archive-part = 📎 Всё ваше, часть { $part }
portability-archive-what = Храните там, где прочтёте только вы. Принять обратно: /import.
portability-archive-without-files = Ваших файлов слишком много для чата; их может выгрузить тот, кто держит Steward: steward export.
portability-readme = Здесь всё, что Steward о вас хранит. Файлы .csv открываются в любой таблице. Файлы в папке data — для машин: отправьте весь архив после команды /import, и задачи, заметки, файлы, напоминания, проекты и клиенты вернутся. Приложенное лежит в папке files под именами, которые называет attachments.csv. Дважды принятое не удвоится. Что происходило (история, доставка), — только для чтения. Чужих данных и общих списков здесь нет. Храните там, где прочтёте только вы.

portability-count-projects = { $count ->
    [one] { $count } проект
    [few] { $count } проекта
   *[many] { $count } проектов
}
portability-count-clients = { $count ->
    [one] { $count } клиент
    [few] { $count } клиента
   *[many] { $count } клиентов
}
portability-count-tasks = { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}
portability-count-dependencies = { $count ->
    [one] { $count } задача ждёт другую
    [few] { $count } задачи ждут других
   *[many] { $count } задач ждут других
}
portability-count-saved_filters = { $count ->
    [one] { $count } сохранённый фильтр
    [few] { $count } сохранённых фильтра
   *[many] { $count } сохранённых фильтров
}
portability-count-templates = { $count ->
    [one] { $count } шаблон
    [few] { $count } шаблона
   *[many] { $count } шаблонов
}
portability-count-notes = { $count ->
    [one] { $count } заметка
    [few] { $count } заметки
   *[many] { $count } заметок
}
portability-count-attachments = { $count ->
    [one] { $count } файл
    [few] { $count } файла
   *[many] { $count } файлов
}
portability-count-reminders = { $count ->
    [one] { $count } напоминание
    [few] { $count } напоминания
   *[many] { $count } напоминаний
}

portability-send = Пришлите архив
portability-send-what = Файл .zip из /export, до 20 МБ. Сначала покажу, что внутри, и только потом приму.
portability-reading = Читаю.
portability-offer = Принять это?
portability-offer-of = { $name }, сохранено { $when }
portability-offer-from = Сохранено { $when }
portability-offer-empty = Принимать здесь нечего.
portability-offer-there = { $count ->
    [one] { $count } запись уже здесь и останется как есть.
    [few] { $count } записи уже здесь и останутся как есть.
   *[many] { $count } записей уже здесь и останутся как есть.
}
portability-offer-settings = Язык, часовой пояс и другие настройки — тоже.
portability-take-button = Принять
portability-taken = { $count ->
    [0] Ничего нового не нашлось
    [one] Принята { $count } запись
    [few] Приняты { $count } записи
   *[many] Принято { $count } записей
}
portability-taken-there = { $count ->
    [one] { $count } уже была здесь.
    [few] { $count } уже были здесь.
   *[many] { $count } уже были здесь.
}
portability-taken-overdue = { $count ->
    [one] У { $count } напоминания время прошло: оно завершено.
    [few] У { $count } напоминаний время прошло: они завершены.
   *[many] У { $count } напоминаний время прошло: они завершены.
}
portability-taken-homeless = { $count ->
    [one] Для { $count } записи нет её задачи: примите сначала прежнюю часть, потом эту ещё раз.
    [few] Для { $count } записей нет их задач: примите сначала прежние части, потом эту ещё раз.
   *[many] Для { $count } записей нет их задач: примите сначала прежние части, потом эту ещё раз.
}
portability-left = Ничего не принято.

portability-error-foreign = Это не архив из /export. Ничего не принято.
portability-error-newer = Архив сделан более новым Steward. Ничего не принято; после обновления получится.
portability-error-damaged = Архив повреждён или изменён. Ничего не принято; сделайте его заново или пришлите ещё раз.
portability-error-large = В архиве больше, чем можно принять в чате за раз. Это может тот, кто держит Steward: steward import.
portability-error-row = { $member }, строка { $line }: здесь что-то не так. Ничего не принято.
portability-error-too-large-to-fetch = Telegram отдаёт мне файлы только до 20 МБ. Больший может принять тот, кто держит Steward: steward import.
portability-error-gone = Этого файла у Telegram больше нет. Пришлите ещё раз.
portability-error-unreached = Telegram не отдал мне файл. Ничего не принято; пришлите позже ещё раз.
portability-error-expired = Это предложение устарело. Пришлите архив ещё раз после /import.

portability-forget-title = Удалить всё ваше?
portability-forget-what = Задачи, заметки, напоминания, проекты, клиенты, настройки, история и всё подключённое исчезнут сразу и навсегда: /undo их не вернёт. То, что вы внесли в общие списки групп, останется там без вашего имени.
portability-forget-backups = { $days ->
    [one] В прежних резервных копиях это останется не дольше чем на { $days } день.
    [few] В прежних резервных копиях это останется не дольше чем на { $days } дня.
   *[many] В прежних резервных копиях это останется не дольше чем на { $days } дней.
}
portability-forget-invited = Вы пришли по приглашению: чтобы вернуться, понадобится новое.
portability-forget-configured = Писать можно и потом, как в первый раз.
portability-export-button = Сначала сохранить
portability-forget-button = Удалить
portability-keep-button = Оставить
portability-forget-word = УДАЛИТЬ
portability-forget-word-ask = Напишите { $word }, чтобы удалить всё. Любое другое сообщение оставит всё как есть.
portability-kept = Всё остаётся как есть.
portability-forgotten = Всё ваше удалено.
portability-forgotten-backups = В прежних резервных копиях это останется самое позднее до { $until }.
portability-forgotten-start = Начать заново: /start

action-portability-import = Принято из архива: { $count }
action-portability-import-undone = ↩️ Принятое из архива убрано: { $count }
