/** What the terminal shows of a message: pure rendering, widths, keys, pastes. */
import type { Message, MessageEntity } from '@grammyjs/types';
import { expect, test } from 'vitest';
import { formatDateTime } from '../../page/client/dates.js';
import type { SeenMessage } from '../../world.ts';
import { pasteFilter } from '../paste.ts';
import { personOf } from '../person.ts';
import { type Page, renderMessage } from './render.ts';
import { paintFor } from './style.ts';
import { displayWidth, padded, shortened } from './width.ts';

const reader = { locale: 'en-GB', zone: 'UTC', now: Date.parse('2026-03-01T12:00:00Z') };
const page: Page = { columns: Number.POSITIVE_INFINITY, indent: '', paint: paintFor(false, {}), reader };

function seen(content: Partial<Message>): SeenMessage {
  const message: Message = { message_id: 1, date: 0, chat: { id: 1, type: 'private', first_name: 'A' }, ...content };
  return {
    order: 1,
    chatId: 1,
    monotonicMs: 0,
    at: 0,
    message,
    edits: [],
    deletedAt: undefined,
    fromBot: true,
    answerLost: false,
    replyKeyboard: undefined,
  };
}

const text = (value: string, entities: MessageEntity[], on: Page = page): string[] =>
  renderMessage(seen({ text: value, entities }), on);

test('an emoji of several code points is one sign of two columns', () => {
  expect(['a', '👍', '👨‍👩‍👧', '🇩🇪', '❤️', '1️⃣', '日', 'é', '\u0301', '＋', '✅', '⏱'].map(displayWidth)).toEqual([
    1, 2, 2, 2, 2, 2, 2, 1, 0, 2, 2, 1,
  ]);
  expect(padded('日本', 6, 'right')).toBe('  日本');
  expect(shortened('👍👍👍', 5)).toBe('👍👍…');
});

test('entities become styles, links keep their address, quotes get a bar', () => {
  const ansi: Page = { ...page, paint: paintFor(true, {}) };
  expect(text('bold', [{ type: 'bold', offset: 0, length: 4 }], ansi)).toEqual(['\u001b[1mbold\u001b[22m']);
  const both = text(
    'ab',
    [
      { type: 'bold', offset: 0, length: 2 },
      { type: 'strikethrough', offset: 1, length: 1 },
    ],
    ansi,
  );
  expect(both).toEqual(['\u001b[1ma\u001b[22m\u001b[1m\u001b[9mb\u001b[29m\u001b[22m']);
  expect(text('see here.', [{ type: 'text_link', offset: 4, length: 4, url: 'https://x.org/' }])).toEqual([
    'see here (https://x.org/).',
  ]);
  expect(text('said\none\ntwo\nend', [{ type: 'blockquote', offset: 5, length: 7 }])).toEqual([
    'said',
    '│ one',
    '│ two',
    'end',
  ]);
});

test('a date is shown by its format, an empty format leaves the text', () => {
  const at = Date.parse('2026-03-05T15:04:05Z') / 1000;
  expect(['t', 'T', 'wt', 'd', 'D', 'wDT'].map((format) => formatDateTime(at, format, reader))).toEqual([
    '15:04',
    '15:04:05',
    'Thu 15:04',
    '05/03/26',
    '5 March 2026',
    'Thursday, 5 March 2026 at 15:04:05',
  ]);
  expect(formatDateTime(at, 'r', reader)).toBe('in 4 days');
  expect(text('on Thu', [{ type: 'date_time', offset: 3, length: 3, unix_time: at, date_time_format: '' }])).toEqual([
    'on Thu',
  ]);
});

test('a date keeps its own words where they tell the time of the reader, else it is shown in the zone of the reader', () => {
  const at = Date.parse('2026-03-05T15:00:00Z') / 1000;
  const shown = (words: string, zone: string | undefined): string =>
    renderMessage(
      seen({
        text: words,
        entities: [{ type: 'date_time', offset: 0, length: words.length, unix_time: at, date_time_format: 'wt' }],
      }),
      { ...page, reader: { ...reader, zone } },
    ).join();
  const kept = ['Tomorrow 15:00', 'Завтра 15:00', 'tomorrow 3 PM', '12 Mar, 3:00 pm', '15:00 (London)'];
  expect(kept.map((words) => shown(words, 'UTC'))).toEqual(kept);
  const others = ['Tomorrow 15:00', 'Tomorrow 3 PM', '5:00 AM', '1:00 PM', '11:00 AM', '110:00', '10:00 PM', '10:001'];
  for (const words of others) expect(shown(words, 'America/New_York')).toBe('Thu 10:00');
  expect(shown('Tomorrow 18:00', undefined)).toBe('Tomorrow 18:00');
});

