# How Steward is, and what went wrong.

command-status = How I am, and what waits for you
command-status-examples =
    /status
command-errors = Errors that were kept, with their references
command-errors-examples =
    /errors
    /errors 7F3K

status-all-well = Everything works.
status-needs-attention = ⚠️ Something needs attention.
status-part-telegram = Telegram: { $state ->
    [ok] connected
    [degraded] answers badly; some messages may be slow
   *[down] out of reach; nothing is lost, it goes on when Telegram is back
}
status-part-database = Database: { $state ->
    [ok] works
    [degraded] slow
   *[down] out of reach
}
status-part-queue = Background work: { $state ->
    [ok] runs
    [degraded] behind
   *[down] stands still
}
status-part-inbox = Messages to me: { $state ->
    [ok] none waits
    [degraded] some wait longer than usual
   *[down] waiting
}
status-part-deliveries = Reminders and answers: { $state ->
    [ok] leave on time
    [degraded] some are late or could not be sent
   *[down] not leaving
}
status-part-backups = Backups: { $state ->
    [ok] as planned
    [degraded] ⚠️ need attention
   *[down] not made
}
status-part-other = ⚠️ { $name ->
    [migrations] Database tables
    [poller] Reading messages
    [loops] Regular work
    [eventLoop] Processor time
    [disk] Disk
    [memory] Memory
   *[other] { $name }
}: { $state ->
    [degraded] needs attention
   *[down] does not work
}

status-own-waiting = Reminders waiting for you: { $count }.
status-own-next = Reminders waiting for you: { $count }, the next { $when }.
status-own-held = Held back until later: { $count }.
status-own-late = ❗ Late: { $count }.
status-own-unknown = Perhaps delivered, Telegram's answer was lost: { $count }.
status-own-failed = ⚠️ Could not be delivered this week: { $count }, the last was due { $when }.
status-unreachable = ⚠️ { $whose ->
    [group] Telegram refuses me in the group { $name } since { $when }.
    [named] Telegram refuses me in a chat of { $name } since { $when }.
   *[own] Telegram refuses me in one chat since { $when }.
}
status-no-errors = No errors kept.
status-errors = Errors kept: { $kinds ->
    [one] one kind
   *[other] { $kinds } kinds
}, the last { $when }.{ $unseen ->
    [0] {""}
   *[other] {" "}Not seen yet: { $unseen }.
}
status-version = Version { $version }
status-technical-pool = connections: { $total } open, { $idle } idle, { $waiting } waiting for one
status-technical-memory = memory: { $megabytes } MB
status-technical-uptime = running for { $duration }
status-again-button = Refresh
status-errors-button = Errors

status-errors-title = { $kinds ->
    [one] One kind of error
   *[other] { $kinds } kinds of errors
}
status-error-count = { $count ->
    [one] once
   *[other] { $count } times
}
status-error-seen = { $first } to { $last }
status-error-ref = Ref { $ref }
status-error-source = Thrown at { $source }
status-error-older = Earlier references: { $refs }
status-error-log = The log has the whole of it: look for the reference.
status-error-unknown = No error is kept under { $ref }.
status-seen-button = Seen
status-all-seen-button = All seen
status-new-version = Steward { $version } runs now (it was { $before }).
status-new-version-what = What changed:
status-disk-low = ⚠️ My disk is nearly full: { $free } MB are left. Without space I answer and remind late, so please free some soon.
status-disk-full = ⚠️ My disk is full: { $free } MB are left. Until you free some space I may answer and remind late. Nothing you wrote is lost.
status-disk-was-full = ⚠️ My disk was full, so I answered and reminded late. Nothing you wrote is lost. There is space again: { $free } MB.
status-new-errors = ⚠️ { $count ->
    [one] A new error. It is kept in /errors and not told again.
   *[other] { $count } new errors. They are kept in /errors and not told again.
}

# After the person's chat refused us for a while
status-missed = { $count ->
    [one] One reminder did not reach you while this chat was closed to me.
   *[other] { $count } reminders did not reach you while this chat was closed to me.
}
status-missed-more = and { $count } more
