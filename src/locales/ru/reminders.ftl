# Напоминания: пришедшие, новые, список, ответы; почему напоминание пришло или нет.

command-remind = Напомнить о чём-нибудь, разово или регулярно
command-remind-examples =
    /remind позвонить Бобу завтра в 15:00
    /remind размяться каждый день в 9
    /remind 12 за 30 минут
    /remind чай в 15:00 повторять 10 м
command-reminders = О чём я напомню
command-reminders-examples =
    /reminders
    /reminders 12
    /reminders статистика
command-snooze = Напомнить позже
command-snooze-examples =
    /snooze 12 2 ч
    /snooze 12 завтра в 9
command-skip = Пропустить следующий раз: напоминание или повторяющуюся задачу
command-skip-examples =
    /skip 12
command-pause = Пауза до дня: напоминания, повторяющейся задачи или всего сразу
command-pause-examples =
    /pause 12
    /pause все до понедельника
    /pause все снять
command-why = Когда напоминание пришло и почему не пришло
command-why-examples =
    /why 12

# Пришло напоминание
reminder-fired = ⏰ { $title }{ $repeat }
reminder-fired-repeat = { " (повтор)" }
reminder-fired-late = ⏰ { $title }{ $repeat } — срок был { $due }, связи не было до { $until }
reminder-fired-delayed = ⏰ { $title }{ $repeat } — срок был { $due }, Telegram принял только в { $until }
reminder-fired-held = ⏰ { $title }{ $repeat } — срок был { $due }
reminder-fired-nag = ⏰ { $title }{ $repeat } — без ответа, срок был { $due }, повтор { $number } из { $times }
reminder-fired-task-due = 📅 { $due }
reminder-fired-task = К задаче #{ $number } { $title }
reminder-fired-client = 👤 { $client }
reminder-fired-for = 🙋 { $name }
reminder-fired-missed = Пропущены также: { $times }{ $more }
reminder-fired-missed-more = { $capped ->
    [yes] { " и ещё не меньше" } { $count }
   *[no] { " и ещё" } { $count }
}
reminder-gathered = { $count ->
    [one] 🔕 За тихое время накопилось { $count } напоминание
    [few] 🔕 За тихое время накопилось { $count } напоминания
   *[many] 🔕 За тихое время накопилось { $count } напоминаний
}
reminder-gathered-more = … и ещё { $count } в /reminders
reminder-gathered-row = { $sign } { $number }  { $title }
reminder-gathered-sign = { $sign ->
    [closed] ✅
    [snoozed] 💤
   *[open] ⏰
}
reminder-gathered-earlier = { $count ->
    [one] до этого ещё { $count } раз
    [few] до этого ещё { $count } раза
   *[many] до этого ещё { $count } раз
}
reminder-gathered-until = снова { $until }
reminder-gathered-done-button = ✅ { $number }

reminder-done-button = Готово
reminder-open-button = Открыть
reminder-mute-button = 🔕 Без звука
reminder-snooze-10m-button = 10 мин
reminder-snooze-1h-button = 1 час
reminder-snooze-tonight-button = Вечером
reminder-snooze-tomorrow-button = Завтра

# Ответы
reminder-done = ✅ { $title }
reminder-done-next = ✅ { $title }. Следующий раз: { $when }.
reminder-done-before = { $title }: уже сделано.
reminder-nothing-open = { $title }: отвечать не на что.
reminder-nothing-open-next = { $title }: сейчас отвечать не на что. Следующий раз — { $when }.
reminder-snoozed = ⏰ { $title }: отложено на { $when }.
reminder-silenced = 🔕 { $title }: больше не напоминаю. Вернуть можно в /reminders.
reminder-noted = 💬 Записано к «{ $title }».
reminder-kept = Оставлено как есть.
reminder-gone = Это напоминание удалено. Вернуть можно командой /undo.
reminder-tonight-is-over = Вечерний час уже прошёл. Выберите другое время.
reminder-answered = { $state ->
    [acknowledged] Это уже сделано.
    [snoozed] Это уже отложено.
   *[other] Это уже закрыто.
}

