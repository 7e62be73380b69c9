# Settings, and the first questions.

command-start = Begin: a few questions and three examples
command-start-examples =
    /start
command-settings = Your zone, language, hours, how lists look
command-settings-examples =
    /settings
command-timezone = Your time zone, by city or name
command-timezone-examples =
    /timezone Berlin
    /timezone America/New_York
command-language = English or Russian
command-language-examples =
    /language en
    /language ru
command-cancel = End what I am asking about
command-cancel-examples =
    /cancel

settings-title-group = Settings of this group
settings-title = Settings
settings-title-button = Settings
settings-keep-button = Save task
settings-cancelled = All right, that is ended.
settings-nothing-asked = I am not asking anything right now.
settings-last-change = The last thing done: { $what }

settings-line-zone = Zone: { $zone }{ $detail }, { $time } now
settings-line-language = Language: { $language ->
    [ru] Russian
   *[en] English
}
settings-line-dates = 5/6 is { $order ->
    [dmy] 5 June
    [mdy] 6 May
   *[region] read as in your region
}
settings-line-clock = Clock: { $clock ->
    [h12] 12 hours (3 PM)
    [h24] 24 hours (15:00)
   *[region] as in your region
}
settings-line-week = Week begins on { $day ->
    [6] Saturday
    [7] Sunday
   *[1] Monday
}
settings-line-parts = Morning { $morning }, afternoon { $afternoon }, evening { $evening }

settings-zone-button = Zone
settings-language-button = Language
settings-dates-button = Dates
settings-clock-button = Clock
settings-week-button = Week
settings-parts-button = Hours

settings-zone-now = Your zone is { $zone }{ $detail }, { $time } now.
settings-ask-zone = Choose one, send the name of a city, or send your location.
settings-zone-unknown = I know no zone "{ $words }".
settings-zone-near = Did you mean one of these?
settings-zone-none-near = Try the nearest big city, such as "Berlin", or send your location.
settings-zones-found = Zones for "{ $words }":
settings-zone-nearest = It is the zone of { $place }, the nearest place I know ({ $away } km).
settings-zone-kept-hours = { $count ->
    [one] One reminder keeps its hour: 9:00 stays 9:00 on the new clock.
   *[other] { $count } reminders keep their hours: 9:00 stays 9:00 on the new clock.
}
settings-location-nowhere = That location is no place on Earth. Send the name of a city instead.
settings-ask-language = Which language shall I speak?
settings-language-name-button = { $language ->
    [ru] Русский
   *[en] English
}
settings-language-unknown = I do not speak "{ $words }". I speak English and Russian: /language en, /language ru
settings-ask-dates = What is 5/6?
settings-dates-dmy-button = 5 June
settings-dates-mdy-button = 6 May
settings-dates-region-button = By region
settings-ask-clock = How shall I show times?
settings-clock-24-button = 15:00
settings-clock-12-button = 3 PM
settings-clock-region-button = By region
settings-ask-week = Which day does your week begin on?
settings-week-1-button = Monday
settings-week-7-button = Sunday
settings-week-6-button = Saturday
settings-ask-parts = When you say "in the evening", which hour do you mean? Choose a part of the day.
settings-part-morning = Morning
settings-part-noon = Noon
settings-part-afternoon = Afternoon
settings-part-evening = Evening
settings-part-tonight = Tonight
settings-part-night = Night
settings-part-endOfDay = End of day
settings-ask-part = { $part } is { $time } now. When shall it be?
settings-part-usual-button = Usual ({ $time })

settings-start-title = Steward
settings-start-what = I keep your tasks and remind you on time. Two questions first; skip what you like.
settings-start-zone = 1/2 Where are you? Choose by the clock, send the name of a city, or send your location.
settings-start-zone-kept = Zone: { $zone }, as it was.
settings-start-language = 2/2 Which language shall I speak?
settings-start-done = ✅ Zone: { $zone }, { $time } now. Language: { $language ->
    [ru] Russian
   *[en] English
}. Both can be changed in /settings.
settings-start-try = Write things as you would say them. Tap one to try, /undo takes it back:
settings-example-1 = call Bob tomorrow 3pm
settings-example-2 = remind me to stretch in 1 minute
settings-example-3 = what's due this week

