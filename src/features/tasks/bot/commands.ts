/** The commands of tasks. A missing argument is asked for with buttons. */
import type { Command, CommandCall, Context } from '../../../telegram/feature.ts';
import { isMember, showMine } from '../assign/chat.ts';
import { bulk } from '../bulk/chat.ts';
import { namedAs } from '../details.ts';
import { filesCommand } from '../files/command.ts';
import { filters } from '../filters/chat.ts';
import { projectOrder } from '../projects/chat.ts';
import { template } from '../templates/chat.ts';
import { addFromCommand, addTask, askTitle, withoutTitle } from './add.ts';
import { type Room, taskOf } from './chat.ts';
import { addTaskOf, searchOf } from './larrybot.ts';
import { showKind, showNamed, showNames, showSearch } from './show.ts';
import { carryOut, orderOf } from './targets.ts';
import { act, SIGNED, setField, type Verb } from './verbs.ts';
import { meansNone } from './when.ts';

type Options = Partial<Pick<Command, 'aliases' | 'menu' | 'spoken'>> & Pick<Command, 'usage' | 'run'>;

function command(name: string, options: Options): Command {
  return { topic: 'tasks', scope: 'everyone', menu: false, ...options, name };
}

const ordering =
  (room: Room, verb: Verb): Command['run'] =>
  (context, call) =>
    carryOut(context, room, verb, orderOf(call, verb));

const showing =
  (kind: Parameters<typeof showKind>[1]): Command['run'] =>
  (context) =>
    showKind(context, kind);

/** A new task, and the lists and searches of those there are. */
function listCommands(room: Room): Command[] {
  return [
    command('add', {
      aliases: ['addtask'],
      usage: '[words]',
      menu: true,
      run: (context, call) => add(context, room, call),
    }),
    command('list', {
      aliases: ['tasks'],
      spoken: ['everything', 'show everything', 'show me everything', 'list everything', 'todo'],
      usage: '[#tag, @client, project, status, priority, day]',
      menu: true,
      run: (context, { rest }) => showNamed(context, rest),
    }),
    command('today', {
      spoken: [
        'today',
        'my day',
        "what's next",
        'what is next',
        'what now',
        'what should i do',
        'what should i do today',
        'сегодня',
      ],
      usage: '',
      menu: true,
      run: showing('today'),
    }),
    command('week', { spoken: ['week', 'неделя'], usage: '', menu: true, run: showing('week') }),
    command('overdue', { usage: '', run: showing('overdue') }),
    command('someday', { usage: '', run: showing('someday') }),
    command('search', {
      aliases: ['tags_multi', 'priority_range', 'time_range', 'filter_advanced', 'search_advanced'],
      usage: '<words and filters>',
      menu: true,
      run: (context, call) => showSearch(context, searchOf(call), 1),
    }),
    command('filters', {
      usage: '[name, or save name words and filters]',
      run: (context, { rest }) => filters(context, rest),
    }),
  ];
}

/** What is done with one task, and what its fields become. */
function fieldCommands(room: Room): Command[] {
  return [
    command('task', {
      aliases: ['suggest'],
      usage: '<#n or words>',
      run: (context, call) => ordering(room, call.typed === 'suggest' ? 'suggest' : 'open')(context, call),
    }),
    command('done', {
      usage: '<#n … or words>',
      menu: true,
      run: ordering(room, 'done'),
    }),
    command('reopen', { usage: '<#n or words>', run: ordering(room, 'reopen') }),
    command('edit', {
      usage: '<#n or words> [new title]',
      run: ordering(room, 'edit'),
    }),
    command('due', {
      usage: '<#n> [when]',
      run: ordering(room, 'due'),
    }),
    command('priority', { usage: '<#n> [level]', run: ordering(room, 'priority') }),
    command('set_status', { usage: '<#n> [status]', run: ordering(room, 'status') }),
    command('tag', {
      aliases: ['tags'],
      usage: '[#n +tag -tag, or tag]',
      run: (context, call) => named(context, room, call, 'tag'),
    }),
    command('project', {
      aliases: ['category'],
      usage: '[#n project, or project]',
      run: (context, call) => named(context, room, call, 'project'),
    }),
    command('move', { usage: '<#n> [project]', run: ordering(room, 'place') }),
    command('assign_client', {
      aliases: ['assign', 'unassign'],
      usage: '<#n> [client]',
      run: (context, call) => named(context, room, call, 'client'),
    }),
    command('estimate', { usage: '<#n> [time]', run: ordering(room, 'estimate') }),
    command('defer', { usage: '<#n> [day]', run: ordering(room, 'defer') }),
    command('assign_to', {
      usage: '<#n> [person]',
      run: ordering(room, 'assign'),
    }),
  ];
}

