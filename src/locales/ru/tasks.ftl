# Задачи: что записано, карточки, списки, поиск, вопросы об одной задаче.

task-due = 📅 { $when }
task-overdue = ❗ { $when }
task-repeats = 🔁 { $rule }
task-then = Потом { $dates }
task-repeats-somehow = 🔁 повторяется
task-begins-late = Начало позже срока.
task-start = начало: { $day }
task-client = 👤 { $name }
task-assignee = 🙋 { $name }
task-project = проект { $name }
task-estimate = ⏱ { $time }
task-reminds = ⏰ за { $lengths }
task-reminds-late = За { $lengths } напоминать уже поздно.
task-reminders = ⏰ { $reminders }
task-planned = ⏱ план { $time }
task-notes-count = 💬 { $count ->
    [one] { $count } заметка
    [few] { $count } заметки
   *[many] { $count } заметок
}
task-priority = { $level ->
    [urgent] 🔴 срочно
    [critical] 🟠 критично
    [high] 🟠 важно
    [low] ⚪ не к спеху
   *[medium] 🟡 обычная
}
task-priority-button = { $level ->
    [urgent] 🔴 Срочно
    [critical] 🟠 Критично
    [high] 🟠 Важно
    [low] ⚪ Низкая
   *[medium] 🟡 Обычная
}
task-status-todo = К выполнению
task-status-in_progress = В работе
task-status-review = На проверке
task-status-blocked = Ждёт
task-status-done = Сделано
task-status-cancelled = Отменено
task-done-title = ✅ { $title }
task-read-as = «{ $typed }» понято как «{ $meant }».
# Откуда переслано, в заметках задачи
task-forwarded = Откуда: { $name }
task-forwarded-link = Откуда: { $name }, { $link }
task-forwarded-unknown = Переслано
task-forward-title = Сообщение: { $name }
task-forward-title-unknown = Пересланное сообщение

# Несколько строк одного сообщения
task-lines-ask = { $count ->
    [one] { $count } задача?
    [few] { $count } задачи?
   *[many] { $count } задач?
}
task-lines-many = Строк здесь { $count }, а за один раз я завожу не больше { $most } задач. Одна задача может сохранить их все.
task-lines-make-button = Добавить { $count }
task-lines-one-button = Одна задача
task-lines-made = { $count ->
    [one] Добавлена { $count } задача:
    [few] Добавлены { $count } задачи:
   *[many] Добавлено { $count } задач:
}
task-lines-too-many = Строк здесь { $count }, а за один раз я завожу не больше { $most } задач.
action-task-create-lines = { $count ->
    [one] Добавлена { $count } задача
    [few] Добавлены { $count } задачи
   *[many] Добавлено { $count } задач
}
action-task-create-lines-undone = { $count ->
    [one] { $count } задача снова убрана.
    [few] { $count } задачи снова убраны.
   *[many] { $count } задач снова убрано.
}
action-task-update-lines = { $count ->
    [one] Исправлена вслед за сообщением { $count } задача
    [few] Исправлены вслед за сообщением { $count } задачи
   *[many] Исправлено вслед за сообщением { $count } задач
}
action-task-update-lines-undone = { $count ->
    [one] { $count } задача снова такая, какой была до правки.
    [few] { $count } задачи снова такие, какими были до правки.
   *[many] { $count } задач снова такие, какими были до правки.
}
task-lines-stay = В сообщении этого больше нет, а задачи остались: { $titles }.
task-updated = Исправлено вслед за сообщением:
task-in-pieces = { $count ->
    [one] Собрано из { $count } сообщения.
   *[many] Собрано из { $count } сообщений.
}
task-kept-fields = Это вы уже меняли сами, поэтому осталось как есть: { $fields }.

task-done = ✅ { $title }
task-next = 🔁 Дальше: { $when }
task-left-today = { $count ->
    [0] На сегодня всё.
    [one] На сегодня осталась { $count } задача.
    [few] На сегодня осталось { $count } задачи.
   *[many] На сегодня осталось { $count } задач.
}
task-removed = Удалено: { $title }.
task-reopened = { $title } — снова в работе.
task-follower-gone = Повторы пойдут отсюда; следующая, #{ $number }, убрана.
task-follower-kept = Следующую, #{ $number }, с тех пор меняли: она остаётся и повторяется дальше, эта — больше нет.
task-noted = 💬 Заметка добавлена: { $title }.
task-already-done = { $title } — уже сделано.
task-already-cancelled = { $title } — уже отменено.
task-already-open = { $title } — и так открыта.

