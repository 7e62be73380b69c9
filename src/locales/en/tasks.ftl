# Tasks: captures, cards, lists, search, questions about one task.

# Pieces of a card
task-due = 📅 { $when }
task-overdue = ❗ { $when }
task-repeats = 🔁 { $rule }
task-then = Then { $dates }
task-repeats-somehow = 🔁 repeats
task-begins-late = It begins after it is due.
task-start = from { $day }
task-client = 👤 { $name }
task-assignee = 🙋 { $name }
task-project = in { $name }
task-estimate = ⏱ { $time }
task-reminds = ⏰ { $lengths } before
task-reminds-late = Too late to remind { $lengths } before.
task-reminders = ⏰ { $reminders }
task-planned = ⏱ { $time } planned
task-notes-count = 💬 { $count ->
    [one] { $count } note
   *[other] { $count } notes
}
task-priority = { $level ->
    [urgent] 🔴 urgent
    [critical] 🟠 critical
    [high] 🟠 high
    [low] ⚪ low
   *[medium] 🟡 medium
}
task-priority-button = { $level ->
    [urgent] 🔴 Urgent
    [critical] 🟠 Critical
    [high] 🟠 High
    [low] ⚪ Low
   *[medium] 🟡 Medium
}
task-status-todo = To do
task-status-in_progress = In progress
task-status-review = In review
task-status-blocked = Blocked
task-status-done = Done
task-status-cancelled = Cancelled
task-done-title = ✅ { $title }
task-read-as = I read "{ $typed }" as "{ $meant }".
# Where a forwarded message comes from, in the notes of its task
task-forwarded = From { $name }
task-forwarded-link = From { $name }: { $link }
task-forwarded-unknown = Forwarded
task-forward-title = Message from { $name }
task-forward-title-unknown = Forwarded message

# Several lines of one message
task-lines-ask = { $count ->
    [one] { $count } task?
   *[other] { $count } tasks?
}
task-lines-many = { $count } lines are more than the { $most } tasks I make at once. One task can keep them all.
task-lines-make-button = Add { $count }
task-lines-one-button = One task
task-lines-made = { $count ->
    [one] { $count } task added:
   *[other] { $count } tasks added:
}
task-lines-too-many = { $count } lines are more than the { $most } tasks I make at once.
action-task-create-lines = { $count ->
    [one] Added { $count } task
   *[other] Added { $count } tasks
}
action-task-create-lines-undone = { $count ->
    [one] { $count } task is taken out again.
   *[other] { $count } tasks are taken out again.
}
action-task-update-lines = { $count ->
    [one] Changed { $count } task with its message
   *[other] Changed { $count } tasks with their message
}
action-task-update-lines-undone = { $count ->
    [one] { $count } task is as it was before the edit.
   *[other] { $count } tasks are as they were before the edit.
}
task-lines-stay = No longer in your message, but still here: { $titles }.
task-updated = Changed with your message:
task-in-pieces = { $count ->
    [one] Put together from { $count } message.
   *[other] Put together from { $count } messages.
}
task-kept-fields = You changed this in the meantime, so it stays: { $fields }.

# What was done
task-done = ✅ { $title }
task-next = 🔁 Next: { $when }
task-left-today = { $count ->
    [0] Nothing left today.
    [one] { $count } left today.
   *[other] { $count } left today.
}
task-removed = Deleted: { $title }.
task-reopened = { $title } is open again.
task-follower-gone = It repeats from here; the next one, #{ $number }, is taken back.
task-follower-kept = The next one, #{ $number }, was changed since: it stays and goes on repeating, this one does not.
task-noted = 💬 Noted on { $title }.
task-already-done = { $title } was done already.
task-already-cancelled = { $title } was given up already.
task-already-open = { $title } is open already.

