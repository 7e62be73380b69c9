# What went wrong, what was kept, what to do. Never whose fault it was.

# Words that were not understood
error-unknown-command = No /{ $command } here.
error-unknown-command-near = No /{ $command } here. Did you mean /{ $suggestion }?
error-too-many-arguments = /{ $command } takes less than that: { $usage }
error-bad-argument = I could not use "{ $argument }". It goes like this: { $usage }
error-not-understood = I did not understand "{ $words }".
error-number-expected = "{ $words }" is not a number I can use here.
error-nothing-given = There is nothing to keep in that. Send some words.
error-text-too-long = That is { $length } characters; this takes { $limit }. Send a shorter one.
error-too-many-lines = That is { $count } lines; I take { $limit } at once.

# Things that are not there, or moved on
error-not-found = That is not here any more.
error-task-not-found = No task #{ $number } here.
error-reminder-not-found = No reminder #{ $number } here.
error-item-not-found = Nothing numbered #{ $number } here. What is open: /list
error-no-match = Nothing here is called "{ $words }". What there is: /list and /reminders
error-edited-command = A command in an edited message is not carried out. Send it as a new message.
error-old-button = That button is from an older version. Here is the present state.
error-item-gone = That item was deleted. /undo brings it back.
error-already-done = That was done already.
error-changed-meanwhile = It was changed in the meantime. Look at it again and repeat.
error-already-undone = That was taken back already.
error-undo-too-old = That is too long ago to take back.
error-nothing-to-undo = There is nothing to take back.
error-nothing-to-cancel = There is nothing to cancel.

# Dates and zones
error-day-gone = "{ $words }" is in the past. Nothing was changed.
error-date-unclear = "{ $words }" can mean more than one day. Say it more exactly, as in "12 March".
error-date-not-read = I could not read "{ $words }" as a date. Try "tomorrow 15:00" or "12 March".
error-date-impossible = "{ $words }" is no day that exists.
error-date-past = { $date } is in the past. Give a day ahead.
error-time-past = { $time } has passed already. Give a time ahead.
error-date-too-far = { $date } is further than I plan. The last year I take is { $year }.
error-zone-unknown = I know no zone "{ $words }". Try a city, such as "Berlin", or send your location.
error-duration-not-read = I could not read "{ $words }" as a length of time. Try "30 m" or "2 h".

# Who may do what
error-not-allowed = You cannot do that here.
error-not-in-group = Not among people: ask me in our private chat.
error-only-in-group = That works only in a group.
error-operator-only = Only the person who runs Steward can do that.
error-too-fast = That is faster than I can follow. Wait { $seconds } s and go on.

# When it is not the person's doing
error-telegram-refused = Telegram refused that: { $reason }.
error-upstream = { $system } does not answer. Everything here is kept; try again later.
error-limit-reached = That is as many as I keep here ({ $limit }).
error-bug = ⚠️ Something here broke. What you sent is kept; try once more, or show the operator this:
error-reference = Ref { $reference }