# Слова, в которых ничего не просят
task-small-talk-hello = Здравствуйте. Скажите, что держать в уме: «позвонить Борису завтра в 15:00» или «напомни размяться в пять». Остальное — в /help.
task-small-talk-ok = Хорошо. Если что-то появится — я здесь.
task-small-talk-signs = Слов здесь нет. Напишите, что держать в уме, например «позвонить Борису завтра в 15:00».
task-small-talk-number = Под номером { $words } ничего нет, а само по себе число может значить что угодно. Напишите его со словами: «позвонить Борису в 7».
task-small-talk-thanks = Пожалуйста. Если что-то появится — я здесь.
task-small-talk-bye = До встречи. О том, что наступит, напомню.
task-keep-button = Сделать задачей

task-which = «{ $doubt }» — что имеется в виду?
task-which-one = «{ $doubt }» — это и есть срок?
task-which-night = «{ $doubt }» — какая ночь?
task-night-button = { $from } → { $to }
task-refused = Записано: «{ $title }».
task-refused-impossible = Такой даты не бывает, поэтому срока нет.
task-refused-past = Эта дата уже прошла, поэтому срока нет.
task-refused-too_far = До этой даты слишком далеко, поэтому срока нет.
task-refused-never = Такого дня никогда не будет, поэтому срока нет.
task-refused-elsewhere = Такой повтор не ложится на часы этой группы, поэтому срока нет. Назовите его по её времени.
task-refused-rule = Правило RRULE не разобрать, поэтому срока нет. Скажите «каждый понедельник в 9» или напишите RRULE:FREQ=WEEKLY;BYDAY=MO.
task-date-not-read = Не получилось прочитать «{ $words }» как дату. Например: «завтра 15:00» или «12 марта».
task-date-refused-impossible = Дня «{ $words }» не бывает. Всё осталось как было.
task-date-refused-past = «{ $words }» уже в прошлом. Всё осталось как было.
task-date-refused-too_far = «{ $words }» — слишком далеко. Всё осталось как было.
task-date-refused-never = «{ $words }» никогда не наступит. Всё осталось как было.
task-date-refused-elsewhere = «{ $words }» не ложится на часы этой группы. Всё осталось как было; назовите по её времени.
task-date-refused-rule = Правило в «{ $words }» не разобрать. Всё осталось как было. Скажите «каждый понедельник в 9» или напишите RRULE:FREQ=WEEKLY;BYDAY=MO.

task-change-time-button = Другое время
task-set-date-button = Указать срок
task-done-button = Готово
task-reopen-button = Вернуть
task-snooze-button = Отложить
task-notes-button = Заметки
task-note-add-button = Добавить
task-note-edit-button = ✎ { $number }
task-note-remove-button = Удалить заметку
task-history-button = История
task-delete-button = Удалить
task-give-up-button = Отменить задачу
task-list-button = ◀ К списку
task-today-button = Сегодня
task-tomorrow-button = Завтра
task-next-week-button = След. неделя
task-no-date-button = Без срока
task-other-date-button = Другой день
task-week-button = Неделя
task-open-button = Все открытые
task-overdue-button = Просрочено { $count }
task-add-button = ＋ Новая
task-clear-button = Убрать
task-search-again-button = Новый поиск

