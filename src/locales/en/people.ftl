# Who may use Steward: the operator's invitations and list.

command-invite = Let one more person in, by a code that works once
command-invite-examples =
    /invite
command-people = Who may use Steward, and removing someone
command-people-examples =
    /people
    /people remove Ada

people-invitation = Invitation
people-invitation-until = Good for one person, until { $when }. It is shown only now.
people-invitation-command = They open the link, or send me: { $command }

people-title = { $count ->
    [one] One person
   *[other] { $count } people
}
people-nameless = Telegram { $id }
people-operator = operator
people-invited = invited, joined { $when }
people-open-invitations = { $count ->
    [one] One open invitation, until { $when }
   *[other] { $count } open invitations, the first until { $when }
}
people-remove-button = Remove { $name }
people-withdraw-button = Withdraw invitations
people-ask-remove = Remove { $name }?
people-ask-remove-what = They get no answer and no reminder from then on. What they kept stays stored; a new invitation lets them back in.
people-remove-now-button = Remove
people-keep-button = Keep
people-error-unknown = Nobody here is called "{ $name }". Who is here: /people
people-removed = { $name } has no access any more.
people-gone = That person has no access any more.
people-not-yourself = The operator stays: the first id of TELEGRAM_ALLOWED_USERS decides who that is.

action-people-invite = An invitation was made.
action-people-remove = { $name } was removed.
action-people-withdraw = Open invitations withdrawn: { $count }.

# Headers of the table of people
people-column-username = Username
people-column-standing = Standing