# Words that ask for nothing
task-small-talk-hello = Hello. Tell me what to keep in mind: "call Bob tomorrow 3pm", or "remind me to stretch at 5". /help shows the rest.
task-small-talk-ok = All right. I am here when something comes up.
task-small-talk-signs = I see no words in that. Write what to keep in mind, as in "call Bob tomorrow 3pm".
task-small-talk-number = Nothing here has the number { $words }, and alone it may mean anything. Write it with its words, as in "call Bob at 7".
task-small-talk-thanks = You are welcome. I am here when something comes up.
task-small-talk-bye = Until then. What is due I will tell you.
task-keep-button = Save task

# Capture in doubt
task-which = "{ $doubt }" — which do you mean?
task-which-one = "{ $doubt }" — is that the date?
task-which-night = "{ $doubt }" — which night?
task-night-button = { $from } to { $to }
task-refused = Saved as "{ $title }".
task-refused-impossible = I could not place the date, so it has none.
task-refused-past = That date is in the past, so it has none.
task-refused-too_far = That date is too far ahead, so it has none.
task-refused-never = That would never come round, so it has no date.
task-refused-elsewhere = That series does not stand on the clock of this group, so it has no date. Say it by that clock.
task-refused-rule = I could not read that RRULE, so it has no date. Say "every monday at 9", or write RRULE:FREQ=WEEKLY;BYDAY=MO.
task-date-not-read = I could not read "{ $words }" as a date. Try "tomorrow 15:00" or "12 March".
task-date-refused-impossible = There is no such day as "{ $words }". It stays as it was.
task-date-refused-past = "{ $words }" is in the past. It stays as it was.
task-date-refused-too_far = "{ $words }" is too far ahead. It stays as it was.
task-date-refused-never = "{ $words }" would never come round. It stays as it was.
task-date-refused-elsewhere = "{ $words }" does not stand on the clock of this group. It stays as it was; say it by that clock.
task-date-refused-rule = I could not read the rule in "{ $words }". It stays as it was. Say "every monday at 9", or write RRULE:FREQ=WEEKLY;BYDAY=MO.

# Buttons
task-change-time-button = Change time
task-set-date-button = Set date
task-done-button = Done
task-reopen-button = Reopen
task-snooze-button = Snooze
task-notes-button = Notes
task-note-add-button = Add note
task-note-edit-button = ✎ { $number }
task-note-remove-button = Delete note
task-history-button = History
task-delete-button = Delete
task-give-up-button = Give up
task-list-button = ◀ List
task-today-button = Today
task-tomorrow-button = Tomorrow
task-next-week-button = Next week
task-no-date-button = No date
task-other-date-button = Other date
task-week-button = Week
task-open-button = All open
task-overdue-button = Overdue { $count }
task-add-button = ＋ Add
task-clear-button = None
task-search-again-button = New search

# Lists
task-list-open = Tasks
task-list-today = Today
task-list-tomorrow = Tomorrow
task-list-week = This week
task-list-overdue = Overdue
task-list-someday = Someday
# "Today · 5 open, 1 overdue"
task-list-head = { $name } · { $count }{ $more ->
    [yes] +
   *[no] { "" }
} open
task-list-head-overdue = { $name } · { $count }{ $more ->
    [yes] +
   *[no] { "" }
} open, { $overdue } overdue
task-list-closed-count = { $name } · { $count }{ $more ->
    [yes] +
   *[no] { "" }
}
task-list-days = { $kind ->
    [until] Until { $to }
   *[range] { $from } to { $to }
}
task-list-empty-open = Nothing is open.
task-list-empty-today = Nothing due today.
task-list-empty-tomorrow = Nothing due tomorrow.
task-list-empty-week = Nothing due this week.
task-list-empty-overdue = Nothing is overdue.
task-list-empty-someday = Nothing without a date.
task-list-empty-days = { $name }: nothing due.
task-list-empty = Nothing under { $name }.
task-list-finished = { $period ->
    [today] Done today
    [yesterday] Done yesterday
    [week] Done this week
    [last-week] Done last week
    [month] Done this month
    [last-month] Done last month
    [year] Done this year
    [days] { $count ->
        [one] Done in the last day
       *[other] Done in the last { $count } days
    }
   *[any] Done
}
task-list-empty-finished = { $period ->
    [today] Nothing is done today yet.
    [yesterday] Nothing was done yesterday.
    [week] Nothing is done this week yet.
    [last-week] Nothing was done last week.
    [month] Nothing is done this month yet.
    [last-month] Nothing was done last month.
    [year] Nothing is done this year yet.
    [days] { $count ->
        [one] Nothing was done in the last day.
       *[other] Nothing was done in the last { $count } days.
    }
   *[any] Nothing is done yet.
}
task-finished-today-button = Done today
task-finished-yesterday-button = Yesterday
task-finished-week-button = This week
task-finished-last-week-button = Last week
task-list-next = Next: { $title }, { $when }.

