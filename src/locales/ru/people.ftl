# Кому доступен Steward: приглашения и список для того, кто его держит.

command-invite = Пригласить ещё одного человека: код на один раз
command-invite-examples =
    /invite
command-people = Кому доступен Steward и кого убрать
command-people-examples =
    /people
    /people удалить Анна

people-invitation = Приглашение
people-invitation-until = Для одного человека, до { $when }. Показано только сейчас.
people-invitation-command = Надо открыть ссылку или прислать мне: { $command }

people-title = { $count ->
    [one] { $count } человек
    [few] { $count } человека
   *[many] { $count } человек
}
people-nameless = Telegram { $id }
people-operator = держит Steward
people-invited = по приглашению с { $when }
people-open-invitations = { $count ->
    [one] { $count } открытое приглашение, до { $when }
    [few] { $count } открытых приглашения, первое до { $when }
   *[many] { $count } открытых приглашений, первое до { $when }
}
people-remove-button = Убрать { $name }
people-withdraw-button = Отозвать приглашения
people-ask-remove = Закрыть доступ: { $name }?
people-ask-remove-what = Ни ответов, ни напоминаний больше не будет. Всё сохранённое останется; новое приглашение вернёт доступ.
people-remove-now-button = Убрать
people-keep-button = Оставить
people-error-unknown = Человека с именем «{ $name }» здесь нет. Кто есть: /people
people-removed = { $name }: доступ закрыт.
people-gone = У этого человека доступа уже нет.
people-not-yourself = Того, кто держит Steward, убрать нельзя: это первый номер в TELEGRAM_ALLOWED_USERS.

action-people-invite = Сделано приглашение.
action-people-remove = Закрыт доступ: { $name }.
action-people-withdraw = Отозвано приглашений: { $count }.

# Headers of the table of people
people-column-username = Имя в Telegram
people-column-standing = Роль
