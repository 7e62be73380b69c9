/** What any Bot API server may send is read: kinds of content without text, inaccessible messages, ids of 52 bits, fields never seen. */
import { expect, test } from 'vitest';
import { parseUpdate } from './inbound.ts';

const from = { id: 2 ** 52 - 1, is_bot: false, first_name: 'Ada', language_code: 'en' };
const chat = { id: -(2 ** 52 - 1), type: 'supergroup', title: 'x', is_forum: true };
const message = (content: Record<string, unknown>) =>
  parseUpdate('message', {
    update_id: 1,
    message: { message_id: 7, date: 1_800_000_000, chat, from, new_field: { a: [1] }, ...content },
  });

test.each([
  [{ poll: { id: '1', question: 'Lunch where?', options: [] } }, 'Lunch where?'],
  [
    {
      checklist: {
        title: 'Trip',
        tasks: [
          { id: 1, text: 'tent' },
          { id: 2, text: 'stove' },
        ],
      },
    },
    'Trip\ntent\nstove',
  ],
  [{ dice: { emoji: '🎲', value: 3 } }, '🎲'],
  [{ venue: { title: 'Café', address: 'Main St 1', location: { latitude: 1, longitude: 2 } } }, 'Café, Main St 1'],
  [{ photo: [{ file_id: 'a' }, { file_id: 'b' }], caption: 'look' }, 'look'],
])('%j has words', (content, text) => {
  expect(message(content)).toMatchObject({ kind: 'message', text, isService: false, chatId: chat.id });
});

test.each([
  { new_chat_title: 'y' },
  { pinned_message: { message_id: 1, date: 0, chat } },
  { story: { id: 1, chat } },
  {},
])('%j is nothing a person wrote', (content) => {
  expect(message(content)).toMatchObject({ text: '', isService: true });
});

test('a press on a message that is inaccessible by now, and one without data, are presses', () => {
  const press = (callback: Record<string, unknown>) =>
    parseUpdate('callback_query', { update_id: 1, callback_query: { id: '9', from, chat_instance: 'c', ...callback } });
  const gone = { message_id: 5, date: 0, chat };
  expect(press({ message: gone, data: 't:card:1' })).toMatchObject({ kind: 'press', messageId: 5, data: 't:card:1' });
  expect(press({ message: gone, game_short_name: 'g' })).toMatchObject({ kind: 'press', data: '' });
  expect(press({ inline_message_id: 'i', data: 'x' })).toBeUndefined();
});

test('an update that cannot be understood is none, not a fault', () => {
  expect(parseUpdate('message', { update_id: 1 })).toBeUndefined();
  expect(parseUpdate('message', { update_id: 1, message: { chat: 'x' } })).toBeUndefined();
  expect(parseUpdate('my_chat_member', { update_id: 1, my_chat_member: { chat, from } })).toBeUndefined();
});

test.each([
  [
    { type: 'user', date: 5, sender_user: { ...from, username: 'ada_l' } },
    { name: 'Ada', link: 'https://t.me/ada_l' },
  ],
  [
    { type: 'user', date: 5, sender_user: from },
    { name: 'Ada', link: null },
  ],
  [
    { type: 'hidden_user', date: 5, sender_user_name: 'Bea' },
    { name: 'Bea', link: null },
  ],
  [
    {
      type: 'channel',
      date: 5,
      chat: { id: -1001234, type: 'channel', title: 'News', username: 'news' },
      message_id: 17,
    },
    { name: 'News', link: 'https://t.me/news/17' },
  ],
  [
    { type: 'channel', date: 5, chat: { id: -1001234567890, type: 'channel', title: 'Secret' }, message_id: 17 },
    { name: 'Secret', link: 'https://t.me/c/1234567890/17' },
  ],
  [
    { type: 'chat', date: 5, sender_chat: { id: -1001, type: 'supergroup', title: 'Club', username: 'club' } },
    { name: 'Club', link: 'https://t.me/club' },
  ],
  [
    { type: 'channel', date: 5, chat: { id: -1001, title: 'x', username: 'a/../b?c' }, message_id: 1 },
    { name: 'x', link: 'https://t.me/c/1/1' },
  ],
  [
    { type: 'of a later version', sender_user: 'odd' },
    { name: '', link: null },
  ],
])('a message forwarded from %j tells its source', (forward_origin, told) => {
  expect(message({ text: 'x', forward_origin })).toMatchObject({ forwarded: told });
});

test('a forward as older servers tell it is one too; what is not forwarded is not', () => {
  expect(message({ text: 'x', forward_date: 5 })).toMatchObject({ forwarded: { name: '', link: null, at: 5_000 } });
  expect(message({ text: 'x' })).toMatchObject({ forwarded: null });
});