task-names-title-tags = Tags in use:
task-names-title-projects = Projects:
task-names-empty-tags = No tags yet. Write #name in a task to make one.
task-names-empty-projects = No projects yet. /project 12 Website makes one.

# Search
task-search-title = "{ $words }"
task-search-head = { $name } · { $count }{ $more ->
    [yes] +
   *[no] { "" }
} found
task-search-none = Nothing found for { $name }.
task-search-unread = I could not use { $filters } and left it out.
task-search-ask = What are you looking for? Words, or filters: status:open priority:high tag:sales client:acme due:week created:today

# Questions
task-ask-when = When is it due?
task-ask-priority = How important is it?
task-ask-status = Where does it stand?
task-ask-field = What do you want to change?
task-ask-title = Write the new title.
task-ask-due = When is it due? Write "tomorrow 15:00", "12 March", "in 3 days".
task-ask-start = From when on does it matter? Write a day.
task-ask-tags = Write the tags, such as "sales urgent". They replace those it has.
task-ask-project = Which project? A new name makes a new one.
task-ask-client = Which client? A new name makes a new one.
task-ask-estimate = How long will it take? Write "30m" or "2h".
task-ask-notes = Write the notes. They replace those it has.
task-ask-note = Write the note.
task-ask-note-edit = Write the note anew.
task-ask-repeat = How often? Write "every monday", "every 2 weeks", "every month on the 31st".
task-ask-known = In use: { $names }
task-field-title = Title
task-field-due = Date
task-field-priority = Priority
task-field-status = Status
task-field-tags = Tags
task-field-project = Project
task-field-client = Client
task-field-assignee = Assignee
task-field-estimate = Estimate
task-field-start = Start
task-field-repeat = Repeat
task-field-notes = Notes
task-field-note = Note
# $verb: what is to be done with the one chosen
task-choose = { $verb ->
    [done] Which one is done?
    [reopen] Which one is open again?
    [delete] Which one is to go?
    [due] Which one gets another date?
    [move] Which one gets another date?
    [note] Which one is the note for?
   *[open] Which one?
}
task-choose-among = { $verb ->
    [done] Which "{ $words }" is done?
    [reopen] Which "{ $words }" is open again?
    [delete] Which "{ $words }" is to go?
    [due] Which "{ $words }" gets another date?
    [move] Which "{ $words }" gets another date?
    [note] Which "{ $words }" is the note for?
   *[open] Which "{ $words }"?
}
task-guide-title = What is to be done? Date, #tag, !high and @client may stand in the words.
task-none-to-choose = There is no task to choose from.
task-no-match = Nothing here is called "{ $words }".
task-cancelled-question = Left as it was.

# Notes and history of a task
task-notes-title = 💬 { $title } · { $count ->
    [one] { $count } note
   *[other] { $count } notes
}
task-notes-empty = No notes yet. A reply to the card adds one.
task-note-edited = (edited)
task-history-title = { $title } · history
task-history-change = { $field }: { $before } → { $after }
task-history-changed = { $field } changed

