# Recurring tasks: this one or all following, left out, paused.

series-ask-change = Change only this one, or all following?
series-ask-delete = Delete only this one, or all following?
series-ask-end = Give up only this one, or all following?
series-ask-skip = Which one is left out this time?
series-one-button = This one
series-all-button = All following
series-apart = Only this one: { $fields }. The series stays as it was.

series-skip-button = Skip this
series-pause-button = ⏸ Pause
series-resume-button = Resume
series-skipped = Skipped: { $title }.
series-one-removed = Deleted: { $title }, only this one.
series-over = That was the last one of its series.
series-paused = ⏸ { $title } is paused until you resume it. "/pause { $number } until monday" sets a day.
series-paused-until = ⏸ { $title } is paused. It comes again { $when }.
series-resumed = { $title } goes on: { $when }.
series-rests = ⏸ paused
series-rests-until = ⏸ paused until { $day }

series-error-no-series = { $title } does not repeat, so there is nothing to skip or pause.
series-error-paused = { $title } is paused already. Resume it, or name a day.
series-error-not-paused = { $title } is not paused.
series-error-pause-past = That day is not ahead. Name a later one.
series-error-pause-nothing = { $title } is not due before that day anyway.
series-error-over = { $title } has no date left from then on. Give it one, or end it.

action-series-skip = Skipped "{ $title }"
action-series-skip-undone = { $title } is not skipped any more.
action-series-pause = ⏸ Paused "{ $title }"
action-series-pause-undone = { $title } is not paused any more.
action-series-resume = Resumed "{ $title }"
action-series-resume-undone = { $title } is paused again.