task-list-open = Задачи
task-list-today = Сегодня
task-list-tomorrow = Завтра
task-list-week = Эта неделя
task-list-overdue = Просрочено
task-list-someday = Когда-нибудь
task-list-head = { $name } · { $more ->
    [yes] больше { $count }
   *[no] { $count }
}
task-list-head-overdue = { $name } · { $more ->
    [yes] больше { $count }
   *[no] { $count }
}, просрочено { $overdue }
task-list-closed-count = { $name } · { $more ->
    [yes] больше { $count }
   *[no] { $count }
}
task-list-days = { $kind ->
    [until] По { $to } включительно
   *[range] { $from } – { $to }
}
task-list-empty-open = Открытых задач нет.
task-list-empty-today = На сегодня ничего нет.
task-list-empty-tomorrow = На завтра ничего нет.
task-list-empty-week = На этой неделе ничего нет.
task-list-empty-overdue = Просроченного нет.
task-list-empty-someday = Задач без срока нет.
task-list-empty-days = { $name } — ничего нет.
task-list-empty = Здесь пусто: { $name }.
task-list-finished = { $period ->
    [today] Сделано сегодня
    [yesterday] Сделано вчера
    [week] Сделано за неделю
    [last-week] Сделано на прошлой неделе
    [month] Сделано за месяц
    [last-month] Сделано в прошлом месяце
    [year] Сделано за год
    [days] { $count ->
        [one] Сделано за { $count } день
        [few] Сделано за { $count } дня
       *[many] Сделано за { $count } дней
    }
   *[any] Сделано
}
task-list-empty-finished = { $period ->
    [today] Сегодня пока ничего не сделано.
    [yesterday] Вчера ничего не сделано.
    [week] На этой неделе пока ничего не сделано.
    [last-week] На прошлой неделе ничего не сделано.
    [month] В этом месяце пока ничего не сделано.
    [last-month] В прошлом месяце ничего не сделано.
    [year] В этом году пока ничего не сделано.
    [days] { $count ->
        [1] За последний день ничего не сделано.
        [one] За последний { $count } день ничего не сделано.
        [few] За последние { $count } дня ничего не сделано.
       *[many] За последние { $count } дней ничего не сделано.
    }
   *[any] Пока ничего не сделано.
}
task-finished-today-button = Сделано сегодня
task-finished-yesterday-button = Вчера
task-finished-week-button = За неделю
task-finished-last-week-button = Прошлая неделя
task-list-next = Дальше: { $title }, { $when }.

task-names-title-tags = Метки:
task-names-title-projects = Проекты:
task-names-empty-tags = Меток пока нет. Напишите #метка в задаче, и она появится.
task-names-empty-projects = Проектов пока нет. Первый появится так: /project 12 Сайт

task-search-title = «{ $words }»
task-search-head = { $name } · { $more ->
    [yes] найдено больше { $count }
   *[no] найдено { $count }
}
task-search-none = По запросу { $name } ничего нет.
task-search-unread = Не понял { $filters }, искал без этого.
task-search-ask = Что найти? Слова или условия: этап:открытые важность:важно метка:продажи клиент:акме срок:неделя создано:сегодня

task-ask-when = Какой срок?
task-ask-priority = Насколько это важно?
task-ask-status = На каком этапе?
task-ask-field = Что изменить?
task-ask-title = Напишите новое название.
task-ask-due = Какой срок? Например: «завтра 15:00», «12 марта», «через 3 дня».
task-ask-start = С какого дня за это браться? Напишите день.
task-ask-tags = Напишите метки, например «продажи срочно». Они заменят прежние.
task-ask-project = Какой проект? Новое имя создаст новый.
task-ask-client = Какой клиент? Новое имя создаст нового.
task-ask-estimate = Сколько времени займёт? Например: «30м» или «2ч».
task-ask-notes = Напишите описание. Оно заменит прежнее.
task-ask-note = Напишите заметку.
task-ask-note-edit = Напишите заметку заново.
task-ask-repeat = Как часто? Например: «каждый понедельник», «каждые 2 недели», «каждый месяц 31-го».
task-ask-known = Уже есть: { $names }
task-field-title = Название
task-field-due = Срок
task-field-priority = Важность
task-field-status = Этап
task-field-tags = Метки
task-field-project = Проект
task-field-client = Клиент
task-field-assignee = Исполнитель
task-field-estimate = Оценка
task-field-start = Начало
task-field-repeat = Повтор
task-field-notes = Описание
task-field-note = Заметка
task-choose = { $verb ->
    [done] Что сделано?
    [reopen] Что вернуть?
    [delete] Что удалить?
    [due] У чего меняется срок?
    [move] У чего меняется срок?
    [note] К чему заметка?
   *[open] Что именно?
}
task-choose-among = { $verb ->
    [done] Подходит несколько: «{ $words }». Что сделано?
    [reopen] Подходит несколько: «{ $words }». Что вернуть?
    [delete] Подходит несколько: «{ $words }». Что удалить?
    [due] Подходит несколько: «{ $words }». У чего меняется срок?
    [move] Подходит несколько: «{ $words }». У чего меняется срок?
    [note] Подходит несколько: «{ $words }». К чему заметка?
   *[open] Подходит несколько: «{ $words }». Что именно?
}
task-guide-title = Что нужно сделать? В словах могут быть дата, #метка, !важно и @клиент.
task-none-to-choose = Выбирать не из чего: задач нет.
task-no-match = Ничего с названием «{ $words }» нет.
task-cancelled-question = Оставлено как было.

task-notes-title = 💬 { $title } · { $count ->
    [one] { $count } заметка
    [few] { $count } заметки
   *[many] { $count } заметок
}
task-notes-empty = Заметок пока нет. Ответ на карточку добавит первую.
task-note-edited = (изменено)
task-history-title = { $title } · история
task-history-change = { $field }: { $before } → { $after }
task-history-changed = { $field }: текст изменён

