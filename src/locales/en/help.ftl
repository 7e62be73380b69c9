# Help: a menu of topics, each with examples to tap.

command-help = What I can do, by topic or command
command-help-examples =
    /help
    /help undo

help-title = What can I help with?
help-what = Write things as you would say them; commands are for those who like them.
help-unknown-topic = I have no help on "{ $words }". This is what there is:
# Words of how a command goes ("/due <#n> [when]"); a word that is typed as it stands keeps its form.
help-usage-word = { $word }
help-line = { $usage } — { $description }
help-later = Not here yet.
help-aliases = Also understood: { $aliases }

# What else a command is asked for by: "how do I postpone a reminder?"
help-dates-asked = dates recurring recurrence repeating repeat
help-keys =
    add: create
    snooze: postpone later delay
    remind: alarm notify notification alert recurring
    move: list group
    delete: remove trash
    done: complete finish tick close
    reopen: uncomplete
    due: deadline date reschedule postpone
    priority: important urgent importance
    subtask: checklist steps child
    depend: blocker blocked dependency waits
    note: comment
    files: attachment photo picture document
    bulk: several many batch once
    filters: saved view
    quiet: silence disturb night sleep mute
    pause: holiday vacation stop
    settings: clock hour week language morning
    timezone: travel city abroad
    undo: mistake revert back
    history: log
    export: download backup data
    import: todoist upload restore
    forget_me: account erase gdpr
    people: share member
    invite: share wife husband friend family
    assign_client: customer
help-topic-start = Start
help-topic-tasks = Tasks
help-topic-reminders = Reminders
help-topic-settings = Settings
help-topic-safety = Safety
help-topic-dates = Dates
help-topic-owner = Operator

# Other words a topic is asked for by, apart by spaces
help-topic-start-names = beginning first begin
help-topic-tasks-names = task todo
help-topic-reminders-names = reminder
help-topic-settings-names = setting preferences
help-topic-safety-names = undo history status safety
help-topic-owner-names = operator admin
help-topic-dates-names = date time times day days repeat repeats recurrence recurrences recurring grammar

help-about-start = { $topic }: the first steps
help-about-tasks = { $topic }: add, find, change, finish
help-about-reminders = { $topic }: once or repeating, snooze, why
help-about-settings = { $topic }: zone, language, dates
help-about-safety = { $topic }: take anything back, see how I am
help-about-owner = { $topic }: people and errors

help-words-start = Any plain message is understood. Try one of these:
help-words-tasks = A message becomes a task. Signs: !high #sales @acme ~30m. A reply to a task moves it or adds a note. Lists can come as native tables: /settings
help-words-reminders = Say when, once or again and again. A reminder has buttons for done and later.
help-words-settings = Everything here can be undone too.
help-words-safety = Every change can be taken back for 90 days, also the last few at once.
help-words-owner = Only you see these.
help-words-dates =
    Days: today, fri, next friday, 12 March, in 3 days
    Times: 3pm, 15:00, noon, tonight, in 2 hours; a bare 5 is the afternoon
    Periods: next week, in March, end of month, by friday
    Repeats: every weekday at 9, every 2 weeks on mon, last workday, until 1 May
    "Words in quotes" are never read.
    What can mean two things, I ask about.

help-say-start-1 = call Bob tomorrow 3pm
help-say-start-2 = what's due this week
help-say-start-3 = done with call Bob
help-say-tasks-1 = send the offer fri !high #sales ~30m
help-say-tasks-2 = what's due this week
help-say-tasks-3 = overdue
help-say-reminders-1 = remind me to stretch in 1 minute
help-say-reminders-2 = remind me to stretch every weekday at 9
help-say-dates-1 = dentist tomorrow 9:30, remind me 30 min before
help-say-dates-2 = pay rent on the last workday of the month
help-say-dates-3 = water plants every 3 days after I finish
help-say-reminders-3 = remind me to call Mum on sunday at 18:00
