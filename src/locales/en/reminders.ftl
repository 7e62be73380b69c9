# Reminders: fired, made, listed, answered; why one came or did not.

command-remind = Remind me of something, once or again and again
command-remind-examples =
    /remind call Bob tomorrow 15:00
    /remind stretch every day at 9
    /remind 12 30 min before
    /remind call Bob at 15:00 nag 10m x5
command-reminders = What I will remind you of
command-reminders-examples =
    /reminders
    /reminders 12
    /reminders stats
command-snooze = Remind me of it later
command-snooze-examples =
    /snooze 12 2h
    /snooze 12 tomorrow 9
command-skip = Leave out the next time, of a reminder or a recurring task
command-skip-examples =
    /skip 12
command-pause = Pause a reminder, a recurring task or everything, until a day
command-pause-examples =
    /pause 12
    /pause all until monday
    /pause all off
command-why = When a reminder came, how late, and why not
command-why-examples =
    /why 12

# A fired reminder
reminder-fired = ⏰ { $title }{ $repeat }
reminder-fired-repeat = { " (repeat)" }
reminder-fired-late = ⏰ { $title }{ $repeat } — was due { $due }, I was offline until { $until }
reminder-fired-delayed = ⏰ { $title }{ $repeat } — was due { $due }, Telegram took it only at { $until }
reminder-fired-held = ⏰ { $title }{ $repeat } — was due { $due }
reminder-fired-nag = ⏰ { $title }{ $repeat } — open since { $due }, { $number } of { $times }
reminder-fired-task-due = 📅 { $due }
reminder-fired-task = For #{ $number } { $title }
reminder-fired-client = 👤 { $client }
reminder-fired-for = 🙋 { $name }
reminder-fired-missed = Also missed: { $times }{ $more }
reminder-fired-missed-more = { $capped ->
    [yes] { " and at least" } { $count } more
   *[no] { " and" } { $count } more
}
reminder-gathered = { $count ->
    [one] 🔕 While it was quiet, one reminder waited
   *[other] 🔕 While it was quiet, { $count } reminders waited
}
reminder-gathered-more = … and { $count } more in /reminders
reminder-gathered-row = { $sign } { $number }  { $title }
reminder-gathered-sign = { $sign ->
    [closed] ✅
    [snoozed] 💤
   *[open] ⏰
}
reminder-gathered-earlier = { $count ->
    [one] once more before
   *[other] { $count } times more before
}
reminder-gathered-until = again { $until }
reminder-gathered-done-button = ✅ { $number }

reminder-done-button = Done
reminder-open-button = Open
reminder-mute-button = 🔕 Mute
reminder-snooze-10m-button = 10 min
reminder-snooze-1h-button = 1 hour
reminder-snooze-tonight-button = Tonight
reminder-snooze-tomorrow-button = Tomorrow

# Answers
reminder-done = ✅ { $title }
reminder-done-next = ✅ { $title }. Again { $when }.
reminder-done-before = { $title } was done already.
reminder-nothing-open = { $title } waits for no answer.
reminder-nothing-open-next = { $title } waits for no answer now. It comes again { $when }.
reminder-snoozed = ⏰ { $title }: again { $when }.
reminder-silenced = 🔕 { $title }: this series is silent now. /reminders wakes it again.
reminder-noted = 💬 Noted on { $title }.
reminder-kept = Left as it is.
reminder-gone = This reminder was deleted. /undo brings it back.
reminder-tonight-is-over = Tonight's hour has passed. Choose another time.
reminder-answered = { $state ->
    [acknowledged] This was done already.
    [snoozed] This was put off already.
   *[other] This one is closed already.
}