/** What belongs to a task, many at once, and what is kept to be made again. */
function otherCommands(room: Room): Command[] {
  return [
    command('mine', {
      spoken: ['my tasks', 'mine', 'мои задачи', 'моё', 'мое'],
      usage: '',
      run: (context) => showMine(context),
    }),
    command('subtask', {
      usage: '<#n> [words or #m]',
      run: ordering(room, 'subtask'),
    }),
    command('depend', {
      usage: '<#n> [on #m, or -#m]',
      run: ordering(room, 'depend'),
    }),
    command('note', {
      aliases: ['comment', 'comments'],
      usage: '<#n> [text]',
      run: (context, call) => note(context, room, call),
    }),
    command('files', {
      aliases: ['attach', 'attachments', 'attachment_description', 'remove_attachment', 'attachment_stats'],
      usage: '[#n]',
      run: (context, call) => filesCommand(context, room, call),
    }),
    command('bulk', {
      aliases: ['bulk_status', 'bulk_priority', 'bulk_assign', 'bulk_category', 'bulk_delete', 'bulk_operations'],
      usage: '[#n … or filters] [what] [value]',
      run: (context, call) => bulk(context, call),
    }),
    command('template', {
      usage: '[name [day], or save #n name]',
      run: (context, { rest }) => template(context, room, rest),
    }),
    command('delete', {
      aliases: ['remove'],
      usage: '<#n … or words>',
      run: ordering(room, 'delete'),
    }),
  ];
}

/** In the order in which help and Telegram's menu have them. */
export function taskCommands(room: Room): readonly Command[] {
  return [...listCommands(room), ...fieldCommands(room), ...otherCommands(room)];
}

async function add(context: Context, room: Room, call: CommandCall): Promise<void> {
  const missing = context.inbound.files.length > 0 ? null : withoutTitle(context, call.rest);
  if (missing !== null) return askTitle(context, missing);
  const larry = addTaskOf(context, call);
  if (larry !== null) return addTask(context, room, larry);
  return addFromCommand(context, room, call.rest);
}

/** Whether words name a client there is, and nobody of the group. Whom nobody knows is asked about rather than made one. */
async function isClient(context: Context, words: string): Promise<boolean> {
  const name = words.trim().replace(/^@/, '');
  if (name === '' || (await isMember(context, words))) return false;
  return (await namedAs(context.tx, context.actor, 'clients', name)) !== null;
}

/** A field that is also a list: `/tag 12 sales` sets it, `/tag sales` and `/tag` list. */
async function named(
  context: Context,
  room: Room,
  call: CommandCall,
  verb: 'tag' | 'project' | 'client',
): Promise<void> {
  const order = orderOf(call, verb);
  const replied = context.inbound.repliesTo?.subject;
  // Among people a task is given to one of them; elsewhere the older name is about clients.
  const given = call.typed === 'unassign' ? 'nobody' : order.argument;
  const gives = call.typed === 'unassign' || (call.typed === 'assign' && !(await isClient(context, given)));
  if (context.actor.group && gives) return carryOut(context, room, 'assign', { ...order, argument: given });
  if (verb === 'project' && (await projectOrder(context, call.rest))) return;
  if (call.typed === 'unassign' && order.numbers.length > 0)
    return carryOut(context, room, 'client', { ...order, argument: 'none' });
  if (order.numbers.length > 0 || order.argument !== '') return carryOut(context, room, verb, order);
  if (replied?.entity === 'task' && replied.entityId !== null) {
    const task = await taskOf(context, replied.entityId);
    if (meansNone(order.words)) return setField(context, room, task, verb === 'tag' ? 'tags' : verb, order.words);
    return act(context, room, verb, task, order.words);
  }
  const unfinished = verb === 'project' && /^(?:rename|delete|переименовать|удалить)$/iu.test(order.words);
  if (order.words === '' || unfinished)
    return verb === 'client'
      ? carryOut(context, room, verb, order)
      : showNames(context, verb === 'tag' ? 'tags' : 'projects');
  // "+home" is no tag that is looked for, but one that some task is to get.
  if (verb === 'tag' && SIGNED.test(order.words))
    return carryOut(context, room, verb, { ...order, words: '', argument: order.words });
  return showNamed(context, verb === 'tag' ? `#${order.words.replace(/^#/, '')}` : order.words);
}

/** `/note 12 text` adds; `/note 12` and `/comments 12` show the notes there are, with a button to add one. */
async function note(context: Context, room: Room, call: CommandCall): Promise<void> {
  const order = orderOf(call, 'note');
  const replied = context.inbound.repliesTo?.subject;
  const reading = call.typed === 'comments' || (order.argument === '' && order.numbers.length > 0);
  if (reading && replied?.entity !== 'task') return carryOut(context, room, 'notes', order);
  return carryOut(context, room, 'note', order);
}