task-error-title = Задаче нужно название. Напишите несколько слов.
task-error-tags = Меток больше { $most }. Оставьте главные.
task-error-date = Такого дня или времени нет. Например: «завтра 15:00» или «12 марта».
task-error-estimate = Не получилось прочитать это как длительность. Например: «30м» или «2ч».
task-error-no-part = «{ $title }» и так не входит в «{ $parent }».
task-error-priority = Важность бывает такой: не к спеху, обычная, важно, критично, срочно.
task-error-status = Этап бывает такой: к выполнению, в работе, на проверке, ждёт, сделано, отменено.
task-error-note = В заметке пусто. Напишите несколько слов.
task-error-note-long = В заметку помещается не больше { $most } знаков.
task-error-repeat = Не понял, как часто. Например: «каждый понедельник» или «каждые 2 недели».

# Подзадачи и что чего ждёт
task-progress = подзадачи: { $done } из { $count }
task-part-of = Часть { $name }
task-part-made = Подзадача к «{ $title }»:
task-parts-empty = Подзадач пока нет.
task-parts-button = Подзадачи
task-part-add-button = ＋ Подзадача
task-part-out-button = Отдельно
task-all-parts-button = Все { $count }
task-ask-part = Что сюда входит? Напишите подзадачу или #15, если такая задача уже есть.
task-and-more = и ещё { $count }
task-ask-parts = { $title } — { $count ->
    [one] не сделана { $count } подзадача
    [few] не сделаны { $count } подзадачи
   *[many] не сделано { $count } подзадач
}:
task-done-all-button = Закрыть все
task-done-only-button = Только эту
task-cancelled-all-button = Отменить все
task-cancelled-parts = { $count ->
    [one] Отменена и { $count } подзадача.
    [few] Отменены и { $count } подзадачи.
   *[many] Отменены и { $count } подзадач.
}
task-done-parts = { $count ->
    [one] и { $count } подзадача
    [few] и { $count } подзадачи
   *[many] и { $count } подзадач
}
task-parts-ready = Все подзадачи #{ $number } { $title } сделаны.
task-parts-stay = { $count ->
    [one] Осталась открытой { $count } подзадача.
    [few] Остались открытыми { $count } подзадачи.
   *[many] Остались открытыми { $count } подзадач.
}
task-removed-with = Удалено: { $title }, а с ней { $what }.
task-count-subtasks = { $count ->
    [one] { $count } подзадача
    [few] { $count } подзадачи
   *[many] { $count } подзадач
}
task-count-notes = { $count ->
    [one] { $count } заметка
    [few] { $count } заметки
   *[many] { $count } заметок
}
task-count-reminders = { $count ->
    [one] { $count } напоминание
    [few] { $count } напоминания
   *[many] { $count } напоминаний
}
task-blocked-by = 🔒 Ждёт: { $names }
task-holds-up = Её ждут: { $names }
task-freed = Дальше: #{ $number } { $title } — можно начинать.
task-free = { $title } — можно начинать.
task-waits-title = 🔒 Ждёт
task-waits-empty = Ничего не ждёт.
task-waits-button = Ждёт
task-wait-add-button = ＋ Чего ждёт
task-ask-wait = Что нужно сделать раньше? Напишите номер или название задачи.
task-error-own-part = Задача не может быть частью самой себя.
task-error-part-circle = «{ $parent }» — часть «{ $title }», наоборот уже не получится.
task-error-part-closed = «{ $parent }» уже закрыта. Верните её в работу, чтобы дополнить.
task-error-part-deep = Подзадачи вкладываются не глубже { $most } уровней. Всё осталось на месте.
task-error-part-many = У «{ $parent }» уже { $most } подзадач, больше нельзя.
task-error-circle-again = С тем, что поменялось позже, получился бы круг. Ничего не изменено.
task-error-waits-itself = Задача не может ждать саму себя.
task-error-waits-already = «{ $title }» уже ждёт «{ $blocker }».
task-error-waits-circle = #{ $other } { $blocker } сама ждёт #{ $number } { $title }, наоборот уже не получится.
task-error-waits-whole = «{ $title }» — часть «{ $blocker }», ждать её она не может.
task-error-waits-many = Задача может ждать не больше { $most } других.
task-error-waits-not = «{ $title }» не ждёт «{ $blocker }».
task-error-link-reminder = #{ $number } — напоминание. Назовите задачу.
task-error-which = Так называются несколько («{ $words }»): { $list }. Напишите номер.

