# Файлы задач: что пришло, как называется, сколько занимает.

file-kind = { $kind ->
    [photo] Фото
    [audio] Запись
    [voice] Голосовое
    [video] Видео
    [animation] Анимация
    [video_note] Видеосообщение
    [sticker] Стикер
   *[document] Файл
}
# Заголовок и имя того, что пришло без имени: «Фото, 26 нояб. 14:05»
file-title = { $kind ->
    [photo] Фото
    [audio] Запись
    [voice] Голосовое
    [video] Видео
    [animation] Анимация
    [video_note] Видеосообщение
    [sticker] Стикер
   *[document] Файл
}, { $at }
file-title-several = { $kind ->
    [photo] { $count } фото
    [audio] { $count ->
        [one] { $count } запись
        [few] { $count } записи
       *[many] { $count } записей
    }
    [video] { $count } видео
   *[document] { $count ->
        [one] { $count } файл
        [few] { $count } файла
       *[many] { $count } файлов
    }
}, { $at }
file-size-bytes = { $size } Б
file-size-kilobytes = { $size } КБ
file-size-megabytes = { $size } МБ
file-count = 📎 { $count ->
    [one] { $count } файл
    [few] { $count } файла
   *[many] { $count } файлов
}
file-on-its-way = ещё в пути
file-misnamed = не то, что обещает имя

file-list-title = 📎 { $title } · { $count ->
    [one] { $count } файл
    [few] { $count } файла
   *[many] { $count } файлов
}
file-list-empty = Файлов пока нет. Пришлите фото, голосовое или любой файл ответом на карточку, и он окажется здесь.
file-all-title = 📎 { $count ->
    [one] { $count } файл
    [few] { $count } файла
   *[many] { $count } файлов
} · { $size } из { $most }
file-all-empty = Файлов пока нет. Пришлите фото, голосовое или любой файл, и он станет задачей. Ответом на карточку он приложится к той задаче.
file-stats-line = { $kind ->
    [photo] Фото
    [audio] Записи
    [voice] Голосовые
    [video] Видео
    [animation] Анимации
    [video_note] Видеосообщения
    [sticker] Стикеры
   *[document] Файлы
}: { $count } · { $size }
file-replaced = 📎 { $title } — файл заменён на новый.
file-attached = 📎 { $count ->
    [one] К задаче { $title } приложен { $count } файл.
    [few] К задаче { $title } приложены { $count } файла.
   *[many] К задаче { $title } приложено { $count } файлов.
}
file-moved = 📎 { $count ->
    [one] К задаче { $title } перенесён { $count } файл.
    [few] К задаче { $title } перенесены { $count } файла.
   *[many] К задаче { $title } перенесено { $count } файлов.
}
file-removed = Убрано: { $name }.
file-gone-from-store = ⚠️ { $name }: этого файла больше нет.

file-list-button = 📎 Файлы
file-all-button = Все файлы
file-stats-button = Сколько занято
file-add-button = ＋ Файл
file-send-button = Показать
file-rename-button = Назвать
file-describe-button = Описать
file-remove-button = Убрать

file-ask = Пришлите фото, голосовое или файл. Альбом приложится целиком.
file-ask-name = Как назвать { $name }?
file-ask-description = Что такое { $name }? Одной строкой, или «нет».

# $kind — 'other', если речь о разном
file-left-large = { $count ->
    [one] Telegram отдаёт мне файлы до 20 МБ, { $kind ->
        [photo] фото
        [audio] запись
        [voice] голосовое
        [video] видео
        [animation] анимация
        [video_note] видеосообщение
       *[other] этот файл
    } больше, так что остаётся только в этом чате.
    [few] Telegram отдаёт мне файлы до 20 МБ, { $count } файла больше, так что остаются только в этом чате.
   *[many] Telegram отдаёт мне файлы до 20 МБ, { $count } файлов больше, так что остаются только в этом чате.
}
file-left-many = К задаче можно приложить не больше { $most } файлов; в этом чате { $count ->
    [one] остался { $count } файл.
    [few] остались { $count } файла.
   *[many] осталось { $count } файлов.
}
file-left-quota = Ваши файлы заняли все { $quota }, что им отведены, так что в этом чате { $count ->
    [one] остался { $count } файл.
    [few] остались { $count } файла.
   *[many] осталось { $count } файлов.
} /files покажет, что можно убрать.
file-not-fetched = ⚠️ Telegram не отдал мне { $count ->
    [one] { $kind ->
        [photo] фото
        [audio] запись
        [voice] голосовое
        [video] видео
        [animation] анимацию
        [video_note] видеосообщение
        [sticker] стикер
       *[other] файл
    }. Задача осталась без него; пришлите ещё раз, чтобы приложить.
    [few] { $count } файла. Задача осталась без них; пришлите ещё раз, чтобы приложить.
   *[many] { $count } файлов. Задача осталась без них; пришлите ещё раз, чтобы приложить.
}
file-not-fetched-large = ⚠️ Telegram отдаёт мне файлы до 20 МБ, { $count ->
    [one] { $kind ->
        [photo] фото
        [audio] запись
        [voice] голосовое
        [video] видео
        [animation] анимация
        [video_note] видеосообщение
       *[other] этот файл
    } больше. Задача осталась без него.
    [few] { $count } файла больше. Задача осталась без них.
   *[many] { $count } файлов больше. Задача осталась без них.
}

file-error-name = Если сделать это имя безопасным, от него ничего не останется. Пришлите другое.
file-error-description = В описании может быть не больше { $most } знаков.
file-error-many = К задаче можно приложить не больше { $most } файлов.
file-error-which = Какой файл? Его номер стоит в списке: /files 12 покажет файлы задачи 12.
file-error-number = Файла { $number } нет.

command-files = Файлы ваших задач
command-files-examples =
    /files
    /files 12
    /files итоги
action-file-attach = { $count ->
    [one] К задаче «{ $title }» приложен { $count } файл
    [few] К задаче «{ $title }» приложены { $count } файла
   *[many] К задаче «{ $title }» приложено { $count } файлов
}
action-file-attach-undone = { $count ->
    [one] От задачи «{ $title }» снова убран { $count } файл.
    [few] От задачи «{ $title }» снова убраны { $count } файла.
   *[many] От задачи «{ $title }» снова убрано { $count } файлов.
}
action-file-replace = Заменён файл у «{ $title }»
action-file-replace-undone = У «{ $title }» снова прежний файл.
action-file-rename = Файл назван «{ $name }»
action-file-rename-undone = У файла «{ $name }» снова прежнее имя.
action-file-describe = Описан файл «{ $name }»
action-file-describe-undone = Файл «{ $name }» описан как раньше.
action-file-remove = Убран файл «{ $name }»
action-file-remove-undone = Файл «{ $name }» снова на месте.
action-file-move = Файлы перенесены к задаче «{ $title }»
action-file-move-undone = Файлы снова там, где были.