# Faults a person can mend
task-error-title = A task needs a title. Send some words.
task-error-tags = That is more than { $most } tags. Keep the ones that matter.
task-error-date = There is no such day or time. Try "tomorrow 15:00" or "12 March".
task-error-estimate = I could not read that as a length of time. Try "30m" or "2h".
task-error-no-part = { $title } is no part of { $parent }.
task-error-priority = I know low, medium, high, critical and urgent.
task-error-status = I know to do, in progress, review, blocked, done and cancelled.
task-error-note = There is nothing in that note. Send some words.
task-error-note-long = A note holds at most { $most } characters.
task-error-repeat = I could not read how often that repeats. Try "every monday" or "every 2 weeks".

# Subtasks, and what waits for what
task-progress = { $done } of { $count ->
    [one] { $count } subtask
   *[other] { $count } subtasks
} done
task-part-of = Part of { $name }
task-part-made = A subtask of { $title }:
task-parts-empty = No subtasks yet.
task-parts-button = Subtasks
task-part-add-button = ＋ Subtask
task-part-out-button = Take out
task-all-parts-button = All { $count }
task-ask-part = What belongs to it? Write a subtask, or #15 for a task that is there.
task-and-more = and { $count } more
task-ask-parts = { $title } has { $count ->
    [one] one open subtask
   *[other] { $count } open subtasks
}:
task-done-all-button = Complete all
task-done-only-button = Only this
task-cancelled-all-button = Them too
task-cancelled-parts = { $count ->
    [one] Its subtask is given up too.
   *[other] Its { $count } subtasks are given up too.
}
task-done-parts = { $count ->
    [one] and its subtask
   *[other] and its { $count } subtasks
}
task-parts-ready = All subtasks of #{ $number } { $title } are done.
task-parts-stay = { $count ->
    [one] Its subtask stays open.
   *[other] Its { $count } subtasks stay open.
}
task-removed-with = Deleted: { $title }, with { $what }.
task-count-subtasks = { $count ->
    [one] { $count } subtask
   *[other] { $count } subtasks
}
task-count-notes = { $count ->
    [one] { $count } note
   *[other] { $count } notes
}
task-count-reminders = { $count ->
    [one] { $count } reminder
   *[other] { $count } reminders
}
task-blocked-by = 🔒 Blocked by { $names }
task-holds-up = Holds up { $names }
task-freed = Next: #{ $number } { $title } is free to begin.
task-free = { $title } is free to begin.
task-waits-title = 🔒 Waits for
task-waits-empty = It waits for nothing.
task-waits-button = Waits for
task-wait-add-button = ＋ Wait for
task-ask-wait = What has to be done before? Write the number or the title of a task.
task-error-own-part = A task cannot be a part of itself.
task-error-part-circle = { $parent } is a part of { $title }, so { $title } cannot be a part of it.
task-error-part-closed = { $parent } is closed. Reopen it to add to it.
task-error-part-deep = Subtasks go at most { $most } levels deep. It stays where it was.
task-error-part-many = { $parent } has { $most } subtasks already; that is the most.
task-error-circle-again = That would go round in a circle with what was changed since. Nothing was changed.
task-error-waits-itself = A task cannot wait for itself.
task-error-waits-already = { $title } waits for { $blocker } already.
task-error-waits-circle = #{ $other } { $blocker } waits for #{ $number } { $title }, so it cannot be the other way round too.
task-error-waits-whole = { $title } is a part of { $blocker }, so it cannot wait for it.
task-error-waits-many = A task waits for at most { $most } others.
task-error-waits-not = { $title } does not wait for { $blocker }.
task-error-link-reminder = #{ $number } is a reminder. Name a task.
task-error-which = Several are called "{ $words }": { $list }. Write the number.

# Many tasks at once
task-suggest-words = By its words it looks { $level }.
task-suggest-overdue = It is overdue: it looks { $level }.
task-suggest-soon = It is due soon: it looks { $level }.
task-suggest-awaited = Others wait for it: it looks { $level }.
task-suggest-undated = It has no date and nothing waits for it: it looks { $level }.
task-suggest-none = Its priority looks right: { $level }.