# Много задач сразу
task-suggest-words = Судя по словам, важность — { $level }.
task-suggest-overdue = Срок прошёл: важность — { $level }.
task-suggest-soon = Срок близко: важность — { $level }.
task-suggest-awaited = Её ждут другие: важность — { $level }.
task-suggest-undated = Без срока, и никто её не ждёт: важность — { $level }.
task-suggest-none = Важность похожа на верную: { $level }.

task-bulk-ask = Какие задачи? Напишите номера («1,2,5-7») или слова и условия («метка:продажи важность:важно»).
task-bulk-chosen = { $count ->
    [0] Таких задач нет.
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}
task-bulk-how = Сначала какие, потом что изменить: «/bulk 1,2 важность важно», «/bulk метка:продажи срок пятница».
task-bulk-found-button = Изменить все { $count }
task-bulk-missing = Нет задач с номерами: { $numbers }.
task-bulk-status-button = Этап
task-bulk-priority-button = Важность
task-bulk-tag-button = Метки
task-bulk-project-button = Проект
task-bulk-client-button = Клиент
task-bulk-due-button = Срок
task-bulk-estimate-button = Оценка
task-bulk-start-button = Начало
task-bulk-assign-button = Поручить
task-bulk-delete-button = Удалить
task-bulk-value-status = На каком этапе они?
task-bulk-value-priority = Насколько это важно?
task-bulk-value-tag = Какие метки? «+продажи -старое» — одну добавить, другую убрать.
task-bulk-value-project = Какой проект? Новое название создаст новый, «нет» — убрать из проекта.
task-bulk-value-client = Какой клиент? Новое имя создаст нового, «нет» — убрать.
task-bulk-value-due = К какому сроку? Нажмите или напишите «пятница 15:00».
task-bulk-value-estimate = Сколько займёт каждая? «30м», «2ч» или «нет».
task-bulk-value-start = Не раньше какого дня? Нажмите или напишите «понедельник».
task-bulk-value-assign = Кому их поручить? Нажмите или напишите имя.
task-bulk-confirm-status = Этап «{ $value }»: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}. Поставить?
task-bulk-confirm-priority = Важность «{ $value }»: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}. Поставить?
task-bulk-confirm-tag = Метки { $value }: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}. Изменить?
task-bulk-confirm-project = В проект «{ $value }»: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}. Перенести?
task-bulk-confirm-project-none = Без проекта: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}. Убрать?
task-bulk-confirm-client = Клиент «{ $value }»: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}. Назначить?
task-bulk-confirm-client-none = Без клиента: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}. Убрать?
task-bulk-confirm-due = Перенести { $count ->
    [one] { $count } задачу
    [few] { $count } задачи
   *[many] { $count } задач
} на { $value }?
task-bulk-confirm-due-none = Без срока: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}. Убрать?
task-bulk-confirm-estimate = Оценка { $value }: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}. Поставить каждой?
task-bulk-confirm-estimate-none = Без оценки: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}. Убрать?
task-bulk-confirm-start = Не раньше — { $value }: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}. Отложить?
task-bulk-confirm-start-none = Без даты начала: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}. Убрать?
task-bulk-confirm-assign = { $value }: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}. Поручить?
task-bulk-confirm-assign-none = Никому не поручено: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}. Снять?
task-bulk-confirm-delete = Удалить { $count ->
    [one] { $count } задачу
    [few] { $count } задачи
   *[many] { $count } задач
}?
task-bulk-parts-stay = У { $count } из них есть открытые подзадачи: они останутся.
task-bulk-parts-go = У { $count } из них есть открытые подзадачи: они тоже уйдут.
task-bulk-series-ask = { $count ->
    [one] 🔁 { $count } из них повторяется: только эту или все следующие тоже?
   *[other] 🔁 { $count } из них повторяются: только эти или все следующие тоже?
}
task-bulk-series-next = { $count ->
    [one] 🔁 { $count } из них повторяется: откроется следующая.
   *[other] 🔁 { $count } из них повторяются: откроются следующие.
}
task-bulk-series-one = { $count ->
    [one] 🔁 { $count } из них повторяется: переносится только эта.
   *[other] 🔁 { $count } из них повторяются: переносятся только эти.
}
task-bulk-series-undated = { $count ->
    [one] 🔁 { $count } из них повторяется: она будет ждать новой даты.
   *[other] 🔁 { $count } из них повторяются: они будут ждать новой даты.
}
task-bulk-opened = { $count ->
    [one] 🔁 Открыта следующая задача { $count } серии.
   *[other] 🔁 Открыты следующие задачи { $count } серий.
}
task-bulk-only-button = { $count ->
    [1] Только эту
   *[other] Только эти
}
task-bulk-yes-button = { $count ->
    [1] Да, её
    [2] Да, обе
   *[other] Да, все { $count }
}
task-bulk-done = { $count ->
    [0] Ничего не изменилось.
   *[other] { $what ->
        [delete] Удалено: { $count }
       *[other] ✅ Изменено: { $count }
    }
}
task-bulk-same = Уже было так: { $count }.
task-bulk-failed = ⚠️ #{ $number } { $title }: { $reason }
task-error-bulk-many = Это больше { $most } задач. Уточните фильтром.
task-error-bulk-gone = Уже не помню, какие задачи имелись в виду. Выберите их снова: /bulk.
task-error-bulk-tag = Назовите хотя бы одну метку: «+продажи» добавит её, «-продажи» уберёт.
task-error-filter = Не получилось прочитать { $filters }. Условия: этап: важность: метка: проект: клиент: срок: создано: завершено: — например, срок:неделя или важность:важно.

