/** The control side's routes of groups: made, joined, left, moved. */
import type { StandIn } from '../stand-in.ts';
import type { SandboxUser } from '../users.ts';
import type { Params } from '../wire/params.ts';
import { number, type Request, type Route, required } from './request.ts';

export const groupRoutes: readonly Route[] = [
  [/^POST groups$/, newGroup],
  [
    /^POST groups\/(?<chat>-\d+)\/migrate$/,
    ({ sandbox, params, path }) => sandbox.migrate(Number(path['chat']), number(params, 'to')).chat,
  ],
  [
    /^POST groups\/(?<chat>-\d+)\/kick$/,
    ({ sandbox, params, path }) => sandbox.kick(Number(path['chat']), someone(sandbox, params, 'by')),
  ],
  [
    /^POST groups\/(?<chat>-\d+)\/bot$/,
    ({ sandbox, params, path }) => sandbox.addBot(Number(path['chat']), who(sandbox, params, 'by')),
  ],
  [
    /^POST groups\/(?<chat>-\d+)\/join$/,
    ({ sandbox, params, path }) => sandbox.join(Number(path['chat']), who(sandbox, params, 'user')),
  ],
  [
    /^POST groups\/(?<chat>-\d+)\/leave$/,
    ({ sandbox, params, path }) =>
      sandbox.leave(Number(path['chat']), who(sandbox, params, 'user'), someone(sandbox, params, 'by')),
  ],
  [
    /^POST groups\/(?<chat>-\d+)\/topic$/,
    ({ sandbox, params, path }) => ({
      message_thread_id: sandbox.topic(Number(path['chat']), required(params, 'name'), who(sandbox, params, 'by')),
    }),
  ],
];

function newGroup({ sandbox, params }: Request): unknown {
  const members = params.json('members') ?? [];
  const ids = Array.isArray(members) ? members.filter((id): id is number => typeof id === 'number') : [];
  const type = params.text('type') === 'supergroup' ? 'supergroup' : 'group';
  return sandbox.group(
    number(params, 'id'),
    params.text('title') ?? 'Group',
    ids.map((id) => sandbox.user(id)),
    type,
  ).chat;
}

/** The person a field names, made known when new. */
function who(sandbox: StandIn, params: Params, name: string): SandboxUser {
  return sandbox.user(number(params, name));
}

function someone(sandbox: StandIn, params: Params, name: string): SandboxUser | undefined {
  return params.has(name) ? who(sandbox, params, name) : undefined;
}