task-bulk-ask = Which tasks? Write their numbers ("1,2,5-7"), or words and filters ("tag:sales priority:high").
task-bulk-chosen = { $count ->
    [0] There are no such tasks.
    [one] { $count } task
   *[other] { $count } tasks
}
task-bulk-how = First which ones, then what is to change: "/bulk 1,2 priority high", "/bulk tag:sales due friday".
task-bulk-found-button = Change all { $count }
task-bulk-missing = There is no { $numbers }.
task-bulk-status-button = Status
task-bulk-priority-button = Priority
task-bulk-tag-button = Tags
task-bulk-project-button = Project
task-bulk-client-button = Client
task-bulk-due-button = Date
task-bulk-estimate-button = Estimate
task-bulk-start-button = Start
task-bulk-assign-button = Assign
task-bulk-delete-button = Delete
task-bulk-value-status = Where do they stand?
task-bulk-value-priority = How important are they?
task-bulk-value-tag = Which tags? "+sales -old" adds one and takes one away.
task-bulk-value-project = Which project? A new name makes a new one, "none" takes them out.
task-bulk-value-client = Which client? A new name makes a new one, "none" takes it away.
task-bulk-value-due = When are they due? Press, or write "friday 15:00".
task-bulk-value-estimate = How long does each take? "30m", "2h", or "none".
task-bulk-value-start = Not before when? Press, or write "monday".
task-bulk-value-assign = Who is to do them? Press, or write a name.
task-bulk-confirm-status = Set { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} to { $value }?
task-bulk-confirm-priority = Make { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} { $value }?
task-bulk-confirm-tag = Tag { $count ->
    [one] { $count } task
   *[other] { $count } tasks
}: { $value }?
task-bulk-confirm-project = Put { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} into { $value }?
task-bulk-confirm-project-none = Take { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} out of their project?
task-bulk-confirm-client = Assign { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} to { $value }?
task-bulk-confirm-client-none = Take the client off { $count ->
    [one] { $count } task
   *[other] { $count } tasks
}?
task-bulk-confirm-due = Move { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} to { $value }?
task-bulk-confirm-due-none = Take the date off { $count ->
    [one] { $count } task
   *[other] { $count } tasks
}?
task-bulk-confirm-estimate = Plan { $value } for { $count ->
    [one] { $count } task
   *[other] each of { $count } tasks
}?
task-bulk-confirm-estimate-none = Take the estimate off { $count ->
    [one] { $count } task
   *[other] { $count } tasks
}?
task-bulk-confirm-start = Put { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} off until { $value }?
task-bulk-confirm-start-none = Take the start off { $count ->
    [one] { $count } task
   *[other] { $count } tasks
}?
task-bulk-confirm-assign = Give { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} to { $value }?
task-bulk-confirm-assign-none = Give { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} to nobody?
task-bulk-confirm-delete = Delete { $count ->
    [one] { $count } task
   *[other] { $count } tasks
}?
task-bulk-parts-stay = { $count ->
    [one] One of them has open subtasks: they stay open.
   *[other] { $count } of them have open subtasks: they stay open.
}
task-bulk-parts-go = { $count ->
    [one] One of them has open subtasks: they go with it.
   *[other] { $count } of them have open subtasks: they go with them.
}
task-bulk-series-ask = { $count ->
    [one] 🔁 One of them repeats: only this one, or all following too?
   *[other] 🔁 { $count } of them repeat: only these, or all following too?
}
task-bulk-series-next = { $count ->
    [one] 🔁 One of them repeats: its next one opens.
   *[other] 🔁 { $count } of them repeat: their next ones open.
}
task-bulk-series-one = { $count ->
    [one] 🔁 One of them repeats: only this one moves.
   *[other] 🔁 { $count } of them repeat: only these move.
}
task-bulk-series-undated = { $count ->
    [one] 🔁 One of them repeats: it waits for a new date.
   *[other] 🔁 { $count } of them repeat: they wait for new dates.
}
task-bulk-opened = { $count ->
    [one] 🔁 The next one of a series is open.
   *[other] 🔁 The next ones of { $count } series are open.
}
task-bulk-only-button = { $count ->
    [one] This one
   *[other] Only these
}
task-bulk-yes-button = { $count ->
    [one] Yes, this
   *[other] Yes, all { $count }
}
task-bulk-done = { $count ->
    [0] Nothing was changed.
   *[other] { $what ->
        [delete] Deleted: { $count }
       *[other] ✅ Changed: { $count }
    }
}
task-bulk-same = { $count ->
    [one] One was so already.
   *[other] { $count } were so already.
}
task-bulk-failed = ⚠️ #{ $number } { $title }: { $reason }
task-error-bulk-many = That is more than { $most } tasks. Narrow it with a filter.
task-error-bulk-gone = I no longer know which tasks these were. Choose them again with /bulk.
task-error-bulk-tag = Name at least one tag: "+sales" adds it, "-sales" takes it away.
task-error-filter = I could not read { $filters }. Filters are status: priority: tag: project: client: due: created: completed:, such as due:week or priority:high.