# Сохранённые фильтры
task-filters-title = Сохранённые фильтры
task-filter-deleted = Удалён фильтр { $name }.
task-filters-empty = Сохранённых фильтров пока нет.
task-filters-how = «/filters сохранить горящее важность:срочно» сохранит фильтр; под найденным для этого есть кнопка.
task-filter-row = { $name }: { $query }
task-filter-saved = Сохранено как { $name }: { $query }
task-filter-save-button = Сохранить
task-filter-remove-button = Убрать один
task-filter-ask-name = Под каким именем?
task-filter-hint-status = этап: — открытые, закрытые, сделано, отменено, ждёт; в кавычках "в работе" или "на проверке".
task-filter-hint-priority = важность: — срочно, критично, важно, обычно, можно и >=важно.
task-filter-hint-tag = метка: — метка или несколько, из которых хватит одной: метка:дом,работа.
task-filter-hint-project = проект: — проект; если слов несколько, в кавычках.
task-filter-hint-client = клиент: — клиент; если слов несколько, в кавычках.
task-filter-hint-due = срок: — сегодня, завтра, неделя, месяц, просрочено, нет, дата (2026-03-12) или промежуток (2026-03-01..2026-03-31).
task-filter-hint-created = создано: — сегодня, вчера, неделя, месяц, дата (2026-03-12) или промежуток (2026-03-01..2026-03-31).
task-error-filter-name = Фильтру нужно имя не длиннее { $most } знаков.
task-error-filter-empty = Здесь нечего искать. Напишите слова или фильтры.
task-error-filter-many = Фильтров уже { $most }. Сначала уберите какой-нибудь.
task-error-filter-unknown = Фильтра «{ $name }» нет. Список — /filters.

# Шаблоны
task-templates-title = Шаблоны
task-template-deleted = Удалён шаблон { $name }.
task-templates-empty = Шаблонов пока нет.
task-templates-how = «/template сохранить 12 переезд» сохранит задачу 12 с подзадачами, «/template переезд пятница» создаст их заново.
task-template-row = { $name }{ $count ->
    [0] { "" }
    [one] { " " }· { $count } подзадача
    [few] { " " }· { $count } подзадачи
   *[many] { " " }· { $count } подзадач
}
task-template-saved = Сохранено как шаблон: { $name }{ $count ->
    [0] { "" }
    [one] { " " }· { $count } подзадача
    [few] { " " }· { $count } подзадачи
   *[many] { " " }· { $count } подзадач
}
task-template-replaces = Прежний шаблон с этим названием заменён.
task-template-button = В шаблон
task-template-when = На какой день? Нажмите или напишите: остальные сроки сдвинутся вместе с ним.
task-error-template-name = Шаблону нужно имя не длиннее { $most } знаков.
task-error-template-large = В шаблоне может быть не больше { $most } задач.
task-error-template-many = Шаблонов уже { $most }. Сначала уберите какой-нибудь.
task-error-template-unknown = Шаблона «{ $name }» нет. Список — /template.
task-error-template-which = Какую задачу? «/template сохранить 12 переезд» или ответом на её карточку.

