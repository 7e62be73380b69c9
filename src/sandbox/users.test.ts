/** People on the stand-in: what the bot is told of what they do. */
import { Api } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from './server.ts';
import { SandboxMisuse, type SandboxUser } from './users.ts';

let sandbox: Sandbox;
let api: Api;
let ann: SandboxUser;

beforeEach(async () => {
  sandbox = await startSandbox();
  api = new Api(sandbox.token, { apiRoot: sandbox.url });
  ann = sandbox.user(7, { first_name: 'Ann' });
});

afterEach(() => sandbox.stop());

test('texts, replies, edits, forwards, files, albums, places and contacts become updates', async () => {
  const first = ann.send('/start now');
  ann.send('reply', { replyTo: first.message_id });
  ann.edit(first.message_id, '/start later');
  ann.forward({ ...first, from: { id: 9, is_bot: false, first_name: 'Bob' } });
  const file = { name: 'a.png', type: 'image/png', bytes: Buffer.from('png'), caption: 'see #this' };
  ann.sendFile('photo', file);
  ann.sendAlbum('photo', [file, file]);
  ann.sendLocation({ latitude: 52.5, longitude: 13.4 });
  ann.sendContact({ phone_number: '+1', first_name: 'Bob' });
  const updates = await api.getUpdates();
  const messages = updates.map((update) => update.message ?? update.edited_message);
  expect(messages[0]?.entities).toEqual([{ type: 'bot_command', offset: 0, length: 6 }]);
  expect(messages[1]?.reply_to_message?.text).toBe('/start now');
  expect(updates[2]?.edited_message).toMatchObject({ text: '/start later', message_id: 1 });
  expect(messages[3]?.forward_origin).toMatchObject({ type: 'user', sender_user: { id: 9 } });
  expect(messages[4]?.caption_entities).toEqual([{ type: 'hashtag', offset: 4, length: 5 }]);
  const loaded = await api.getFile(messages[4]?.photo?.[0]?.file_id ?? '');
  expect(loaded.file_size).toBe(3);
  expect(messages[5]?.media_group_id).toBe(messages[6]?.media_group_id);
  expect(messages[7]?.location).toEqual({ latitude: 52.5, longitude: 13.4 });
  expect(messages[8]?.contact?.first_name).toBe('Bob');
});

test('a press names the message and its data; a button that is not there or opens a link is a mistake', async () => {
  const inline_keyboard = [
    [
      { text: 'Done', callback_data: 'd' },
      { text: 'Site', url: 'https://x.org' },
    ],
  ];
  const sent = await api.sendMessage(7, 'pick', { reply_markup: { inline_keyboard } });
  ann.press(sent.message_id, 'Done');
  ann.press(sent, 'd');
  const [one, two] = await api.getUpdates();
  expect(one?.callback_query).toMatchObject({ data: 'd', from: { id: 7 }, message: { text: 'pick' } });
  expect(two?.callback_query?.id).not.toBe(one?.callback_query?.id);
  expect(() => ann.press(sent, 'Nope')).toThrow('has no button "Nope"; it has [Done] [Site]');
  expect(() => ann.press(sent, 'Site')).toThrow(SandboxMisuse);
});

test('blocking and unblocking are told to the bot, once each', async () => {
  ann.block();
  ann.block();
  ann.unblock();
  const updates = await api.getUpdates();
  expect(updates.map(({ my_chat_member }) => my_chat_member?.new_chat_member.status)).toEqual(['kicked', 'member']);
});

test('a button pressed on a message that was deleted tells where it was and nothing of what it said', async () => {
  const keyboard = { inline_keyboard: [[{ text: 'Done', callback_data: 'd' }]] };
  const sent = await api.sendMessage(7, 'secret', { reply_markup: keyboard });
  const [seen] = sandbox.messages(7);
  await api.deleteMessage(7, sent.message_id);
  if (seen) ann.pressData(seen, 'd');
  const [update] = await api.getUpdates();
  expect(update?.callback_query?.message).toEqual({ chat: sent.chat, message_id: sent.message_id, date: 0 });
});

test('a bot put out of a group is told so', async () => {
  sandbox.group(-5, 'Team', [ann]);
  sandbox.kick(-5);
  const [update] = await api.getUpdates();
  expect(update?.my_chat_member).toMatchObject({
    chat: { id: -5 },
    from: { id: 7 },
    new_chat_member: { status: 'kicked' },
  });
});

test('in a group each member writes under their own name in one order', async () => {
  const bob = sandbox.user(8, { first_name: 'Bob' });
  sandbox.group(-5, 'Team', [ann, bob]);
  ann.send('a', { chat: -5 });
  bob.send('b', { chat: -5 });
  await api.sendMessage(-5, 'c');
  expect(
    sandbox.messages(-5).map(({ message }) => [message.message_id, message.from?.first_name, message.text]),
  ).toEqual([
    [1, 'Ann', 'a'],
    [2, 'Bob', 'b'],
    [3, 'Steward', 'c'],
  ]);
  expect(await api.getChatMemberCount(-5)).toBe(3);
  expect((await api.getChatMember(-5, 8)).status).toBe('member');
});

test('waiting finds what is there, what comes, and says when nothing does', async () => {
  await api.sendMessage(7, 'there');
  expect((await sandbox.waitFor((seen) => seen.message.text === 'there')).message.message_id).toBe(1);
  const coming = sandbox.waitFor((seen) => seen.message.text === 'coming', { chat: 7 });
  await api.sendMessage(7, 'coming');
  expect((await coming).message.message_id).toBe(2);
  await expect(sandbox.waitFor(() => true, { after: 2, timeoutMs: 20 })).rejects.toThrow('within 20 ms');
});
