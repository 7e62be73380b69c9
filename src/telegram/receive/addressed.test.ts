/** What in a group is meant for the bot, and what of it was said. */
import { expect, test } from 'vitest';
import { isAddressed, withoutName } from './addressed.ts';

const bot = { id: 42, username: () => 'steward_bot', isCommand: (name: string) => name === 'list' };
const from = (id: number) => ({ from: { id, is_bot: true }, message_id: 1 });

test.each([
  ['a command of ours', { text: '/list' }],
  ['a command of ours by name', { text: '/anything@Steward_Bot now' }],
  ['its name', { text: 'well, @STEWARD_bot: buy milk' }],
  ['its name in a caption', { caption: '@steward_bot receipt' }],
  ['a reply to it', { text: 'done', reply_to_message: from(42) }],
  ['a command nobody has in reply to it', { text: '/shrug', reply_to_message: from(42) }],
  [
    'a link to it',
    { text: 'Steward, help', entities: [{ type: 'text_mention', offset: 0, length: 7, user: { id: 42 } }] },
  ],
  [
    'a command in the middle',
    { text: 'try /list@steward_bot', entities: [{ type: 'bot_command', offset: 4, length: 17 }] },
  ],
])('%s is meant for it', (_what, message) => {
  expect(isAddressed(message, bot)).toBe(true);
});

test.each([
  ['talk', { text: 'buy milk' }],
  ['nothing', {}],
  ['another bot’s command', { text: '/list@other_bot' }],
  ['a command of another bot that names none', { text: '/roll 20' }],
  ['another name that begins alike', { text: '@steward_bot2 and @steward_bots' }],
  ['an address', { text: 'mail me@steward_bot or see x.org/@steward_bot' }],
  ['a reply to somebody else', { text: 'done', reply_to_message: from(7) }],
  [
    'what is written in a topic the bot opened',
    { text: 'hi', reply_to_message: { ...from(42), forum_topic_created: {} } },
  ],
  [
    'a link to somebody else',
    { text: 'Anna', entities: [{ type: 'text_mention', offset: 0, length: 4, user: { id: 7 } }] },
  ],
  ['fields of other shapes', { text: 5, entities: 'x', reply_to_message: null }],
])('%s is not', (_what, message) => {
  expect(isAddressed(message, bot)).toBe(false);
});

test('before Telegram told the name, any bot’s name counts: better heard once too often than lost', () => {
  expect(isAddressed({ text: '@steward_bot list' }, { ...bot, username: () => undefined })).toBe(true);
  expect(isAddressed({ text: '@anna list' }, { ...bot, username: () => undefined })).toBe(false);
});

test.each([
  ['@steward_bot buy milk', 'buy milk'],
  ['@Steward_Bot, buy milk', 'buy milk'],
  ['buy milk @steward_bot', 'buy milk'],
  ['hey @steward_bot, buy milk', 'hey, buy milk'],
  ['could you, @steward_bot, list', 'could you, list'],
  ['buy\n@steward_bot\nmilk', 'buy\n\nmilk'],
  ['/list@steward_bot today', '/list@steward_bot today'],
  ['@steward_bots too', '@steward_bots too'],
  ['@steward_bot', ''],
])('%j says %j', (words, said) => {
  expect(withoutName(words, 'steward_bot')).toBe(said);
});