# Карточка
reminder-title = ⏰ { $title }  #{ $number }
reminder-when = 📅 { $when }
reminder-unanswered = ❗ без ответа, было { $when }
reminder-without-time-due = срока пока нет
reminder-without-time-over = больше не придёт
reminder-rule = 🔁 { $rule }
reminder-when-due = в срок задачи
reminder-before = за { $length } до срока
reminder-paused = ⏸ на паузе
reminder-paused-until = ⏸ на паузе до { $day }
reminder-muted = 🔕 без звука
reminder-urgent = 🔴 срочное
reminder-nags = пока нет ответа, повтор через { $length }, не больше { $count ->
    [one] { $count } раза
   *[many] { $count } раз
}
reminder-nag-button = Повторять
reminder-nag-choice-button = { $length } × { $count }
reminder-nag-off-button = Только раз
reminder-urgent-button = 🔴 Срочное
reminder-not-urgent-button = Не срочное
reminder-urgent-waits = В тихое время оно всё равно ждёт. Пропускать: /quiet срочные вкл
reminder-ask-nag = { $title }: как часто повторять, пока вы не ответите?
reminder-ask-nag-hint = Словами: /remind позвонить Бобу в 15:00 повторять каждые 10 мин 5 раз. В тихое время повторов нет.
reminder-skips-late = пропускается при опоздании больше часа
reminder-of-task = К задаче #{ $number } { $title }
reminder-then = Потом { $dates }
reminder-change-time-button = Другое время
reminder-change-text-button = Другой текст
reminder-why-button = Почему?
reminder-set-pause-button = ⏸ Пауза
reminder-set-resume-button = Продолжить
reminder-set-skip-button = Пропустить раз
reminder-set-mute-button = 🔕 Без звука
reminder-set-unmute-button = Со звуком
reminder-set-late-send-button = Слать поздно
reminder-set-late-skip-button = Поздно пропускать
reminder-set-delete-button = Удалить

reminder-set-pause = ⏸ { $title }: пауза. Следующий раз: { $when }.
reminder-set-pause-open = ⏸ { $title }: пауза, пока не продолжите.
reminder-set-resume = ⏰ { $title }: продолжаю, { $when }.
reminder-left-out = ⏰ { $title }: пропущено.
reminder-left-out-next = ⏰ { $title }: в этот раз пропущено. Потом { $when }.
reminder-set-skip = ⏰ { $title }: ближайший раз пропущен. Потом { $when }.
reminder-set-skip-last = ⏰ { $title }: пропущено. Больше не придёт.
reminder-set-mute = 🔕 { $title }: без звука.
reminder-set-unmute = ⏰ { $title }: снова напоминаю.
reminder-set-late-send = ⏰ { $title }: придёт и с опозданием, с пометкой.
reminder-set-late-skip = ⏰ { $title }: при опоздании больше часа не придёт.
reminder-set-delete = Напоминание удалено: { $title }.

