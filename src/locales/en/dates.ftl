# Days and times as people say them. Words are in lower case here; a line that begins with one gets its capital in code.

date-today = today
date-tomorrow = tomorrow
date-yesterday = yesterday

# $weekday: 1 Monday to 7 Sunday
date-weekday = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
}

# $month: 1 to 12
date-month = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}

date-day-month = { $day } { $month }
date-day-month-year = { $day } { $month } { $year }

# "tomorrow 15:00", "Thu 15:00"
date-word-time = { $day } { $time }
# "12 Mar, 15:00"
date-date-time = { $day }, { $time }
date-in-zone = { $moment } ({ $zone })
# A time of the night in which the clocks are changed
date-gap = There is no { $time } that day: the clocks go forward.
date-overlap = { $time } comes twice that day: the first is meant.

# Clock of twelve hours
date-hour-am = { $hour } AM
date-hour-pm = { $hour } PM