test('lines are broken at words to the width, long words inside, the indent kept', () => {
  const narrow: Page = { ...page, columns: 12, indent: '  ' };
  expect(text('one two three 日本語日本語日本語', [], narrow)).toEqual([
    '  one two',
    '  three 日本',
    '  語日本語日',
    '  本語',
  ]);
});

test('buttons are numbered, links shown by address, rows broken between buttons', () => {
  const rows = [
    [
      { text: 'Done', callback_data: 'd' },
      { text: 'Site', url: 'https://x.org' },
    ],
    [
      { text: '7', callback_data: 'a' },
      { text: '7', callback_data: 'b' },
      { text: '07', callback_data: 'c' },
    ],
  ];
  expect(renderMessage(seen({ text: 't', reply_markup: { inline_keyboard: rows } }), page)).toEqual([
    't',
    '[1] Done  Site ↗ https://x.org',
    '[7]  [2] 7  [3] 07',
  ]);
});

test('files, places and rich tables have a line each', () => {
  expect(
    renderMessage(
      seen({ document: { file_id: 'x', file_unique_id: 'x', file_name: 'a.pdf', file_size: 5000 }, caption: 'c' }),
      page,
    ),
  ).toEqual(['📎 a.pdf (5 kB)', 'c']);
  const cell = (value: string, align: 'left' | 'right') => ({ text: value, align, valign: 'top' as const });
  const rich = {
    blocks: [
      {
        type: 'table' as const,
        cells: [
          [cell('日本', 'left'), cell('1', 'right')],
          [cell('x', 'left'), cell('10', 'right')],
        ],
      },
    ],
  };
  expect(renderMessage(seen({ rich_message: rich }), page)).toEqual(['日本   1', 'x     10']);
  const title = {
    ...cell('one two three four', 'left'),
    text: ['one two ', { type: 'bold' as const, text: 'three four' }],
  };
  const wide = { blocks: [{ type: 'table' as const, cells: [[cell('1', 'right'), title, cell('15:00', 'right')]] }] };
  expect(renderMessage(seen({ rich_message: wide }), { ...page, columns: 22 })).toEqual([
    '1  one two       15:00',
    '   three four',
  ]);
  const buttons = { type: 'buttons' as const, buttons: [{ text: ['Do', 'ne'], callback_data: 'd' }] };
  const list = {
    type: 'list' as const,
    items: [{ label: '•', blocks: [{ type: 'paragraph' as const, text: 'one' }] }],
  };
  expect(renderMessage(seen({ rich_message: { blocks: [list, buttons] } }), page)).toEqual(['• one', '[1] Done']);
});

test('a paste mark may come in pieces, a lone Escape passes', () => {
  const filter = pasteFilter();
  expect(['a\u001b[2', '00~x\n', 'y\u001b', '[201~z\r', '\u001b'].map(filter)).toEqual([
    'a',
    'x\u2424',
    'y',
    'z\r',
    '\u001b',
  ]);
});

test('the language comes from the environment', () => {
  expect(personOf({ LANG: 'ru_RU.UTF-8' })).toMatchObject({ languageCode: 'ru', locale: 'ru-RU' });
  expect(personOf({ LANG: 'C.UTF-8' })).toMatchObject({ languageCode: 'en', locale: 'en-GB' });
  expect(personOf({ LC_ALL: 'de_DE', LANG: 'ru_RU' })).toMatchObject({ languageCode: 'de' });
  expect(personOf({ LC_TIME: 'en_US.UTF-8', LANG: 'ru_RU' })).toMatchObject({ languageCode: 'ru', locale: 'en-US' });
  expect(personOf({})).toMatchObject({ languageCode: 'en', locale: 'en-GB' });
});