# Saved filters
task-filters-title = Saved filters
task-filter-deleted = Deleted: filter { $name }.
task-filters-empty = No saved filters yet.
task-filters-how = "/filters save urgent status:open priority:urgent" keeps one, and so does Save below a search.
task-filter-row = { $name }: { $query }
task-filter-saved = Kept as { $name }: { $query }
task-filter-save-button = Save
task-filter-remove-button = Remove one
task-filter-ask-name = Under which name?
task-filter-hint-status = status: is open, closed, todo, in_progress, review, blocked, done or cancelled.
task-filter-hint-priority = priority: is low, medium, high, critical or urgent, also >=high.
task-filter-hint-tag = tag: is a tag, or several of which one is enough: tag:home,work.
task-filter-hint-project = project: is a project, in quotation marks when it has several words.
task-filter-hint-client = client: is a client, in quotation marks when it has several words.
task-filter-hint-due = due: is today, tomorrow, week, month, overdue, none, a date (2026-03-12), or a range (2026-03-01..2026-03-31).
task-filter-hint-created = created: is today, yesterday, week, month, a date (2026-03-12), or a range (2026-03-01..2026-03-31).
task-error-filter-name = A filter needs a name of at most { $most } characters.
task-error-filter-empty = There is nothing to search for in that. Write words or filters.
task-error-filter-many = There are { $most } filters already. Remove one first.
task-error-filter-unknown = No filter is called "{ $name }". /filters lists them.

# Templates
task-templates-title = Templates
task-template-deleted = Deleted: template { $name }.
task-templates-empty = No templates yet.
task-templates-how = "/template save 12 onboarding" keeps task 12 with its subtasks; "/template onboarding friday" makes them again.
task-template-row = { $name }{ $count ->
    [0] { "" }
    [one] { " " }· { $count } subtask
   *[other] { " " }· { $count } subtasks
}
task-template-saved = Kept as a template: { $name }{ $count ->
    [0] { "" }
    [one] , with its subtask
   *[other] , with its { $count } subtasks
}
task-template-replaces = It takes the place of the one that was called so.
task-template-button = As template
task-template-when = For which day? Press, or write one; its dates follow.
task-error-template-name = A template needs a name of at most { $most } characters.
task-error-template-large = A template holds at most { $most } tasks.
task-error-template-many = There are { $most } templates already. Remove one first.
task-error-template-unknown = No template is called "{ $name }". /template lists them.
task-error-template-which = Which task? "/template save 12 onboarding", or reply to its card.