# A card
reminder-title = ⏰ { $title }  #{ $number }
reminder-when = 📅 { $when }
reminder-unanswered = ❗ since { $when }, not answered
reminder-without-time-due = no due date yet
reminder-without-time-over = nothing to come
reminder-rule = 🔁 { $rule }
reminder-when-due = when it is due
reminder-before = { $length } before it is due
reminder-paused = ⏸ paused
reminder-paused-until = ⏸ paused until { $day }
reminder-muted = 🔕 muted
reminder-urgent = 🔴 urgent
reminder-nags = again every { $length } until answered, { $count ->
    [one] once
   *[other] { $count } times
} at most
reminder-nag-button = Keep reminding
reminder-nag-choice-button = { $length } × { $count }
reminder-nag-off-button = Only once
reminder-urgent-button = 🔴 Urgent
reminder-not-urgent-button = Not urgent
reminder-urgent-waits = In quiet time it waits all the same. /quiet urgent on lets it pass.
reminder-ask-nag = { $title }: how often shall I repeat it until you answer?
reminder-ask-nag-hint = In words: /remind call Bob at 15:00 nag 10m x5. Never in quiet time.
reminder-skips-late = left out when over an hour late
reminder-of-task = For #{ $number } { $title }
reminder-then = Then { $dates }
reminder-change-time-button = Change time
reminder-change-text-button = Change text
reminder-why-button = Why?
reminder-set-pause-button = ⏸ Pause
reminder-set-resume-button = Resume
reminder-set-skip-button = Skip next
reminder-set-mute-button = 🔕 Mute
reminder-set-unmute-button = Unmute
reminder-set-late-send-button = Send late
reminder-set-late-skip-button = Skip late
reminder-set-delete-button = Delete

reminder-set-pause = ⏸ { $title } is paused. It comes again { $when }.
reminder-set-pause-open = ⏸ { $title } is paused until you resume it.
reminder-set-resume = ⏰ { $title } goes on: { $when }.
reminder-left-out = ⏰ { $title }: left out.
reminder-left-out-next = ⏰ { $title }: not this time. Then { $when }.
reminder-set-skip = ⏰ { $title }: the next time is left out. Then { $when }.
reminder-set-skip-last = ⏰ { $title }: left out. Nothing more is to come.
reminder-set-mute = 🔕 { $title } is muted.
reminder-set-unmute = ⏰ { $title } is heard again.
reminder-set-late-send = ⏰ { $title }: comes even when late, and says so.
reminder-set-late-skip = ⏰ { $title }: left out when over an hour late.
reminder-set-delete = Reminder deleted: { $title }.

# The list
reminders-title = Reminders
reminders-empty = Nothing to remind you of.
reminders-empty-hint = Write "remind me to call Bob tomorrow 15:00".
reminders-row = { $sign } { $number }  { $title } { $when }
reminders-sign = { $sign ->
    [unanswered] ❗
    [paused] ⏸
    [muted] 🔕
    [series] 🔁
   *[once] ⏰
}
reminders-which = Which one is "{ $words }"?
reminders-figures-button = Statistics
reminders-add-button = ＋ Add
reminders-name-one = Which one? Write its number or a word of it.
reminders-nothing-repeats = Nothing repeats yet. Write "water the plants every monday at 9".
reminders-none-of-task = #{ $number } has no reminder. /remind { $number } tomorrow 9 makes one.
reminder-everything-ask = What shall rest? "/pause 12 until monday" pauses one. Or everything:
reminder-everything-ask-hint = Reminders and recurring tasks rest. On the morning you are back I tell what waited.
reminder-everything-tomorrow-button = Until tomorrow
reminder-everything-monday-button = Until Monday
reminder-everything-week-button = A week
reminder-everything-open-button = Until ended
reminder-everything-end-button = End pause
reminder-everything-paused = ⏸ Everything is paused until { $day }.
reminder-everything-paused-open = ⏸ Everything is paused until you end it.
reminder-everything-reminders = { $count ->
    [one] { $count } reminder rests
   *[other] { $count } reminders rest
}
reminder-everything-tasks = { $count ->
    [one] { $count } recurring task is put off
   *[other] { $count } recurring tasks are put off
}
reminder-everything-back = That morning I tell what waited. Enjoy the quiet.
reminder-everything-back-open = When you are back: /pause all off. Then I tell what waited.
reminder-everything-none = Nothing was paused.
reminder-return = ⏸ The pause is over.
reminder-waited = { $count ->
    [one] One reminder waited:
   *[other] { $count } reminders waited:
}
reminder-waited-tasks = { $count ->
    [one] One task fell due:
   *[other] { $count } tasks fell due:
}
reminder-waited-tasks-more = … and { $count } more in /overdue
reminder-waited-nothing = Nothing fell due in the pause.
reminder-waited-row = { $sign } { $number }  { $title }
reminder-waited-at = was due { $at }
reminder-waited-times = { $capped ->
    [yes] left out at least
   *[no] left out
} { $count ->
    [one] once
   *[other] { $count } times
}
reminders-figures-title = Reminders of the last { $days } days
reminders-figures-none = None was due in that time.
reminders-figures-sent = { $sent } sent, { $onTime } on time, { $late } late
reminders-figures-moved = { $title }: put off { $count } times to { $to }. Change it?
reminders-figures-move-button = { $title }: { $to }
reminders-figures-median-none = Half of them within a second
reminders-figures-median = Half of them within { $late }
reminders-figures-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
reminders-figures-answers = { $acknowledged } done, { $snoozed } put off
reminders-figures-other = { $skipped } left out, { $failed } failed, { $repeats } sent twice

