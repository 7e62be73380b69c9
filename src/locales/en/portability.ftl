# A person's data: taking it along, taking it in, having it forgotten.

command-export = Everything of yours as a file
command-export-examples =
    /export
command-import = Take in a file that /export made
command-import-examples =
    /import
command-forget_me = Delete everything of yours
command-forget_me-examples =
    /forget_me

portability-archive = 📎 Everything of yours
portability-archive-part = 📎 Everything of yours, part { $part }
portability-archive-what = Keep it where only you can read it. /import takes it in again.
portability-archive-without-files = Your files are too many for a chat; whoever runs Steward can write them out: steward export.
portability-readme = This is everything Steward keeps of you. The .csv files open in any spreadsheet. The files in data/ are for machines: send the whole archive to Steward after /import, and it takes your tasks, notes, files, reminders, projects and clients in again. What you attached lies in files/, under names that attachments.csv explains. Sending it twice makes no doubles. What happened (history, deliveries) is there to read. Files of other people and shared lists are not in here. Keep it where only you can read it.

portability-count-projects = { $count ->
    [one] { $count } project
   *[other] { $count } projects
}
portability-count-clients = { $count ->
    [one] { $count } client
   *[other] { $count } clients
}
portability-count-tasks = { $count ->
    [one] { $count } task
   *[other] { $count } tasks
}
portability-count-dependencies = { $count ->
    [one] { $count } task waits for another
   *[other] { $count } tasks wait for others
}
portability-count-saved_filters = { $count ->
    [one] { $count } saved filter
   *[other] { $count } saved filters
}
portability-count-templates = { $count ->
    [one] { $count } template
   *[other] { $count } templates
}
portability-count-notes = { $count ->
    [one] { $count } note
   *[other] { $count } notes
}
portability-count-attachments = { $count ->
    [one] { $count } file
   *[other] { $count } files
}
portability-count-reminders = { $count ->
    [one] { $count } reminder
   *[other] { $count } reminders
}

portability-send = Send me the archive
portability-send-what = The .zip file that /export made, up to 20 MB. Nothing is taken in before you have seen what is in it.
portability-reading = I am reading it.
portability-offer = Take this in?
portability-offer-of = { $name }, exported { $when }
portability-offer-from = Exported { $when }
portability-offer-empty = There is nothing in it to take in.
portability-offer-there = { $count ->
    [one] One of them is here already and stays as it is.
   *[other] { $count } of them are here already and stay as they are.
}
portability-offer-settings = Language, time zone and the other settings come along.
portability-take-button = Take in
portability-taken = { $count ->
    [0] There was nothing new
    [one] Taken in: one item
   *[other] Taken in: { $count } items
}
portability-taken-there = { $count ->
    [one] One was here already.
   *[other] { $count } were here already.
}
portability-taken-overdue = { $count ->
    [one] The time of one reminder had passed: it is over.
   *[other] The time of { $count } reminders had passed: they are over.
}
portability-taken-homeless = { $count ->
    [one] One belongs to a task that is not here; take the earlier part in first, then this one again.
   *[other] { $count } belong to tasks that are not here; take the earlier parts in first, then this one again.
}
portability-left = Nothing was taken in.

portability-error-foreign = This is not an archive that /export made. Nothing was taken in.
portability-error-newer = This archive comes from a newer Steward. Nothing was taken in; it can be once this one is updated.
portability-error-damaged = The archive is damaged or was changed. Nothing was taken in; export it anew, or send the file once more.
portability-error-large = There is more in this archive than a chat takes in at once. Whoever runs Steward can do it: steward import.
portability-error-row = { $member }, line { $line }, is not as it should be. Nothing was taken in.
portability-error-too-large-to-fetch = Telegram hands me files of up to 20 MB only. Whoever runs Steward can take a larger one in: steward import.
portability-error-gone = Telegram does not have this file any more. Send it again.
portability-error-unreached = Telegram did not hand me the file. Nothing was taken in; send it again later.
portability-error-expired = This offer is too old. Send the archive again after /import.

portability-forget-title = Delete everything of yours?
portability-forget-what = Tasks, notes, reminders, projects, clients, settings, history and what was connected go at once and for good: /undo cannot bring them back. What you put into the shared lists of groups stays there, without your name.
portability-forget-backups = { $days ->
    [one] Backups made before still hold them, for one day at most.
   *[other] Backups made before still hold them, for { $days } days at most.
}
portability-forget-invited = You came by an invitation: to come back you need a new one.
portability-forget-configured = You may write again whenever you like, as somebody new.
portability-export-button = Export first
portability-forget-button = Delete
portability-keep-button = Keep
portability-forget-word = DELETE
portability-forget-word-ask = Write { $word } to delete everything. Any other message leaves it as it is.
portability-kept = Everything stays as it is.
portability-forgotten = Everything of yours is deleted.
portability-forgotten-backups = Backups made before hold it until { $until } at the latest.
portability-forgotten-start = To begin anew: /start

action-portability-import = Taken in from an archive: { $count }
action-portability-import-undone = ↩️ What came from the archive is gone again: { $count }