# History and undo
action-task-create = Added "{ $title }"
action-task-create-undone = "{ $title }" is taken out again.
action-task-update = Changed "{ $title }"
action-task-update-undone = "{ $title }" is as it was before.
action-task-field = { $field ->
    [tags] New tags for "{ $title }"
    [project] New project for "{ $title }"
    [client] New client for "{ $title }"
    [estimate] New estimate for "{ $title }"
    [notes] New notes in "{ $title }"
   *[repeat] New repetition of "{ $title }"
}
action-task-field-undone = { $field ->
    [tags] "{ $title }" has its tags from before.
    [project] "{ $title }" is in its project from before.
    [client] "{ $title }" has its client from before.
    [estimate] "{ $title }" has its estimate from before.
    [notes] "{ $title }" has its notes from before.
   *[repeat] "{ $title }" repeats as before.
}
action-task-title = Renamed to "{ $title }"
action-task-title-undone = "{ $title }" has its old title again.
action-task-due = New date for "{ $title }"
action-task-due-undone = "{ $title }" has its date from before.
action-task-priority = New priority for "{ $title }"
action-task-priority-undone = "{ $title }" has its priority from before.
action-task-status = New status for "{ $title }"
action-task-status-undone = "{ $title }" has its status from before.
action-task-complete = Done: "{ $title }"
action-task-complete-undone = { $title } is open again.
action-task-reopen = Opened again: "{ $title }"
action-task-reopen-undone = { $title } is closed again.
action-task-cancel = Given up: "{ $title }"
action-task-cancel-undone = { $title } is open again.
action-task-assign = { $to ->
    [nobody] "{ $title }" is nobody's
   *[somebody] "{ $title }" is for { $name }
}
action-task-assign-undone = "{ $title }" is whose it was before.
action-task-move = { $where ->
    [group] Moved "{ $title }" to { $group }
   *[own] Moved "{ $title }" to a private list
}
action-task-move-undone = "{ $title }" is back here.
action-task-delete = Deleted "{ $title }"
action-task-delete-undone = { $title } is back.
action-task-complete-all = Done with { $count ->
    [one] its subtask
   *[other] its { $count } subtasks
}: "{ $title }"
action-task-complete-all-undone = { $title } and { $count ->
    [one] its subtask
   *[other] its { $count } subtasks
} are open again.
action-task-complete-several = Done: { $count ->
    [one] { $count } task
   *[other] { $count } tasks
}
action-task-complete-several-undone = { $count ->
    [one] { $count } task is
   *[other] { $count } tasks are
} open again.
action-task-reopen-several = Opened again: { $count ->
    [one] { $count } task
   *[other] { $count } tasks
}
action-task-reopen-several-undone = { $count ->
    [one] { $count } task is
   *[other] { $count } tasks are
} closed again.
action-task-part = "{ $title }" became a part of "{ $parent }"
action-task-part-undone = "{ $title }" is where it was before.
action-task-part-out = "{ $title }" stands on its own
action-task-part-out-undone = "{ $title }" is where it was before.
action-task-depend = "{ $title }" waits for { $others }
action-task-depend-undone = "{ $title }" waits as before.
action-task-release = "{ $title }" waits no more for { $others }
action-task-release-undone = "{ $title }" waits as before.
action-task-bulk = { $what ->
    [status] New status
    [priority] New priority
    [tag] New tags
    [project] New project
    [client] New client
    [due] New date
    [estimate] New estimate
    [start] New start
    [assign] Given to somebody
   *[delete] Deleted
}: { $count ->
    [one] { $count } task
   *[other] { $count } tasks
}
action-task-bulk-undone = { $what ->
    [delete] { $count ->
        [one] { $count } task is
       *[other] { $count } tasks are
    } back.
   *[other] { $count ->
        [one] { $count } task is
       *[other] { $count } tasks are
    } as before.
}
action-task-filter = Kept the filter "{ $name }"
action-task-filter-undone = The filter "{ $name }" is as it was before.
action-task-filter-delete = Removed the filter "{ $name }"
action-task-filter-delete-undone = The filter "{ $name }" is back.
action-task-template = Kept the template "{ $name }"
action-task-template-undone = The template "{ $name }" is as it was before.
action-task-template-delete = Removed the template "{ $name }"
action-task-template-delete-undone = The template "{ $name }" is back.
action-task-template-use = Made of a template: "{ $title }", { $count ->
    [one] { $count } task
   *[other] { $count } tasks
}
action-task-template-use-undone = "{ $title }" is taken out again, { $count ->
    [one] { $count } task
   *[other] { $count } tasks
}.
action-task-note = Note on "{ $title }"
action-task-note-undone = The note on "{ $title }" is taken out again.
action-task-note-edit = Changed a note on "{ $title }"
action-task-note-edit-undone = The note on "{ $title }" reads as before.
action-task-note-delete = Deleted a note on "{ $title }"
action-task-note-delete-undone = The note on "{ $title }" is back.

