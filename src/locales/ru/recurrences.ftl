# Повторение словами: «каждые 2 недели: пн, чт в 9:00 до 12 мар».

recurrence-whole = { $every }{ $months }{ $times }{ $end }

recurrence-every = { $unit ->
    [minute] { $count ->
        [1] каждую минуту
        [one] каждую { $count } минуту
        [few] каждые { $count } минуты
       *[many] каждые { $count } минут
    }
    [hour] { $count ->
        [1] каждый час
        [one] каждый { $count } час
        [few] каждые { $count } часа
       *[many] каждые { $count } часов
    }
    [day] { $count ->
        [1] каждый день
        [one] каждый { $count } день
        [few] каждые { $count } дня
       *[many] каждые { $count } дней
    }
    [week] { $count ->
        [1] каждую неделю
        [one] каждую { $count } неделю
        [few] каждые { $count } недели
       *[many] каждые { $count } недель
    }
    [month] { $count ->
        [1] каждый месяц
        [one] каждый { $count } месяц
        [few] каждые { $count } месяца
       *[many] каждые { $count } месяцев
    }
   *[year] { $count ->
        [1] каждый год
        [one] каждый { $count } год
        [few] каждые { $count } года
       *[many] каждые { $count } лет
    }
}
recurrence-after-completion = { $every } после выполнения

recurrence-weekdays = по будням
recurrence-weekends = по выходным
recurrence-one-weekday = { $weekday ->
    [1] по понедельникам
    [2] по вторникам
    [3] по средам
    [4] по четвергам
    [5] по пятницам
    [6] по субботам
   *[7] по воскресеньям
}
recurrence-these-weekdays = по { $days }
recurrence-on-weekdays = { $every }: { $days }
recurrence-workdays-list = будни
recurrence-weekends-list = выходные

recurrence-on-days = { $every } { $days } числа
recurrence-on-last-day = { $every } в последний день
recurrence-clamped = { $day } (или последнего)
recurrence-only-where = { $day } (где оно есть)
recurrence-ordinal-day = { $day }-го
recurrence-last-days = { $day ->
    [1] последнего
   *[other] { $day }-го с конца
}
recurrence-on-position = { $every }: { $position }
# $position: от 1 до 5 с начала, -1 последний, -2 предпоследний; $day: от 1 (понедельник) до 7, или workday, или weekend
recurrence-position = { $day ->
    [3] { $position ->
        [1] первая
        [2] вторая
        [3] третья
        [4] четвёртая
        [5] пятая
        [-2] предпоследняя
       *[-1] последняя
    }
    [5] { $position ->
        [1] первая
        [2] вторая
        [3] третья
        [4] четвёртая
        [5] пятая
        [-2] предпоследняя
       *[-1] последняя
    }
    [6] { $position ->
        [1] первая
        [2] вторая
        [3] третья
        [4] четвёртая
        [5] пятая
        [-2] предпоследняя
       *[-1] последняя
    }
    [7] { $position ->
        [1] первое
        [2] второе
        [3] третье
        [4] четвёртое
        [5] пятое
        [-2] предпоследнее
       *[-1] последнее
    }
   *[other] { $position ->
        [1] первый
        [2] второй
        [3] третий
        [4] четвёртый
        [5] пятый
        [-2] предпоследний
       *[-1] последний
    }
} { $day ->
    [1] понедельник
    [2] вторник
    [3] среда
    [4] четверг
    [5] пятница
    [6] суббота
    [7] воскресенье
    [workday] рабочий день
   *[weekend] выходной
}
recurrence-on-dates = { $every } { $dates }
# $month: 1 to 12
recurrence-month = { $month ->
    [1] январе
    [2] феврале
    [3] марте
    [4] апреле
    [5] мае
    [6] июне
    [7] июле
    [8] августе
    [9] сентябре
    [10] октябре
    [11] ноябре
   *[12] декабре
}
recurrence-in-months = { " " }в { $months }

recurrence-at-times = { " " }в { $times }
recurrence-between = { " " }с { $from } до { $to }
recurrence-until = { " " }по { $date }
recurrence-until-time = { " " }до { $time } { $date }
recurrence-count = , { $count ->
    [one] { $count } раз
    [few] { $count } раза
   *[many] { $count } раз
}
recurrence-by-rule = по своему правилу

recurrence-malformed = Не получилось прочитать, как часто это повторять. Например: «каждый понедельник в 9» или «раз в две недели».
recurrence-unknown-part = Такое повторение пока не поддерживается. Например: «каждый понедельник в 9» или «раз в две недели».
recurrence-bad-value = В этом повторении что-то не сходится. Например: «каждый понедельник в 9» или «раз в две недели».
recurrence-impossible = Такого дня не бывает. Проверьте число и месяц.
