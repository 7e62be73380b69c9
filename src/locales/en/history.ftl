# What was done, and taking it back.

command-undo = Take back the last change, or the last few
command-undo-examples =
    /undo
    /undo 3
command-history = What was changed, by whom and when
command-history-examples =
    /history

history-undo-usage = /undo, or /undo 3 for the last three ({ $most } at most)

history-title = History
history-empty = Nothing has been changed yet. What you add, change or finish is listed here.
history-page = { $page }/{ $pages }
history-choose-button = Undo one
history-choose = Which one is to be taken back?
history-taken-back-mark = ↩️ taken back
history-via-assistant = by Claude
history-via-integration = by an integration
history-via-system = by Steward

history-undone = Taken back: { $what }
history-redo-button = Redo
history-again = Again: { $what }
history-some-change = a change
history-already = ↩️ { $what }: taken back already.
history-refused = ⚠️ { $what } stays. { $reason }
history-place-taken = Something else has taken its place since.
history-taken-back = { $of ->
    [one] Took back { $count } of { $of } change
   *[other] Took back { $count } of { $of } changes
}
history-standing-again = { $of ->
    [one] { $count } of { $of } change stands again
   *[other] { $count } of { $of } changes stand again
}
history-no-more = There is nothing more to take back.

history-ask = Take back { $what }? The same thing was changed again since:
history-ask-newer-stay = Newer changes of other details stay.
history-anyway-button = Undo anyway
history-keep-button = Keep
history-kept = Left as it is.
