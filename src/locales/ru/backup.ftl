# Резервные копии, для оператора.

command-backup = Сделать резервную копию или посмотреть, как с ними дела
command-backup-examples =
    /backup
    /backup список

backup-title = Резервные копии
backup-request-begun = 💾 Делаю копию. Напишу, когда прочитаю её обратно и проверю.
backup-request-busy = Копия уже делается. О той, что просили здесь, напишу, когда она закончится.
backup-request-elsewhere = Отсюда мне не достать до места хранения: копии делает задание по расписанию (CronJob). Чтобы сделать копию сейчас, запустите его.
backup-never = ⚠️ Хорошей копии пока нет.
backup-good = ✅ Последняя хорошая: { $when }, { $rows ->
    [one] { $rows } строка
    [few] { $rows } строки
   *[many] { $rows } строк
}, { $size }.
backup-failed = ⚠️ Последняя попытка не удалась ({ $when }): { $reason }
backup-found-bad = ⚠️ { $archive } испорчена: { $reason }
backup-drill-hindered = ⚠️ Пробное восстановление не вышло ({ $when }), и копия тут ни при чём: { $reason }
backup-drilled = Пробное восстановление: { $when }.
backup-never-drilled = Пробного восстановления ещё не было: его делает `steward drill`.
backup-restored = Эти данные восстановлены { $when } из { $archive }.
backup-next = Следующая: { $when }.
backup-next-elsewhere = Их делает задание по расписанию в другом месте.
backup-run-backup = { $state ->
    [succeeded] 💾 копия
    [failed] ⚠️ копия не удалась
   *[other] ⏳ копия
}
backup-run-verify = { $state ->
    [succeeded] 🔎 проверена
    [failed] ⚠️ испорчена
    [hindered] ⚠️ проверить не вышло
   *[other] ⏳ проверяется
}
backup-run-drill = { $state ->
    [succeeded] 🔁 проба
    [failed] ⚠️ проба: копия испорчена
    [hindered] ⚠️ проба не вышла
   *[other] ⏳ проба
}
backup-run-restore = { $state ->
    [succeeded] ↩️ восстановление
    [failed] ⚠️ восстановление не удалось
   *[other] ⏳ восстановление
}
backup-size-kilobytes = { $size } КБ
backup-size-megabytes = { $size } МБ
backup-ended = ✅ Копия сделана и проверена: { $rows ->
    [one] { $rows } строка
    [few] { $rows } строки
   *[many] { $rows } строк
}, { $size }.
backup-ended-failed = ⚠️ Копия не удалась. Прежние целы.
backup-now-button = Сделать копию
backup-again-button = Обновить
