# Повторяющиеся задачи: только эта или все следующие, пропуск, пауза.

series-ask-change = Изменить только эту или все следующие?
series-ask-delete = Удалить только эту или все следующие?
series-ask-end = Отменить только эту или все следующие?
series-ask-skip = Что в этот раз пропустить?
series-one-button = Только эту
series-all-button = Все следующие
series-apart = Только у этой: { $fields }. Серия осталась прежней.

series-skip-button = Пропустить
series-pause-button = ⏸ Пауза
series-resume-button = Продолжить
series-skipped = Пропущено: { $title }.
series-one-removed = Удалено: { $title }, только эта.
series-over = Она была последней в серии.
series-paused = ⏸ { $title } — на паузе, пока не продолжите. «/pause { $number } до понедельника» назначит день.
series-paused-until = ⏸ { $title } — на паузе. Вернётся: { $when }.
series-resumed = { $title } — продолжается: { $when }.
series-rests = ⏸ на паузе
series-rests-until = ⏸ на паузе до { $day }

series-error-no-series = «{ $title }» не повторяется: пропускать и ставить на паузу нечего.
series-error-paused = «{ $title }» уже на паузе. Продолжите её или назовите день.
series-error-not-paused = «{ $title }» не на паузе.
series-error-pause-past = Этот день уже наступил. Назовите день позже.
series-error-pause-nothing = Срок «{ $title }» и так не раньше этого дня.
series-error-over = С этого дня у «{ $title }» дат больше нет. Назначьте срок или завершите её.

action-series-skip = Пропущено: «{ $title }»
action-series-skip-undone = { $title } — больше не пропущена.
action-series-pause = ⏸ На паузе: «{ $title }»
action-series-pause-undone = { $title } — больше не на паузе.
action-series-resume = Продолжается: «{ $title }»
action-series-resume-undone = { $title } — снова на паузе.
