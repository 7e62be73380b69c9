# Steward in a group

group-hello = Hello, I keep a list for this group.
group-back = I am back. Everything here is as it was.
group-open = { $count ->
    [one] One task is open.
   *[other] { $count } tasks are open.
}
group-how = Call me by my name, as in { $example }, or reply to one of my messages. Whatever else you write here I leave alone.
group-example = { $name ->
    [none] /add buy milk tomorrow 18:00
   *[other] @{ $name } buy milk tomorrow 18:00
}
group-who = I answer those who may use me. /list is shared by all of them; "assign 12 to Anna" gives somebody a task.
group-zone = Say times by your own clock. I keep them by that of { $zone }, and each of you sees theirs.
group-list-button = List
group-nameless = the group
group-away = I cannot write in { $title } any more. Its list is kept as it is; add me again and it goes on.
group-away-reminders = { $count ->
    [one] Your reminder there rests until then.
   *[other] Your { $count } reminders there rest until then.
}
