# Дни и время. Слова здесь со строчной буквы; в начале строки прописную ставит код.

date-today = сегодня
date-tomorrow = завтра
date-yesterday = вчера

date-weekday = { $weekday ->
    [1] пн
    [2] вт
    [3] ср
    [4] чт
    [5] пт
    [6] сб
   *[7] вс
}

date-month = { $month ->
    [1] янв
    [2] фев
    [3] мар
    [4] апр
    [5] мая
    [6] июн
    [7] июл
    [8] авг
    [9] сен
    [10] окт
    [11] ноя
   *[12] дек
}

date-day-month = { $day } { $month }
date-day-month-year = { $day } { $month } { $year }

date-word-time = { $day } { $time }
date-date-time = { $day }, { $time }
date-in-zone = { $moment } ({ $zone })
date-gap = В этот день нет { $time }: часы переводят вперёд.
date-overlap = В этот день { $time } наступит дважды: считаю по первому разу.

date-hour-am = { $hour } AM
date-hour-pm = { $hour } PM
