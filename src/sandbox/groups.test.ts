/** Groups on the stand-in: what Telegram tells a bot of them, in privacy mode and without it. */
import { Api } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from './server.ts';
import { SandboxMisuse, type SandboxUser } from './users.ts';

const GROUP = -1_001_000_001;
let sandbox: Sandbox;
let api: Api;
let ann: SandboxUser;
let bob: SandboxUser;

async function open(privacy: boolean): Promise<void> {
  sandbox = await startSandbox({ bot: { privacy } });
  api = new Api(sandbox.token, { apiRoot: sandbox.url });
  ann = sandbox.user(7, { first_name: 'Ann' });
  bob = sandbox.user(8, { first_name: 'Bob' });
  sandbox.group(GROUP, 'Family', [ann, bob], 'supergroup');
}
beforeEach(() => open(true));
afterEach(() => sandbox.stop());

const told = async () => (await api.getUpdates()).map((update) => update.message?.text ?? Object.keys(update)[1]);

const talk = [
  'hello',
  '/list',
  '/list@other_bot',
  '/list@steward_bot',
  'hey @steward_bot',
  'hey @steward_bots',
  'the /list',
];

test('in privacy mode the bot is told commands, mentions, replies to it and what people did not write', async () => {
  const { message_id } = await api.sendMessage(GROUP, 'hi');
  for (const text of talk) ann.send(text, { chat: GROUP });
  bob.send('yes', { chat: GROUP, replyTo: message_id });
  bob.send('no', { chat: GROUP, replyTo: ann.send('who?', { chat: GROUP }).message_id });
  sandbox.join(GROUP, sandbox.user(9));
  expect(await told()).toEqual(['/list', '/list@steward_bot', 'hey @steward_bot', 'yes', 'message']);
  expect(await api.getMe()).toMatchObject({ can_read_all_group_messages: false });
});

test('without privacy mode, and as an administrator, it is told everything', async () => {
  const room = sandbox.world.rooms.get(GROUP);
  if (room) room.administers = true;
  for (const text of talk) ann.send(text, { chat: GROUP });
  expect(await told()).toEqual(talk);
  await sandbox.stop();
  await open(false);
  for (const text of talk) ann.send(text, { chat: GROUP });
  expect(await told()).toEqual(talk);
});

test('it is told when it is added and removed, and writes only between', async () => {
  sandbox.kick(GROUP, bob);
  await expect(api.sendMessage(GROUP, 'hi')).rejects.toThrow('bot was kicked from the supergroup chat');
  ann.send('/list', { chat: GROUP });
  sandbox.addBot(GROUP, ann);
  await api.sendMessage(GROUP, 'hi');
  const [gone, back, joined, ...more] = await api.getUpdates();
  expect(gone?.my_chat_member).toMatchObject({ from: { id: 8 }, new_chat_member: { status: 'kicked' } });
  expect(back?.my_chat_member).toMatchObject({
    ...{ from: { id: 7 }, old_chat_member: { status: 'kicked' }, new_chat_member: { status: 'member' } },
  });
  expect(joined?.message?.new_chat_members).toMatchObject([{ username: 'steward_bot' }]);
  expect(more).toEqual([]);
});

test('who left does not write there any more; a topic is a place of its own', async () => {
  const thread = sandbox.topic(GROUP, 'Garden', ann);
  const { message_id } = ann.send('/list', { chat: GROUP, thread });
  expect(await api.sendMessage(GROUP, 'x', { message_thread_id: thread })).toMatchObject({
    ...{ message_thread_id: thread, is_topic_message: true },
  });
  await expect(api.sendMessage(GROUP, 'x', { message_thread_id: 999 })).rejects.toThrow('message thread not found');
  sandbox.leave(GROUP, bob, ann);
  expect(() => bob.send('hi', { chat: GROUP })).toThrow(SandboxMisuse);
  const [opened, said, left] = await api.getUpdates();
  expect(opened?.message?.forum_topic_created).toMatchObject({ name: 'Garden' });
  expect(said?.message).toMatchObject({
    message_id,
    message_thread_id: thread,
    reply_to_message: { message_id: thread },
  });
  expect(left?.message?.left_chat_member).toMatchObject({ id: 8 });
});
