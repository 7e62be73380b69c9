# What is not built yet: said plainly, with what serves until then.

later-habits = I do not keep habits yet.
later-habits-meanwhile = Until then a repeating reminder keeps the rhythm: "remind me to do push-ups every day at 8".
later-open-task = On your list there is "{ $title }", #{ $number }.
later-done-button = Done #{ $number }
later-time = I do not track time yet.
later-time-meanwhile = Until then a task can carry a plan ("write the report ~30m") and a note of what was spent.
later-clients = I keep no cards and reports of clients yet.
later-clients-meanwhile = Until then name a client in a task ("send the offer @acme") and list them with "/list @acme".
later-calendar = I do not read calendars yet.
later-calendar-meanwhile = Until then the week shows what I keep for you, day by day.
later-digests = I do not write morning and evening reviews yet.
later-digests-meanwhile = Until then today's list is one tap away.
later-figures = I do not draw up statistics yet.
later-figures-meanwhile = Until then the history shows what was done, and "/reminders stats" how reminders went.
later-assistant = I do not hold conversations yet.
later-assistant-meanwhile = Until then say what to keep in mind; help shows how.
later-integrations = I am not connected to other services yet.
later-integrations-meanwhile = Until then forward me what should become a task, or add it.

command-habit = A habit, new or its card
command-habit-examples =
    /habit push-ups every day
command-habits = Your habits
command-habits-examples =
    /habits
command-tick = Tick a habit
command-tick-examples =
    /tick push-ups
command-timer = Start or stop a timer
command-timer-examples =
    /timer start 12
command-log = Add time that was spent
command-log-examples =
    /log 45m on website
command-timesheet = Time that was spent
command-timesheet-examples =
    /timesheet
command-clients = Your clients
command-clients-examples =
    /clients
command-client = One client
command-client-examples =
    /client Acme
command-report = Time and tasks of a client
command-report-examples =
    /report Acme
command-agenda = Events and tasks of a day
command-agenda-examples =
    /agenda tomorrow
command-calendars = Connected calendars
command-calendars-examples =
    /calendars
command-connect = Connect a calendar
command-connect-examples =
    /connect google
command-timeblock = Time for a task in the calendar
command-timeblock-examples =
    /timeblock 12 tomorrow 10:00
command-feed = Tasks and reminders as a calendar to subscribe to
command-feed-examples =
    /feed
command-brief = The morning brief
command-brief-examples =
    /brief
command-review = The review at the end of the day
command-review-examples =
    /review
command-weekly = The review of the week
command-weekly-examples =
    /weekly
command-stats = Figures of your tasks
command-stats-examples =
    /stats
command-chat = Talk with the assistant
command-chat-examples =
    /chat
command-new = A new conversation
command-new-examples =
    /new
command-memory = What the assistant remembers
command-memory-examples =
    /memory
command-persona = How the assistant speaks
command-persona-examples =
    /persona
command-usage = What the assistant cost
command-usage-examples =
    /usage
command-github = GitHub
command-github-examples =
    /github
command-slack = Slack
command-slack-examples =
    /slack
command-clickup = ClickUp
command-clickup-examples =
    /clickup
command-webhooks = Webhooks
command-webhooks-examples =
    /webhooks
command-tokens = Tokens of the API
command-tokens-examples =
    /tokens