# What changed, in /history; the twins tell that it was taken back.
action-settings-zone = Zone: { $to }.
action-settings-zone-undone = ↩️ Zone: { $from } again.
action-settings-language = Language: { $to ->
    [ru] Russian
   *[en] English
}.
action-settings-language-undone = ↩️ Language: { $from ->
    [ru] Russian
   *[en] English
} again.
action-settings-dates = 5/6 is { $to ->
    [dmy] 5 June
    [mdy] 6 May
   *[region] read as in your region
}.
action-settings-dates-undone = ↩️ 5/6 is { $from ->
    [dmy] 5 June
    [mdy] 6 May
   *[region] read as in your region
} again.
action-settings-clock = Clock: { $to ->
    [h12] 12 hours
    [h24] 24 hours
   *[h] as in your region
}.
action-settings-clock-undone = ↩️ Clock: { $from ->
    [h12] 12 hours
    [h24] 24 hours
   *[h] as in your region
} again.
action-settings-week = Week begins on { $to ->
    [6] Saturday
    [7] Sunday
   *[1] Monday
}.
action-settings-week-undone = ↩️ Week begins on { $from ->
    [6] Saturday
    [7] Sunday
   *[1] Monday
} again.
action-settings-parts = { $part ->
    [morning] Morning
    [noon] Noon
    [afternoon] Afternoon
    [evening] Evening
    [tonight] Tonight
    [night] Night
   *[endOfDay] End of day
} is { $to }.
action-settings-parts-undone = ↩️ { $part ->
    [morning] Morning
    [noon] Noon
    [afternoon] Afternoon
    [evening] Evening
    [tonight] Tonight
    [night] Night
   *[endOfDay] End of day
} is { $from } again.
action-settings-start = Steward began.
action-settings-start-undone = ↩️ Language and region are as before the start.

# Quiet time
command-quiet = When I hold reminders back
command-quiet-examples =
    /quiet 22:00-7:00
    /quiet until 15:00
    /quiet off
settings-quiet-button = Quiet time
settings-line-quiet = Quiet hours: { $is ->
    [hours] { $from } to { $to }
   *[never] none
}{ $now ->
    [yes] , quiet now
   *[no] {""}
}
settings-quiet-title = 🔕 Quiet time
settings-quiet-hours = Every day from { $from } to { $to }.
settings-quiet-no-hours = No quiet hours. /quiet 22:00-7:00 sets them.
settings-quiet-now = Quiet now, until you end it: /quiet off
settings-quiet-now-until = Quiet now, until { $until }.
settings-quiet-urgent-passes = Urgent reminders, and those of urgent tasks, come all the same.
settings-quiet-urgent-waits = Urgent reminders wait as well.
settings-quiet-hint = What falls due meanwhile comes in one message afterwards. What you snooze yourself comes on time.
settings-quiet-no-hours-button = No hours
settings-quiet-1h-button = 1 hour
settings-quiet-morning-button = Until morning
settings-quiet-on-button = Until ended
settings-quiet-off-button = End silence
settings-quiet-urgent-button = Allow urgent
settings-quiet-no-urgent-button = Hold urgent
settings-quiet-past = That time has passed already. Give one ahead.
settings-quiet-far = That is further than a year. Give a nearer time.
settings-quiet-unknown = I could not read "{ $words }". Write /quiet 22:00-7:00, /quiet until 15:00, /quiet on or /quiet off.
settings-quiet-hours-unknown = "{ $words }" are no hours of a day. Write them like /quiet 22:00-7:00.
action-settings-quiet = { $kind ->
    [hours] 🔕 Quiet hours: { $from } to { $to }.
    [no-hours] 🔕 No quiet hours any more.
    [on] 🔕 Quiet from now on.
    [until] 🔕 Quiet for a while.
    [urgent] Urgent reminders pass in quiet time.
    [no-urgent] Urgent reminders wait in quiet time.
   *[off] 🔕 The silence is over.
}
action-settings-quiet-undone = ↩️ Quiet time is as it was before.

# How lists look
settings-tables-button = Tables
settings-line-tables = Lists: { $look ->
    [native] native tables
   *[plain] plain text
}
settings-ask-tables = How shall lists look?
settings-tables-hint = Every Telegram shows plain text. Native tables fill the width and wrap long titles, but older versions cannot show them at all: you see a sample first.
settings-tables-plain-button = Plain text
settings-tables-native-button = Native tables
settings-tables-keep-button = Keep text
settings-tables-tried = Here comes a sample. If you see a table, press the button in it. If you do not, nothing changes. If you use Telegram on several devices, look on each of them first.
settings-tables-none = Telegram takes no native tables from me yet. Lists stay plain text.
settings-tables-sample = Sample
settings-tables-sample-1 = Call Bob
settings-tables-sample-2 = Send the offer to Acme and ask about the dates
settings-tables-sample-3 = Book a train
settings-tables-sample-ask = Is this a table?
settings-tables-seen-button = Table shows
action-settings-tables = { $to ->
    [native] Lists come as native tables.
   *[plain] Lists come as plain text.
}
action-settings-tables-undone = ↩️ { $from ->
    [native] Lists come as native tables again.
   *[plain] Lists come as plain text again.
}
