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

help-topic-start = Start
help-topic-tasks = Tasks
help-topic-reminders = Reminders
help-topic-settings = Settings
help-topic-safety = Undo and status
help-topic-owner = Operator

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

help-say-start-1 = call Bob tomorrow 3pm
help-say-start-2 = what's due this week
help-say-start-3 = done with call Bob
help-say-tasks-1 = send the offer fri !high #sales ~30m
help-say-tasks-2 = what's due this week
help-say-tasks-3 = overdue
help-say-reminders-1 = remind me to stretch in 1 minute
help-say-reminders-2 = remind me to stretch every weekday at 9
help-say-reminders-3 = remind me to call Mum on sunday at 18:00
