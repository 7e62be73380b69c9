# Сколько времени: кратко («2 ч 5 мин»), словами («2 часа 5 минут»), опоздание («на 42 минуты позже»).

duration-short-minutes = { $minutes } мин
duration-short-hours = { $hours } ч
duration-short-both = { $hours } ч { $minutes } мин

# Винительный падеж: «на 1 минуту позже», «за 2 часа».
duration-moment = меньше минуты
duration-minutes = { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
   *[many] { $minutes } минут
}
duration-hours = { $hours ->
    [one] { $hours } час
    [few] { $hours } часа
   *[many] { $hours } часов
}
duration-days = { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}

duration-late = на { $duration } позже
duration-late-moment = меньше чем на минуту позже
