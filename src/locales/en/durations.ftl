# How long: short ("2 h 5 m"), in words ("2 hours 5 minutes"), late ("42 minutes late").

duration-short-minutes = { $minutes } m
duration-short-hours = { $hours } h
duration-short-both = { $hours } h { $minutes } m

duration-moment = less than a minute
duration-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
duration-hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
duration-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}

duration-late = { $duration } late
duration-late-moment = less than a minute late
