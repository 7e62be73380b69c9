# Что было сделано и как это отменить.

command-undo = Отменить последнее изменение или несколько последних
command-undo-examples =
    /undo
    /undo 3
command-history = Что, кем и когда было изменено
command-history-examples =
    /history

history-undo-usage = /undo или /undo 3 — три последних (не больше { $most })

history-title = История
history-empty = Изменений пока не было. Здесь появится всё, что вы добавите, измените или закончите.
history-page = { $page }/{ $pages }
history-choose-button = Отменить одно
history-choose = Что отменить?
history-taken-back-mark = ↩️ отменено
history-via-assistant = сделал Claude
history-via-integration = из другой системы
history-via-system = сделал Steward

history-undone = Отменено: { $what }
history-redo-button = Вернуть
history-again = Снова: { $what }
history-some-change = одно изменение
history-already = ↩️ { $what } — уже отменено.
history-refused = ⚠️ { $what }: осталось как есть. { $reason }
history-place-taken = Это место уже занято другим.
history-taken-back = Отменено: { $count } из { $of }
history-standing-again = Возвращено: { $count } из { $of }
history-no-more = Больше отменять нечего.

history-ask = Отменить { $what }? С тех пор здесь ещё раз меняли:
history-ask-newer-stay = Более новые изменения других свойств останутся.
history-anyway-button = Отменить всё-таки
history-keep-button = Оставить
history-kept = Осталось как есть.