# Questions
reminder-ask-what = What shall I remind you of, and when?
reminder-ask-what-at = 📅 { $when }. What shall I remind you of?
reminder-ask-what-hint = For example: call Bob tomorrow 15:00
reminder-ask-time = ⏰ { $title }: when?
reminder-ask-time-hint = Write a time: "2h", "tomorrow 9", "every monday at 8".
reminder-ask-new-time = ⏰ { $title }: when instead?
reminder-ask-scope = Another time for this one only, or for all following?
reminder-ask-only-one = Only the next one can come then; the series stays as it is. Shall it?
reminder-scope-one-button = This one
reminder-scope-all-button = All following
reminder-ask-text = Write the new text.
reminder-several = ⏰ { $title }: { $count ->
    [one] { $count } reminder
   *[other] { $count } reminders
}
reminder-several-late = Too late to remind { $lengths } before.
reminder-ask-leads = ⏰ { $title }: what does "{ $words }" mean?
reminder-leads-button = { $lengths } before
reminder-lead-one-button = Once, { $length } before
reminder-lead-now-button = In { $length }
reminder-ask-reading = { $count ->
    [one] "{ $words }": is this what you mean?
   *[other] "{ $words }": which one?
}
reminder-ask-rename = { $title } belongs to no task, so it takes no notes. Should it say { $text } instead?
reminder-rename-button = Change text
reminder-keep-button = Keep
reminder-refused = { $why ->
    [past] "{ $words }" has passed already.
    [too_far] "{ $words }" is further ahead than I plan.
    [never] "{ $words }" never comes.
    [elsewhere] "{ $words }" does not stand on the clock of this group: say it by that clock.
   *[impossible] I could not place "{ $words }".
}
reminder-at-1h-button = In 1 hour
reminder-at-tonight-button = Tonight
reminder-at-tomorrow-button = Tomorrow

# Refusals
reminder-error-past = That time has passed already. Give one ahead.
reminder-error-far = That is further than I plan. Give a nearer time.
reminder-error-never = That never comes. Give another time.
reminder-error-no-task = Only a reminder of a task can come before it is due.
reminder-error-empty = A reminder needs words.
reminder-error-long = A reminder takes { $most } characters. Send a shorter one.
reminder-error-nag = I repeat a reminder up to 50 times, at least a minute and at most a day apart.
reminder-error-over = Nothing of this reminder is to come. Give it a new time.
reminder-error-not-paused = This reminder is not paused.
reminder-error-no-series = Only a series can be muted. This one comes once.
reminder-error-nothing-to-snooze = Nothing of this series waits for an answer. /skip leaves out its next time.
reminder-error-answered = That was answered already.

# Why
reminder-why-title = ⏰ { $title }  #{ $number }
reminder-why-empty = It has not come yet, and nothing is planned.
reminder-why-due = { $due }
reminder-why-sent = sent { $at }, on time
reminder-why-sent-late = sent { $at }, { $late }
reminder-why-to-come = to come
reminder-why-due-now = due now
reminder-why-queued = on its way to Telegram
reminder-why-held = held until { $until }
reminder-why-held-open = held until you end the silence
reminder-why-unanswered = not answered
reminder-why-acknowledged = done { $at }
reminder-why-snoozed = put off
reminder-why-snoozed-until = put off until { $until }
reminder-why-sending = being sent
reminder-why-unknown = Telegram's answer was lost, it is sent once more
reminder-why-failed = not delivered
reminder-why-skipped = left out
reminder-why-cancelled = called off
reminder-why-expired = never answered
reminder-why-repeated = { $count ->
    [one] sent twice, as an answer of Telegram was lost
   *[other] repeated { $count } times, as answers of Telegram were lost
}
reminder-why-message = message { $id }
reminder-why-reason-changed = the reminder was changed
reminder-why-reason-zone-changed = your zone changed
reminder-why-reason-deleted = the reminder was deleted
reminder-why-reason-paused = it was paused
reminder-why-reason-skipped = you left it out
reminder-why-reason-snoozed = it was put off
reminder-why-reason-undone = a change was taken back
reminder-why-reason-task-done = its task was closed
reminder-why-reason-task-deleted = its task was deleted
reminder-why-reason-late = it was over an hour late
reminder-why-reason-muted = the series was muted
reminder-why-reason-told-together = I was offline; told together with the newest one
reminder-why-reason-busy = it was just being changed
reminder-why-reason-person-removed = you had no access then
reminder-why-reason-quiet = it was quiet time
reminder-why-reason-quiet-together = it was quiet time; told together with the newest one
reminder-why-reason-answered = it was answered before
reminder-why-reason-group-away = I could not write in the group then
reminder-why-reason-and-more = {", and "}{ $count } more between