action-task-create = Добавлено: «{ $title }»
action-task-create-undone = «{ $title }» больше нет в списке.
action-task-update = Изменено: «{ $title }»
action-task-update-undone = «{ $title }» — снова как раньше.
action-task-field = { $field ->
    [tags] Новые метки: «{ $title }»
    [project] Другой проект: «{ $title }»
    [client] Другой клиент: «{ $title }»
    [estimate] Другая оценка: «{ $title }»
    [notes] Другое описание: «{ $title }»
   *[repeat] Другие повторы: «{ $title }»
}
action-task-field-undone = { $field ->
    [tags] У «{ $title }» снова прежние метки.
    [project] У «{ $title }» снова прежний проект.
    [client] У «{ $title }» снова прежний клиент.
    [estimate] У «{ $title }» снова прежняя оценка.
    [notes] У «{ $title }» снова прежнее описание.
   *[repeat] «{ $title }» повторяется как раньше.
}
action-task-title = Новое название: «{ $title }»
action-task-title-undone = У «{ $title }» снова прежнее название.
action-task-due = Новый срок: «{ $title }»
action-task-due-undone = У «{ $title }» снова прежний срок.
action-task-priority = Новая важность: «{ $title }»
action-task-priority-undone = У «{ $title }» снова прежняя важность.
action-task-status = Новый этап: «{ $title }»
action-task-status-undone = У «{ $title }» снова прежний этап.
action-task-complete = Сделано: «{ $title }»
action-task-complete-undone = { $title } — снова в работе.
action-task-reopen = Возвращено: «{ $title }»
action-task-reopen-undone = { $title } — снова закрыто.
action-task-cancel = Отменено: «{ $title }»
action-task-cancel-undone = { $title } — снова в работе.
action-task-assign = { $to ->
    [nobody] «{ $title }» теперь ничья
   *[somebody] «{ $title }» — исполнитель { $name }
}
action-task-assign-undone = У «{ $title }» прежний исполнитель.
action-task-move = { $where ->
    [group] «{ $title }» перенесено в чат { $group }
   *[own] «{ $title }» перенесено в личный список
}
action-task-move-undone = «{ $title }» снова здесь.
action-task-delete = Удалено: «{ $title }»
action-task-delete-undone = { $title } — снова на месте.
action-task-complete-all = Сделано и с { $count ->
    [1] подзадачей
    [one] { $count } подзадачей
    [few] { $count } подзадачами
   *[many] { $count } подзадачами
}: «{ $title }»
action-task-complete-all-undone = { $title } — снова в работе, и с ней { $count ->
    [one] { $count } подзадача
    [few] { $count } подзадачи
   *[many] { $count } подзадач
}.
action-task-complete-several = Сделано: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}
action-task-complete-several-undone = Снова в работе: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}.
action-task-reopen-several = Возвращено: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}
action-task-reopen-several-undone = Снова закрыто: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}.
action-task-part = «{ $title }» — теперь часть «{ $parent }»
action-task-part-undone = «{ $title }» снова там, где была.
action-task-part-out = «{ $title }» — теперь сама по себе
action-task-part-out-undone = «{ $title }» снова там, где была.
action-task-depend = «{ $title }» ждёт: { $others }
action-task-depend-undone = «{ $title }» ждёт того же, что и раньше.
action-task-release = «{ $title }» больше не ждёт: { $others }
action-task-release-undone = «{ $title }» ждёт того же, что и раньше.
action-task-bulk = { $what ->
    [status] Новый этап
    [priority] Новая важность
    [tag] Новые метки
    [project] Новый проект
    [client] Новый клиент
    [due] Новый срок
    [estimate] Новая оценка
    [start] Новое начало
    [assign] Поручено
   *[delete] Удалено
}: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}
action-task-bulk-undone = { $what ->
    [delete] Снова на месте
   *[other] Снова как было
}: { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}.
action-task-filter = Сохранён фильтр «{ $name }»
action-task-filter-undone = Фильтр «{ $name }» такой, как был.
action-task-filter-delete = Убран фильтр «{ $name }»
action-task-filter-delete-undone = Фильтр «{ $name }» снова есть.
action-task-template = Сохранён шаблон «{ $name }»
action-task-template-undone = Шаблон «{ $name }» такой, как был.
action-task-template-delete = Убран шаблон «{ $name }»
action-task-template-delete-undone = Шаблон «{ $name }» снова есть.
action-task-template-use = По шаблону: «{ $title }», { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}
action-task-template-use-undone = «{ $title }» убрана, { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[many] { $count } задач
}.
action-task-note = Заметка к «{ $title }»
action-task-note-undone = Заметка к «{ $title }» убрана.
action-task-note-edit = Изменена заметка к «{ $title }»
action-task-note-edit-undone = Заметка к «{ $title }» — снова прежняя.
action-task-note-delete = Удалена заметка к «{ $title }»
action-task-note-delete-undone = Заметка к «{ $title }» снова на месте.

