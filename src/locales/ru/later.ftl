# Чего пока нет: прямо, и что выручит до тех пор.

later-habits = Привычки я пока не веду.
later-habits-meanwhile = А пока ритм держит повторяющееся напоминание: «напоминай отжиматься каждый день в 8».
later-open-task = В списке есть «{ $title }», #{ $number }.
later-done-button = Готово #{ $number }
later-time = Учёта времени у меня пока нет.
later-time-meanwhile = А пока у задачи может быть оценка («написать отчёт ~30м») и заметка о том, сколько ушло.
later-clients = Карточек клиентов и отчётов по ним пока нет.
later-clients-meanwhile = А пока назовите клиента в задаче («отправить смету @акме»), список — «/list @акме».
later-calendar = Календари я пока не читаю.
later-calendar-meanwhile = А пока неделя по дням показывает всё, что записано у меня.
later-digests = Утренних и вечерних сводок пока нет.
later-digests-meanwhile = А пока список на сегодня — в одно касание.
later-figures = Статистику по задачам я пока не считаю.
later-figures-meanwhile = А пока сделанное видно в истории, а как прошли напоминания — по «/reminders stats».
later-assistant = Беседовать я пока не умею.
later-assistant-meanwhile = А пока скажите, что держать в уме; как — подскажет справка.
later-integrations = С другими сервисами я пока не связан.
later-integrations-meanwhile = А пока перешлите мне то, что должно стать задачей, или запишите её сами.

command-habit = Привычка: новая или её карточка
command-habit-examples =
    /habit отжимания каждый день
command-habits = Ваши привычки
command-habits-examples =
    /habits
command-tick = Отметить привычку
command-tick-examples =
    /tick отжимания
command-timer = Запустить или остановить таймер
command-timer-examples =
    /timer start 12
command-log = Записать потраченное время
command-log-examples =
    /log 45м сайт
command-timesheet = Потраченное время
command-timesheet-examples =
    /timesheet
command-clients = Ваши клиенты
command-clients-examples =
    /clients
command-client = Один клиент
command-client-examples =
    /client Акме
command-report = Время и задачи клиента
command-report-examples =
    /report Акме
command-agenda = События и задачи дня
command-agenda-examples =
    /agenda завтра
command-calendars = Подключённые календари
command-calendars-examples =
    /calendars
command-connect = Подключить календарь
command-connect-examples =
    /connect google
command-timeblock = Время для задачи в календаре
command-timeblock-examples =
    /timeblock 12 завтра 10:00
command-feed = Задачи и напоминания как календарь по подписке
command-feed-examples =
    /feed
command-brief = Утренняя сводка
command-brief-examples =
    /brief
command-review = Итоги дня
command-review-examples =
    /review
command-weekly = Итоги недели
command-weekly-examples =
    /weekly
command-stats = Цифры по вашим задачам
command-stats-examples =
    /stats
command-chat = Разговор с помощником
command-chat-examples =
    /chat
command-new = Новая беседа
command-new-examples =
    /new
command-memory = Что помнит помощник
command-memory-examples =
    /memory
command-persona = Как говорит помощник
command-persona-examples =
    /persona
command-usage = Во что обошёлся помощник
command-usage-examples =
    /usage
command-github = GitHub
command-github-examples =
    /github
command-slack = Slack
command-slack-examples =
    /slack
command-clickup = ClickUp
command-clickup-examples =
    /clickup
command-webhooks = Вебхуки
command-webhooks-examples =
    /webhooks
command-tokens = Токены API
command-tokens-examples =
    /tokens