# History
action-reminder-create = ⏰ { $title }
action-reminder-create-undone = ↩️ Reminder { $title } is gone.
action-reminder-edit = ⏰ { $title } changed
action-reminder-edit-undone = ↩️ { $title } is as it was.
action-reminder-time = ⏰ { $title }: another time
action-reminder-time-undone = ↩️ { $title } has its former time again.
action-reminder-text = ⏰ { $title }: new text
action-reminder-text-undone = ↩️ { $title }: the former text is back.
action-reminder-done = ✅ { $title }
action-reminder-done-undone = ↩️ { $title } is open again.
action-reminder-done-several = Done: { $count ->
    [one] { $count } reminder
   *[other] { $count } reminders
}
action-reminder-done-several-undone = { $count ->
    [one] { $count } reminder is
   *[other] { $count } reminders are
} open again.
action-reminder-snooze = ⏰ { $title } put off
action-reminder-snooze-undone = ↩️ { $title } is not put off any more. It waits for your answer.
action-reminder-note = 💬 Note on { $title }
action-reminder-note-undone = ↩️ The note on { $title } is gone.
action-reminder-delete = Reminder { $title } deleted
action-reminder-delete-undone = ↩️ { $title } is back.
action-reminder-delete-several = Deleted: { $count ->
    [one] { $count } reminder
   *[other] { $count } reminders
}
action-reminder-delete-several-undone = { $count ->
    [one] { $count } reminder is
   *[other] { $count } reminders are
} back.
action-reminder-pause = ⏸ { $title } paused
action-reminder-pause-undone = ↩️ { $title } is not paused any more.
action-reminder-resume = ⏰ { $title } resumed
action-reminder-resume-undone = ↩️ { $title } is paused again.
action-reminder-create-several = { $count ->
    [one] Reminder of { $title }
   *[other] { $count } reminders of { $title }
}
action-reminder-create-several-undone = ↩️ { $count ->
    [one] Reminder of { $title } is gone.
   *[other] { $count } reminders of { $title } are gone.
}
action-reminder-leave-out = ⏰ { $title }: left out
action-reminder-leave-out-undone = ↩️ { $title } waits for your answer again.
action-reminder-skip = ⏰ { $title }: one time left out
action-reminder-skip-undone = ↩️ { $title }: the time left out is back.
action-reminder-mute = 🔕 { $title } muted
action-reminder-mute-undone = ↩️ { $title } is heard again.
action-reminder-unmute = ⏰ { $title } heard again
action-reminder-unmute-undone = ↩️ { $title } is muted again.
action-reminder-late-send = ⏰ { $title }: comes even when late
action-reminder-late-send-undone = ↩️ { $title } is left out again when late.
action-reminder-late-skip = ⏰ { $title }: left out when late
action-reminder-late-skip-undone = ↩️ { $title } comes even when late.
action-reminder-pause-all = ⏸ Everything paused
action-reminder-pause-all-undone = ↩️ The pause is taken back.
action-reminder-resume-all = ⏸ The pause ended
action-reminder-resume-all-undone = ↩️ Everything is paused again.
action-reminder-nag = { $on ->
    [yes] 🔁 { $title }: repeated until answered
   *[no] ⏰ { $title }: comes only once
}
action-reminder-nag-undone = ↩️ { $title } comes as often as before.
action-reminder-urgent = { $on ->
    [yes] 🔴 { $title }: urgent
   *[no] { $title }: not urgent
}
action-reminder-urgent-undone = { $on ->
    [yes] ↩️ { $title } is not urgent any more.
   *[no] ↩️ { $title } is urgent again.
}
