# Помощь: темы, в каждой примеры, которые можно нажать.

command-help = Что я умею: по темам и командам
command-help-examples =
    /help
    /help undo

help-title = Чем помочь?
help-what = Пишите так, как сказали бы вслух; команды — для тех, кому так удобнее.
help-unknown-topic = Про «{ $words }» справки нет. Вот что есть:
# Слова в записи команды («/due <#n> [когда]»); что набирают дословно, остаётся как есть.
help-usage-word = { $word ->
    [all] все
    [and] и
    [city] город
    [client] клиент
    [command] команда
    [day] день
    [filters] условия
    [hours] часы
    [level] важность
    [list] список
    [name] имя
    [new] новое
    [or] или
    [person] кому
    [priority] важность
    [project] проект
    [ref] код
    [remove] удалить
    [save] сохранить
    [stats] статистика
    [status] этап
    [tag] метка
    [text] текст
    [time] время
    [title] название
    [topic] тема
    [until] до
    [value] значение
    [what] что
    [when] когда
    [words] слова
    [zone] пояс
   *[other] { $word }
}
help-line = { $usage } — { $description }
help-later = Этого пока нет.
help-aliases = Понимаю и так: { $aliases }

help-topic-start = Начало
help-topic-tasks = Задачи
help-topic-reminders = Напоминания
help-topic-settings = Настройки
help-topic-safety = Отмена и статус
help-topic-owner = Хозяйство

help-about-start = { $topic }: первые шаги
help-about-tasks = { $topic }: добавить, найти, изменить, закончить
help-about-reminders = { $topic }: один раз или снова и снова, отложить, почему пришло
help-about-settings = { $topic }: часовой пояс, язык, даты
help-about-safety = { $topic }: отменить что угодно, узнать, как у меня дела
help-about-owner = { $topic }: люди и ошибки

help-words-start = Я понимаю обычные сообщения. Попробуйте:
help-words-tasks = Сообщение становится задачей. Знаки: !важно #продажи @акме ~30м. Ответ на задачу перенесёт её или добавит заметку. Списки могут приходить таблицами: /settings
help-words-reminders = Скажите когда: один раз или снова и снова. Под напоминанием есть кнопки «готово» и «позже».
help-words-settings = Всё это тоже можно отменить.
help-words-safety = Любое изменение можно отменить в течение 90 дней, и несколько последних сразу.
help-words-owner = Это видите только вы.

help-say-start-1 = позвонить Бобу завтра в 15:00
help-say-start-2 = что на этой неделе
help-say-start-3 = готово позвонить Бобу
help-say-tasks-1 = отправить счёт в пт !важно ~30м
help-say-tasks-2 = что на этой неделе
help-say-tasks-3 = просроченные
help-say-reminders-1 = напомни размяться через 1 минуту
help-say-reminders-2 = напоминай размяться по будням в 9
help-say-reminders-3 = напомни про ужин в воскресенье в 18:00
