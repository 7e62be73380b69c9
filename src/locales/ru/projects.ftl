# Сами проекты: переименование и удаление.

project-hint = «/project rename Сайт Портал» переименует проект, «/project delete Сайт» — удалит.
project-renamed = { $name } теперь называется { $to }.
project-ask-delete = { $count ->
    [one] В проекте { $name } { $count } задача, открытых — { $open }. Задача останется, но без проекта. Удалить проект?
    [few] В проекте { $name } { $count } задачи, открытых — { $open }. Они останутся, но без проекта. Удалить проект?
   *[many] В проекте { $name } { $count } задач, открытых — { $open }. Они останутся, но без проекта. Удалить проект?
}
project-removed = { $count ->
    [0] Удалено: проект { $name }.
    [one] Удалено: проект { $name }. Без проекта осталась { $count } задача.
    [few] Удалено: проект { $name }. Без проекта остались { $count } задачи.
   *[many] Удалено: проект { $name }. Без проекта остались { $count } задач.
}
project-made-again = { $count ->
    [one] Проекта { $names } уже не было — он создан заново.
    [few] Проектов { $names } уже не было — они созданы заново.
   *[many] Проектов { $names } уже не было — они созданы заново.
}
project-error-name = Проекту нужно название. Напишите несколько слов.
project-error-taken = Проект { $name } уже есть. Назовите иначе или перенесите задачи командой /bulk.
project-error-unknown = Проекта «{ $name }» нет. Список — /project.
project-error-gone = Этого проекта уже нет.
project-error-large = В проекте { $name } больше { $most } задач. Сначала перенесите их командой /bulk.

action-project-rename = Проект { $name } → { $to }
action-project-rename-undone = Проект снова называется { $name }.
action-project-delete = Удалён проект { $name }
action-project-delete-undone = Проект { $name } снова на месте, вместе с задачами.

command-move = Перенести задачу в другой проект
command-move-examples =
    /move 12 Сайт
    /move 12