command-add = Записать задачу
command-add-examples =
    /add позвонить Бобу завтра в 15 !высокий
    /add -- слова как есть
    /add
command-list = Все открытые задачи, или по метке, клиенту, проекту, этапу, дню
command-list-examples =
    /list
    /list #продажи
    /list в работе
    /list пятница
command-today = Что на сегодня
command-today-examples =
    /today
command-week = Что на этой неделе
command-week-examples =
    /week
command-overdue = Что просрочено
command-overdue-examples =
    /overdue
command-someday = Задачи без срока
command-someday-examples =
    /someday
command-search = Найти задачи по словам и условиям
command-search-examples =
    /search договор акме
    /search важность:важно срок:неделя
command-filters = Сохранённые поиски
command-filters-examples =
    /filters
    /filters сохранить важное метка:продажи
    /filters удалить важное
command-task = Показать задачу
command-task-examples =
    /task 12
command-done = Отметить сделанной
command-done-examples =
    /done 12
    /done 12 15
    /done позвонить Бобу
command-reopen = Вернуть в работу
command-reopen-examples =
    /reopen 12
command-edit = Изменить задачу
command-edit-examples =
    /edit 12
    /edit 12 Позвонить Борису
command-due = Указать срок
command-due-examples =
    /due 12 завтра в 15:00
    /due 12 нет
command-priority = Назначить важность
command-priority-examples =
    /priority 12 высокий
command-set_status = Назначить этап
command-set_status-examples =
    /set_status 12 в работе
command-tag = Метки задачи или список по метке
command-tag-examples =
    /tag 12 продажи
    /tag 12 -продажи
    /tag
command-project = Проект задачи или список проекта
command-project-examples =
    /project 12 Сайт
    /project
    /project rename Сайт Портал
command-assign_client = Клиент задачи
command-assign_client-examples =
    /assign_client 12 Акме
command-estimate = Сколько займёт задача
command-estimate-examples =
    /estimate 12 30м
command-defer = С какого дня браться
command-defer-examples =
    /defer 12 понедельник
command-assign_to = Поручить задачу кому-то из группы
command-assign_to-examples =
    /assign_to 12 Анне
    /assign_to 12 мне
    /assign_to 12
command-mine = Что поручено вам в группах
command-mine-examples = /mine
command-subtask = Добавить подзадачу или показать их
command-subtask-examples =
    /subtask 12 купить краску
    /subtask 12 #15
    /subtask 12
command-depend = Указать, чего ждёт задача
command-depend-examples =
    /depend 12 от 15
    /depend 12 -15
    /depend 12
command-note = Добавить или прочитать заметки
command-note-examples =
    /note 12 Боб просил к пятнице
command-bulk = Изменить много задач сразу
command-bulk-examples =
    /bulk 1,2,3
    /bulk метка:продажи срок пятница
    /bulk просроченные важность важно
    /bulk
command-template = Сохранить задачу как шаблон или создать по нему
command-template-examples =
    /template
    /template сохранить 12 онбординг
    /template онбординг пятница
    /template удалить онбординг
command-delete = Удалить задачу
command-delete-examples =
    /delete 12

# Чья задача в группе
task-ask-assignee = Кто займётся?
task-assign-unknown = Среди тех, кому здесь открыт доступ, никого с именем «{ $name }» не знаю: нужно хоть раз обратиться ко мне в этой группе.
task-assign-client-hint = Это клиент? /assign_client { $number } { $name }
task-assign-nobody-button = Никто
task-assign-button = Поручить
task-assign-gone = Этого человека в группе больше нет.
task-given = { $by } поручает вам в чате { $group }:
task-given-several = { $by } поручает вам { $count ->
    [one] { $count } задачу
    [few] { $count } задачи
   *[many] { $count } задач
} в чате { $group }:
task-given-button = В группе
task-mine-none = В ваших группах вам ничего не поручено.
task-moved = { $where ->
    [group] { $title } теперь в чате { $group }, под номером #{ $number }.
   *[own] { $title } теперь в вашем списке, под номером #{ $number }.
}
task-moved-here = { $by } переносит сюда:

# Headers of the tables of filters and templates
task-column-query = Что ищет
task-column-parts = Подзадач
