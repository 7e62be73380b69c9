# Backups, for the operator.

command-backup = Back everything up now, or see how backups stand
command-backup-examples =
    /backup
    /backup list

backup-title = Backups
backup-request-begun = 💾 Backing up. I write when it is read back and proved.
backup-request-busy = A backup is under way already. I write when one asked for here has ended.
backup-request-elsewhere = I cannot reach the place of the archives from here: the scheduled job (CronJob) makes the backups. To make one now, start that job.
backup-never = ⚠️ There is no good backup yet.
backup-good = ✅ Last good one: { $when }, { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, { $size }.
backup-failed = ⚠️ The last try failed ({ $when }): { $reason }
backup-found-bad = ⚠️ { $archive } was found bad: { $reason }
backup-drill-hindered = ⚠️ An archive could not be restored on trial ({ $when }), which says nothing about it: { $reason }
backup-drilled = Restored on trial: { $when }.
backup-never-drilled = Never restored on trial yet: `steward drill` does.
backup-restored = These data were restored { $when } from { $archive }.
backup-next = The next one: { $when }.
backup-next-elsewhere = A scheduled job elsewhere makes them.
backup-run-backup = { $state ->
    [succeeded] 💾 backup
    [failed] ⚠️ backup, failed
   *[other] ⏳ backup
}
backup-run-verify = { $state ->
    [succeeded] 🔎 verified
    [failed] ⚠️ found bad
    [hindered] ⚠️ could not be verified
   *[other] ⏳ being verified
}
backup-run-drill = { $state ->
    [succeeded] 🔁 drill
    [failed] ⚠️ drill, the archive is bad
    [hindered] ⚠️ drill, could not be made
   *[other] ⏳ drill
}
backup-run-restore = { $state ->
    [succeeded] ↩️ restored
    [failed] ⚠️ restore, failed
   *[other] ⏳ restore
}
backup-size-kilobytes = { $size } kB
backup-size-megabytes = { $size } MB
backup-ended = ✅ Backed up and proved: { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, { $size }.
backup-ended-failed = ⚠️ The backup failed. Earlier ones are untouched.
backup-now-button = Backup now
backup-again-button = Refresh