# Список
reminders-title = Напоминания
reminders-empty = Напоминать пока не о чем.
reminders-empty-hint = Напишите: «напомни позвонить Бобу завтра в 15:00».
reminders-row = { $sign } { $number }  { $title } { $when }
reminders-sign = { $sign ->
    [unanswered] ❗
    [paused] ⏸
    [muted] 🔕
    [series] 🔁
   *[once] ⏰
}
reminders-which = Какое из них «{ $words }»?
reminders-figures-button = Статистика
reminders-add-button = ＋ Новое
reminders-name-one = О каком речь? Напишите номер или слово из него.
reminders-nothing-repeats = Пока ничего не повторяется. Напишите: «поливать цветы каждый понедельник в 9».
reminders-none-of-task = У #{ $number } напоминаний нет. /remind { $number } завтра 9 — и будет.
reminder-everything-ask = Что поставить на паузу? Одно: «/pause 12 до понедельника». Или сразу всё:
reminder-everything-ask-hint = Напоминания и повторяющиеся задачи замрут. Утром в день возвращения расскажу, что накопилось.
reminder-everything-tomorrow-button = До завтра
reminder-everything-monday-button = До понедельника
reminder-everything-week-button = На неделю
reminder-everything-open-button = Без срока
reminder-everything-end-button = Снять паузу
reminder-everything-paused = ⏸ Всё на паузе до { $day }.
reminder-everything-paused-open = ⏸ Всё на паузе, пока вы её не снимете.
reminder-everything-reminders = { $count ->
    [one] { $count } напоминание замерло
    [few] { $count } напоминания замерли
   *[many] { $count } напоминаний замерли
}
reminder-everything-tasks = { $count ->
    [one] { $count } повторяющаяся задача отложена
    [few] { $count } повторяющиеся задачи отложены
   *[many] { $count } повторяющихся задач отложено
}
reminder-everything-back = Тем утром расскажу, что накопилось. Хорошего отдыха.
reminder-everything-back-open = Вернётесь — /pause all off, и я расскажу, что накопилось.
reminder-everything-none = Ничего не было на паузе.
reminder-return = ⏸ Пауза закончилась.
reminder-waited = { $count ->
    [one] Ждало { $count } напоминание:
    [few] Ждали { $count } напоминания:
   *[many] Ждали { $count } напоминаний:
}
reminder-waited-tasks = { $count ->
    [one] Подошёл срок { $count } задачи:
   *[many] Подошёл срок { $count } задач:
}
reminder-waited-tasks-more = … и ещё { $count } в /overdue
reminder-waited-nothing = За время паузы ничего не было.
reminder-waited-row = { $sign } { $number }  { $title }
reminder-waited-at = срок был { $at }
reminder-waited-times = { $capped ->
    [yes] пропущено раз: не меньше { $count }
   *[no] { $count ->
        [one] пропущено { $count } раз
        [few] пропущено { $count } раза
       *[many] пропущено { $count } раз
    }
}
reminders-figures-title = Напоминания за { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}
reminders-figures-none = За это время не было ни одного.
reminders-figures-sent = Отправлено { $sent }, вовремя { $onTime }, с опозданием { $late }
reminders-figures-moved = { $title }: { $count ->
    [one] { $count } раз
    [few] { $count } раза
   *[many] { $count } раз
} откладывалось на { $to }. Перенести?
reminders-figures-move-button = { $title }: { $to }
reminders-figures-median-none = Половина — в пределах секунды
reminders-figures-median = Половина — в пределах { $late }
reminders-figures-seconds = { $count ->
    [one] { $count } секунды
   *[many] { $count } секунд
}
reminders-figures-answers = Сделано { $acknowledged }, отложено { $snoozed }
reminders-figures-other = Пропущено { $skipped }, не доставлено { $failed }, отправлено дважды { $repeats }

# Вопросы
reminder-ask-what = О чём напомнить и когда?
reminder-ask-what-at = 📅 { $when }. О чём напомнить?
reminder-ask-what-hint = Например: позвонить Бобу завтра в 15:00
reminder-ask-time = ⏰ { $title }: когда?
reminder-ask-time-hint = Напишите время: «через 2 часа», «завтра в 9», «каждый понедельник в 8».
reminder-ask-new-time = ⏰ { $title }: когда теперь?
reminder-ask-scope = Перенести только этот раз или все следующие?
reminder-ask-only-one = Так можно перенести только ближайший раз, остальные останутся как были. Перенести?
reminder-scope-one-button = Этот раз
reminder-scope-all-button = Все следующие
reminder-ask-text = Напишите новый текст.
reminder-several = ⏰ { $title }: { $count ->
    [one] { $count } напоминание
    [few] { $count } напоминания
   *[other] { $count } напоминаний
}
reminder-several-late = Напоминать за { $lengths } уже поздно.
reminder-ask-leads = ⏰ { $title }: что значит «{ $words }»?
reminder-leads-button = За { $lengths }
reminder-lead-one-button = Одно за { $length }
reminder-lead-now-button = Через { $length }
reminder-ask-reading = { $count ->
    [1] «{ $words }» — это имелось в виду?
   *[other] «{ $words }» — что имеется в виду?
}
reminder-ask-rename = { $title } не относится к задаче, поэтому заметок не принимает. Заменить текст на { $text }?
reminder-rename-button = Заменить
reminder-keep-button = Оставить
reminder-refused = { $why ->
    [past] «{ $words }» уже прошло.
    [too_far] «{ $words }» — слишком далеко.
    [never] «{ $words }» не наступит никогда.
    [elsewhere] «{ $words }» не ложится на часы этой группы: назовите по её времени.
   *[impossible] «{ $words }» — такого времени не нашлось.
}
reminder-at-1h-button = Через час
reminder-at-tonight-button = Вечером
reminder-at-tomorrow-button = Завтра

