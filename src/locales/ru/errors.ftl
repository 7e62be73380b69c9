# Что случилось, что сохранено, что делать. Без упрёков.

error-unknown-command = Команды /{ $command } здесь нет.
error-unknown-command-near = Команды /{ $command } здесь нет. Может быть, /{ $suggestion }?
error-too-many-arguments = Для /{ $command } это слишком много: { $usage }
error-bad-argument = «{ $argument }» сюда не подходит. Вот как: { $usage }
error-not-understood = «{ $words }» — не получилось понять.
error-number-expected = «{ $words }» — не число, которое сюда подходит.
error-nothing-given = Здесь нечего сохранять. Пришлите несколько слов.
error-text-too-long = Здесь { $length ->
    [one] { $length } знак
    [few] { $length } знака
   *[many] { $length } знаков
}, а помещается { $limit }. Пришлите короче.
error-too-many-lines = Здесь { $count ->
    [one] { $count } строка
    [few] { $count } строки
   *[many] { $count } строк
}, за раз можно { $limit }.

error-not-found = Этого здесь больше нет.
error-task-not-found = Задачи #{ $number } здесь нет.
error-reminder-not-found = Напоминания #{ $number } здесь нет.
error-item-not-found = Под номером #{ $number } ничего нет. Что открыто: /list
error-no-match = Ничего с названием «{ $words }» здесь нет. Что есть: /list и /reminders
error-edited-command = Команды из исправленных сообщений я не выполняю. Отправьте её новым сообщением.
error-old-button = Эта кнопка из прежней версии. Вот как всё выглядит сейчас.
error-item-gone = Это удалено. Вернуть можно командой /undo.
error-already-done = Это уже сделано.
error-changed-meanwhile = За это время здесь что-то изменилось. Посмотрите ещё раз и повторите.
error-already-undone = Это уже отменено.
error-undo-too-old = Это было слишком давно, отменить уже нельзя.
error-nothing-to-undo = Отменять нечего.
error-nothing-to-cancel = Прерывать нечего.

error-day-gone = «{ $words }» уже в прошлом. Ничего не изменилось.
error-date-unclear = «{ $words }» можно понять по-разному. Уточните, например: «12 марта».
error-date-not-read = Не получилось прочитать «{ $words }» как дату. Например: «завтра 15:00» или «12 марта».
error-date-impossible = «{ $words }» — такого дня не бывает.
error-date-past = { $date } уже в прошлом. Назовите день впереди.
error-time-past = { $time } уже прошло. Назовите время впереди.
error-date-too-far = { $date } — дальше, чем можно запланировать. Последний год: { $year }.
error-zone-unknown = Часового пояса «{ $words }» нет. Назовите город, например «Берлин», или пришлите геопозицию.
error-duration-not-read = «{ $words }» — не получилось прочитать как длительность. Например: «30 мин» или «2 ч».

error-not-allowed = Здесь это вам недоступно.
error-not-in-group = Это личное: спросите меня в нашем чате.
error-only-in-group = Это работает только в группе.
error-operator-only = Это может только тот, кто держит Steward.
error-too-fast = Слишком быстро. Подождите { $seconds } с и продолжайте.

error-telegram-refused = Telegram это не принял: { $reason }.
error-upstream = { $system } не отвечает. Здесь всё сохранено, попробуйте позже.
error-limit-reached = Больше здесь не помещается ({ $limit }).
error-bug = ⚠️ Здесь что-то сломалось. Отправленное сохранено. Попробуйте ещё раз или покажите оператору:
error-reference = Код { $reference }
