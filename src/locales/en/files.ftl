# Files of tasks: what came, how it is called, what they take.

file-kind = { $kind ->
    [photo] Photo
    [audio] Recording
    [voice] Voice note
    [video] Video
    [animation] Animation
    [video_note] Video note
    [sticker] Sticker
   *[document] File
}
# A title, and the name of what came without one: "Photo, 26 Nov 14:05"
file-title = { $kind ->
    [photo] Photo
    [audio] Recording
    [voice] Voice note
    [video] Video
    [animation] Animation
    [video_note] Video note
    [sticker] Sticker
   *[document] File
}, { $at }
file-title-several = { $kind ->
    [photo] { $count } photos
    [audio] { $count } recordings
    [video] { $count } videos
   *[document] { $count } files
}, { $at }
file-size-bytes = { $size } B
file-size-kilobytes = { $size } kB
file-size-megabytes = { $size } MB
file-count = 📎 { $count ->
    [one] { $count } file
   *[other] { $count } files
}
file-on-its-way = on its way
file-misnamed = not what its name says

file-list-title = 📎 { $title } · { $count ->
    [one] { $count } file
   *[other] { $count } files
}
file-list-empty = No files yet. A photo, a voice note or any file sent in reply to the card is put to it.
file-all-title = 📎 { $count ->
    [one] { $count } file
   *[other] { $count } files
} · { $size } of { $most }
file-all-empty = No files yet. Send a photo, a voice note or any file: it becomes a task. In reply to a card it is put to that task.
file-stats-line = { $kind ->
    [photo] Photos
    [audio] Recordings
    [voice] Voice notes
    [video] Videos
    [animation] Animations
    [video_note] Video notes
    [sticker] Stickers
   *[document] Files
}: { $count } · { $size }
file-replaced = 📎 { $title } has the new file in its place.
file-attached = 📎 { $count ->
    [one] Put to { $title }.
   *[other] { $count } files put to { $title }.
}
file-moved = 📎 { $count ->
    [one] Moved to { $title }.
   *[other] { $count } files moved to { $title }.
}
file-removed = Removed: { $name }.
file-gone-from-store = ⚠️ { $name } is not there any more.

file-list-button = 📎 Files
file-all-button = All files
file-stats-button = Space used
file-add-button = ＋ File
file-send-button = Show
file-rename-button = Rename
file-describe-button = Describe
file-remove-button = Remove

file-ask = Send the photo, voice note or file. An album is put to it whole.
file-ask-name = How is { $name } to be called?
file-ask-description = What is { $name }? Write a line, or "none".

# $kind is 'other' where several kinds are meant
file-left-large = { $count ->
    [one] The { $kind ->
        [photo] photo
        [audio] recording
        [voice] voice note
        [video] video
        [animation] animation
        [video_note] video note
       *[other] file
    } is larger than the 20 MB Telegram hands me, so it stays in this chat.
   *[other] { $count } files are larger than the 20 MB Telegram hands me, so they stay in this chat.
}
file-left-many = A task holds at most { $most } files; { $count ->
    [one] one stays in this chat.
   *[other] { $count } stay in this chat.
}
file-left-quota = Your files take all of the { $quota } they may, so { $count ->
    [one] this one stays in this chat.
   *[other] { $count } stay in this chat.
} /files shows what can go.
file-not-fetched = ⚠️ Telegram did not hand me { $count ->
    [one] the { $kind ->
        [photo] photo
        [audio] recording
        [voice] voice note
        [video] video
        [animation] animation
        [video_note] video note
        [sticker] sticker
       *[other] file
    }. The task is kept without it; send it again to attach it.
   *[other] { $count } of the files. The task is kept without them; send them again to attach them.
}
file-not-fetched-large = ⚠️ { $count ->
    [one] The { $kind ->
        [photo] photo
        [audio] recording
        [voice] voice note
        [video] video
        [animation] animation
        [video_note] video note
       *[other] file
    } is larger than the 20 MB Telegram hands me. The task is kept without it.
   *[other] { $count } files are larger than the 20 MB Telegram hands me. The task is kept without them.
}

file-error-name = There is nothing left of that name once it is safe. Send other words.
file-error-description = A description holds at most { $most } characters.
file-error-many = A task holds at most { $most } files.
file-error-which = Which file? Its number stands in the list: /files 12 shows those of task 12.
file-error-number = There is no file { $number }.

command-files = Files of your tasks
command-files-examples =
    /files
    /files 12
    /files stats
action-file-attach = { $count ->
    [one] File put to "{ $title }"
   *[other] { $count } files put to "{ $title }"
}
action-file-attach-undone = { $count ->
    [one] The file is taken from "{ $title }" again.
   *[other] { $count } files are taken from "{ $title }" again.
}
action-file-replace = Replaced a file of "{ $title }"
action-file-replace-undone = "{ $title }" has its file from before.
action-file-rename = Renamed a file to "{ $name }"
action-file-rename-undone = "{ $name }" has its old name again.
action-file-describe = Described the file "{ $name }"
action-file-describe-undone = "{ $name }" is described as before.
action-file-remove = Removed the file "{ $name }"
action-file-remove-undone = The file "{ $name }" is back.
action-file-move = Moved files to "{ $title }"
action-file-move-undone = The files are where they were before.