# Отказы
reminder-error-past = Это время уже прошло. Назовите будущее.
reminder-error-far = Это слишком далеко. Назовите время поближе.
reminder-error-never = Такого времени не будет. Назовите другое.
reminder-error-no-task = До срока может прийти только напоминание к задаче.
reminder-error-empty = Напоминанию нужны слова.
reminder-error-long = В напоминание помещается знаков: { $most }. Пришлите короче.
reminder-error-nag = Повторов — не больше 50, промежуток — от минуты до суток.
reminder-error-over = Это напоминание больше не придёт. Назначьте новое время.
reminder-error-not-paused = Это напоминание не на паузе.
reminder-error-no-series = Без звука может быть только повторяющееся. Это приходит один раз.
reminder-error-nothing-to-snooze = Ответа сейчас ничего не ждёт. /skip пропускает ближайший раз.
reminder-error-answered = На это уже ответили.

# Почему
reminder-why-title = ⏰ { $title }  #{ $number }
reminder-why-empty = Ещё не приходило, и ничего не запланировано.
reminder-why-due = { $due }
reminder-why-sent = отправлено { $at }, вовремя
reminder-why-sent-late = отправлено { $at }, { $late }
reminder-why-to-come = впереди
reminder-why-due-now = пора
reminder-why-queued = передаётся в Telegram
reminder-why-held = придержано до { $until }
reminder-why-held-open = ждёт, пока вы не отмените тишину
reminder-why-unanswered = без ответа
reminder-why-acknowledged = сделано { $at }
reminder-why-snoozed = отложено
reminder-why-snoozed-until = отложено до { $until }
reminder-why-sending = отправляется
reminder-why-unknown = ответ Telegram потерялся, отправляю ещё раз
reminder-why-failed = не доставлено
reminder-why-skipped = пропущено
reminder-why-cancelled = отменено
reminder-why-expired = осталось без ответа
reminder-why-repeated = { $count ->
    [1] отправлено дважды: ответ Telegram потерялся
    [one] повторено { $count } раз: ответы Telegram терялись
    [few] повторено { $count } раза: ответы Telegram терялись
   *[many] повторено { $count } раз: ответы Telegram терялись
}
reminder-why-message = сообщение { $id }
reminder-why-reason-changed = напоминание изменили
reminder-why-reason-zone-changed = сменился часовой пояс
reminder-why-reason-deleted = напоминание удалили
reminder-why-reason-paused = была пауза
reminder-why-reason-skipped = вы его пропустили
reminder-why-reason-snoozed = его отложили
reminder-why-reason-undone = изменение отменили
reminder-why-reason-task-done = задачу закрыли
reminder-why-reason-task-deleted = задачу удалили
reminder-why-reason-late = опоздание больше часа
reminder-why-reason-muted = звук был выключен
reminder-why-reason-told-together = связи не было; сказано вместе с последним
reminder-why-reason-busy = его как раз меняли
reminder-why-reason-person-removed = у вас тогда не было доступа
reminder-why-reason-quiet = было тихое время
reminder-why-reason-quiet-together = было тихое время, пришло вместе с самым новым
reminder-why-reason-answered = на него уже ответили
reminder-why-reason-group-away = в группу тогда нельзя было писать
reminder-why-reason-and-more = {", и ещё "}{ $count } между ними

