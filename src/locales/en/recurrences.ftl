# A recurrence in words: "every 2 weeks on Mon, Thu at 9:00 until 12 Mar".

# The whole: each of the parts behind the first is empty or begins with its own space or comma.
recurrence-whole = { $every }{ $months }{ $times }{ $end }

recurrence-every = { $unit ->
    [minute] { $count ->
        [1] every minute
       *[other] every { $count } minutes
    }
    [hour] { $count ->
        [1] every hour
       *[other] every { $count } hours
    }
    [day] { $count ->
        [1] every day
       *[other] every { $count } days
    }
    [week] { $count ->
        [1] every week
       *[other] every { $count } weeks
    }
    [month] { $count ->
        [1] every month
       *[other] every { $count } months
    }
   *[year] { $count ->
        [1] every year
       *[other] every { $count } years
    }
}
recurrence-after-completion = { $every } after it is done

recurrence-weekdays = every weekday
recurrence-weekends = every weekend
# $weekday: 1 Monday to 7 Sunday
recurrence-one-weekday = { $weekday ->
    [1] every Monday
    [2] every Tuesday
    [3] every Wednesday
    [4] every Thursday
    [5] every Friday
    [6] every Saturday
   *[7] every Sunday
}
recurrence-these-weekdays = every { $days }
recurrence-on-weekdays = { $every } on { $days }
recurrence-workdays-list = weekdays
recurrence-weekends-list = weekends

recurrence-on-days = { $every } on the { $days }
recurrence-on-last-day = { $every } on the last day
recurrence-clamped = { $day } (or the last day)
recurrence-only-where = { $day } (where there is one)
recurrence-ordinal-day = { $day ->
    [1] 1st
    [2] 2nd
    [3] 3rd
    [21] 21st
    [22] 22nd
    [23] 23rd
    [31] 31st
   *[other] { $day }th
}
recurrence-last-days = { $day ->
    [1] last day
    [2] second-to-last day
    [3] third-to-last day
   *[other] { $day }th-to-last day
}
recurrence-on-position = { $every } on the { $position }
# $position: 1 to 5 from the start, -1 the last, -2 the one before; $day: 1 Monday to 7 Sunday, or workday, or weekend
recurrence-position = { $position ->
    [1] first
    [2] second
    [3] third
    [4] fourth
    [5] fifth
    [-2] second-to-last
   *[-1] last
} { $day ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
    [7] Sunday
    [workday] workday
   *[weekend] weekend day
}
recurrence-on-dates = { $every } on { $dates }
# $month: 1 to 12
recurrence-month = { $month ->
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
recurrence-in-months = { " " }in { $months }

recurrence-at-times = { " " }at { $times }
recurrence-between = { " " }between { $from } and { $to }
recurrence-until = { " " }until { $date }
recurrence-until-time = { " " }until { $time } on { $date }
recurrence-count = , { $count ->
    [one] once
   *[other] { $count } times
}
recurrence-by-rule = by its own rule

# Why a recurrence is refused
recurrence-malformed = I could not read how often that repeats. Try "every monday at 9" or "every 2 weeks".
recurrence-unknown-part = That kind of repetition is not one I keep. Try "every monday at 9" or "every 2 weeks".
recurrence-bad-value = A part of that repetition cannot be right. Try "every monday at 9" or "every 2 weeks".
recurrence-impossible = That would never happen. Check the day and month.