# Commands
command-add = Add a task
command-add-examples =
    /add call Bob tomorrow 3pm !high
    /add -- words kept as typed
    /add
command-list = All open tasks, or by tag, project, client, status, day
command-list-examples =
    /list
    /list #sales
    /list in progress
    /list friday
command-today = What is due today
command-today-examples =
    /today
command-week = What is due this week
command-week-examples =
    /week
command-overdue = What is overdue
command-overdue-examples =
    /overdue
command-someday = Tasks without a date
command-someday-examples =
    /someday
command-search = Find tasks by words and filters
command-search-examples =
    /search offer acme
    /search status:open priority:high
command-filters = Your saved searches
command-filters-examples =
    /filters
    /filters save hot priority:urgent
    /filters delete hot
command-task = Show a task
command-task-examples =
    /task 12
command-done = Complete a task
command-done-examples =
    /done 12
    /done 12 15
    /done call Bob
command-reopen = Open a task again
command-reopen-examples =
    /reopen 12
command-edit = Change a task
command-edit-examples =
    /edit 12
    /edit 12 Call Bobby
command-due = Set when a task is due
command-due-examples =
    /due 12 tomorrow 15:00
    /due 12 none
command-priority = Set how important a task is
command-priority-examples =
    /priority 12 high
command-set_status = Set where a task stands
command-set_status-examples =
    /set_status 12 in progress
command-tag = Set a task's tags, or list a tag
command-tag-examples =
    /tag 12 sales
    /tag 12 -sales
    /tag
command-project = Put a task into a project, or list one
command-project-examples =
    /project 12 Website
    /project
    /project rename Website Site
command-assign_client = Assign a task to a client
command-assign_client-examples =
    /assign_client 12 Acme
command-estimate = Set how long a task will take
command-estimate-examples =
    /estimate 12 30m
command-defer = Set the day a task begins
command-defer-examples =
    /defer 12 monday
command-assign_to = Give a task of the group to somebody in it
command-assign_to-examples =
    /assign_to 12 Anna
    /assign_to 12 me
    /assign_to 12
command-mine = What is yours to do in your groups
command-mine-examples = /mine
command-subtask = Add a subtask, or show them
command-subtask-examples =
    /subtask 12 buy paint
    /subtask 12 #15
    /subtask 12
command-depend = Say what a task waits for
command-depend-examples =
    /depend 12 on 15
    /depend 12 -15
    /depend 12
command-note = Add a note to a task, or read them
command-note-examples =
    /note 12 Bob asked for Friday
command-bulk = Change many tasks at once
command-bulk-examples =
    /bulk 1,2,3
    /bulk tag:sales due friday
    /bulk overdue priority high
    /bulk
command-template = Keep a task as a template, or use one
command-template-examples =
    /template
    /template save 12 onboarding
    /template onboarding friday
    /template delete onboarding
command-delete = Delete a task
command-delete-examples =
    /delete 12

# Whose a task of a group is
task-ask-assignee = Whose is it?
task-assign-unknown = Nobody in this group who may use me is called "{ $name }". I know those who have called me here once.
task-assign-client-hint = A client? /assign_client { $number } { $name }
task-assign-nobody-button = Nobody
task-assign-button = Assign
task-assign-gone = They are not in this group any more.
task-given = { $by } gave you this in { $group }:
task-given-several = { $by } gave you { $count } tasks in { $group }:
task-given-button = Show there
task-mine-none = Nothing in your groups is yours to do.
task-moved = { $where ->
    [group] { $title } is in { $group } now, as #{ $number }.
   *[own] { $title } is in your own list now, as #{ $number }.
}
task-moved-here = { $by } moved this here:

# Headers of the tables of filters and templates
task-column-query = Search
task-column-parts = Subtasks