# История
action-reminder-create = ⏰ { $title }
action-reminder-create-undone = ↩️ Напоминания «{ $title }» больше нет.
action-reminder-edit = ⏰ { $title }: изменено
action-reminder-edit-undone = ↩️ { $title }: всё как было.
action-reminder-time = ⏰ { $title }: другое время
action-reminder-time-undone = ↩️ { $title }: снова прежнее время.
action-reminder-text = ⏰ { $title }: новый текст
action-reminder-text-undone = ↩️ { $title }: вернулся прежний текст.
action-reminder-done = ✅ { $title }
action-reminder-done-undone = ↩️ { $title }: снова не сделано.
action-reminder-done-several = Сделано: { $count ->
    [one] { $count } напоминание
    [few] { $count } напоминания
   *[many] { $count } напоминаний
}
action-reminder-done-several-undone = Снова не сделано: { $count ->
    [one] { $count } напоминание
    [few] { $count } напоминания
   *[many] { $count } напоминаний
}.
action-reminder-snooze = ⏰ { $title }: отложено
action-reminder-snooze-undone = ↩️ { $title }: больше не отложено, ждёт ответа.
action-reminder-note = 💬 Заметка к «{ $title }»
action-reminder-note-undone = ↩️ Заметки к «{ $title }» больше нет.
action-reminder-delete = Напоминание «{ $title }» удалено
action-reminder-delete-undone = ↩️ { $title }: снова на месте.
action-reminder-delete-several = Удалено: { $count ->
    [one] { $count } напоминание
    [few] { $count } напоминания
   *[many] { $count } напоминаний
}
action-reminder-delete-several-undone = Снова на месте: { $count ->
    [one] { $count } напоминание
    [few] { $count } напоминания
   *[many] { $count } напоминаний
}.
action-reminder-pause = ⏸ { $title }: пауза
action-reminder-pause-undone = ↩️ { $title }: пауза снята.
action-reminder-resume = ⏰ { $title }: пауза снята
action-reminder-resume-undone = ↩️ { $title }: снова пауза.
action-reminder-create-several = { $title }: { $count ->
    [one] { $count } напоминание
    [few] { $count } напоминания
   *[other] { $count } напоминаний
}
action-reminder-create-several-undone = ↩️ { $title }: { $count ->
    [1] напоминания больше нет.
   *[other] напоминаний больше нет, было { $count }.
}
action-reminder-leave-out = ⏰ { $title }: пропущено
action-reminder-leave-out-undone = ↩️ { $title }: снова ждёт ответа.
action-reminder-skip = ⏰ { $title }: один раз пропущен
action-reminder-skip-undone = ↩️ { $title }: пропущенный раз вернулся.
action-reminder-mute = 🔕 { $title }: без звука
action-reminder-mute-undone = ↩️ { $title }: снова напоминаю.
action-reminder-unmute = ⏰ { $title }: снова со звуком
action-reminder-unmute-undone = ↩️ { $title }: снова без звука.
action-reminder-late-send = ⏰ { $title }: приходит и с опозданием
action-reminder-late-send-undone = ↩️ { $title }: с опозданием больше не приходит.
action-reminder-late-skip = ⏰ { $title }: с опозданием не приходит
action-reminder-late-skip-undone = ↩️ { $title }: приходит и с опозданием.
action-reminder-pause-all = ⏸ Всё на паузе
action-reminder-pause-all-undone = ↩️ Общая пауза снята.
action-reminder-resume-all = ⏸ Пауза снята
action-reminder-resume-all-undone = ↩️ Всё снова на паузе.
action-reminder-nag = { $on ->
    [yes] 🔁 { $title }: повторяется до ответа
   *[no] ⏰ { $title }: приходит один раз
}
action-reminder-nag-undone = ↩️ { $title }: снова как раньше.
action-reminder-urgent = { $on ->
    [yes] 🔴 { $title }: срочное
   *[no] { $title }: не срочное
}
action-reminder-urgent-undone = { $on ->
    [yes] ↩️ { $title }: больше не срочное.
   *[no] ↩️ { $title }: снова срочное.
}
