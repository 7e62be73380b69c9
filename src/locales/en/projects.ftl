# Projects themselves: renamed and deleted.

project-hint = "/project rename Website Site" gives one another name, "/project delete Website" takes it away.
project-renamed = { $name } is called { $to } now.
project-ask-delete = { $count ->
    [one] One task is in { $name }. It stays, without a project. Delete the project?
   *[other] { $count } tasks are in { $name }, { $open } of them open. They stay, without a project. Delete the project?
}
project-removed = { $count ->
    [0] Deleted: project { $name }.
    [one] Deleted: project { $name }. Its task stays, without one.
   *[other] Deleted: project { $name }. Its { $count } tasks stay, without one.
}
project-made-again = { $count ->
    [one] There was no project { $names } any more, so it is made again.
   *[other] There were no projects { $names } any more, so they are made again.
}
project-error-name = A project needs a name. Send some words.
project-error-taken = There is a project { $name } already. Choose another name, or move the tasks with /bulk.
project-error-unknown = No project is called "{ $name }". /project lists them.
project-error-gone = That project is gone already.
project-error-large = More than { $most } tasks are in { $name }. Move them with /bulk first.

action-project-rename = Project { $name } → { $to }
action-project-rename-undone = The project is called { $name } again.
action-project-delete = Deleted project { $name }
action-project-delete-undone = Project { $name } is back, with its tasks.

command-move = Move a task to another project
command-move-examples =
    /move 12 Website
    /move 12
