# Как дела у Steward и что пошло не так.

command-status = Как у меня дела и что вас ждёт
command-status-examples =
    /status
command-errors = Сохранённые ошибки и их коды
command-errors-examples =
    /errors
    /errors 7F3K

status-all-well = Всё работает.
status-needs-attention = ⚠️ Кое-что требует внимания.
status-part-telegram = Telegram: { $state ->
    [ok] на связи
    [degraded] отвечает плохо, сообщения могут задержаться
   *[down] недоступен; ничего не потеряно, всё уйдёт, когда он вернётся
}
status-part-database = База данных: { $state ->
    [ok] работает
    [degraded] отвечает медленно
   *[down] недоступна
}
status-part-queue = Фоновая работа: { $state ->
    [ok] идёт
    [degraded] отстаёт
   *[down] стоит
}
status-part-inbox = Сообщения мне: { $state ->
    [ok] все разобраны
    [degraded] некоторые ждут дольше обычного
   *[down] ждут
}
status-part-deliveries = Напоминания и ответы: { $state ->
    [ok] уходят вовремя
    [degraded] часть опаздывает или не ушла
   *[down] не уходят
}
status-part-backups = Резервные копии: { $state ->
    [ok] по плану
    [degraded] ⚠️ требуют внимания
   *[down] не делаются
}
status-part-other = ⚠️ { $name ->
    [migrations] Таблицы базы
    [poller] Получение сообщений
    [loops] Регулярные дела
    [eventLoop] Время процессора
    [disk] Диск
    [memory] Память
   *[other] { $name }
}: { $state ->
    [degraded] требует внимания
   *[down] не работает
}

status-own-waiting = Напоминаний для вас впереди: { $count }.
status-own-next = Напоминаний для вас впереди: { $count }, ближайшее { $when }.
status-own-held = Ждёт конца тихого времени: { $count }.
status-own-late = ❗ Опаздывает: { $count }.
status-own-unknown = Возможно, доставлено — ответ Telegram потерялся: { $count }.
status-own-failed = ⚠️ Не доставлено за неделю: { $count }, последнее было на { $when }.
status-unreachable = ⚠️ { $whose ->
    [group] Telegram не пускает меня в группу { $name } с { $when }.
    [named] Telegram не пускает меня в чат ({ $name }) с { $when }.
   *[own] Telegram не пускает меня в один из чатов с { $when }.
}
status-no-errors = Сохранённых ошибок нет.
status-errors = Сохранено ошибок: { $kinds ->
    [one] { $kinds } вид
    [few] { $kinds } вида
   *[many] { $kinds } видов
}, последняя { $when }.{ $unseen ->
    [0] {""}
   *[other] {" "}Ещё не просмотрено: { $unseen }.
}
status-version = Версия { $version }
status-technical-pool = соединения: открыто { $total }, свободно { $idle }, ждут { $waiting }
status-technical-memory = память: { $megabytes } МБ
status-technical-uptime = работает { $duration }
status-again-button = Обновить
status-errors-button = Ошибки

status-errors-title = { $kinds ->
    [one] { $kinds } вид ошибок
    [few] { $kinds } вида ошибок
   *[many] { $kinds } видов ошибок
}
status-error-count = { $count ->
    [one] { $count } раз
    [few] { $count } раза
   *[many] { $count } раз
}
status-error-seen = { $first } — { $last }
status-error-ref = Код { $ref }
status-error-source = Место в коде: { $source }
status-error-older = Прежние коды: { $refs }
status-error-log = Подробности в журнале: ищите по коду.
status-error-unknown = Под кодом { $ref } ошибок нет.
status-seen-button = Просмотрено
status-all-seen-button = Просмотрены все
status-new-version = Теперь работает Steward { $version } (раньше { $before }).
status-new-version-what = Что изменилось:
status-disk-low = ⚠️ Мой диск почти полон: осталось { $free } МБ. Без места ответы и напоминания запаздывают, освободите его, пожалуйста, поскорее.
status-disk-full = ⚠️ Мой диск полон: осталось { $free } МБ. Пока место не освободится, ответы и напоминания могут запаздывать. Ничего из написанного не пропадёт.
status-disk-was-full = ⚠️ Мой диск был полон, поэтому ответы и напоминания запаздывали. Ничего из написанного не пропало. Место снова есть: { $free } МБ.
status-new-errors = ⚠️ { $count ->
    [1] Новая ошибка. Она сохранена в /errors, второй раз сообщать не буду.
    [one] { $count } новая ошибка. Они сохранены в /errors, второй раз сообщать не буду.
    [few] { $count } новые ошибки. Они сохранены в /errors, второй раз сообщать не буду.
   *[many] { $count } новых ошибок. Они сохранены в /errors, второй раз сообщать не буду.
}

# After the person's chat refused us for a while
status-missed = { $count ->
    [one] { $count } напоминание не дошло: этот чат был для меня закрыт.
    [few] { $count } напоминания не дошли: этот чат был для меня закрыт.
   *[many] { $count } напоминаний не дошло: этот чат был для меня закрыт.
}
status-missed-more = и ещё { $count }
