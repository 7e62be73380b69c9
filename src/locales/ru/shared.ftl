# Слова, общие для нескольких разделов.

shared-undo-button = Отменить
shared-cancel-button = Не надо
shared-back-button = ◀ Назад
shared-edit-button = Изменить
shared-skip-button = Пропустить
shared-yes-button = Да
shared-no-button = Нет
shared-close-button = Закрыть
shared-help-button = Помощь
shared-more-button = Ещё

# После первой строки сообщения, которое могло уже прийти
shared-repeat = (повтор)
shared-private-button = Открыть чат
shared-reply-here = Ответьте на это сообщение.

# Заголовки таблиц
shared-column-number = №
shared-column-task = Задача
shared-column-reminder = Напоминание
shared-column-when = Когда
shared-column-what = Что
shared-column-who = Кто
shared-column-name = Название
