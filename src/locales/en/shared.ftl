# Words several features use.

shared-undo-button = Undo
shared-cancel-button = Cancel
shared-back-button = ◀ Back
shared-edit-button = Edit
shared-skip-button = Skip
shared-yes-button = Yes
shared-no-button = No
shared-close-button = Close
shared-help-button = Help
shared-more-button = More

# Behind the first line of a message that may have arrived before
shared-repeat = (repeat)
shared-private-button = Open chat
shared-reply-here = Reply to this message.

# Headers of tables
shared-column-number = #
shared-column-task = Task
shared-column-reminder = Reminder
shared-column-when = When
shared-column-what = What
shared-column-who = Who
shared-column-name = Name
