/** Sending, editing and deleting: what Telegram takes and the words of its refusals. */
import { Api, GrammyError } from 'grammy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DrivenClock } from '../../core/clock.ts';
import { type Sandbox, startSandbox } from '../server.ts';

let sandbox: Sandbox;
let api: Api;
const clock = new DrivenClock('2026-03-01T12:00:00Z');

beforeAll(async () => {
  sandbox = await startSandbox({ clock });
  sandbox.user(7, { first_name: 'Ann' });
  api = new Api(sandbox.token, { apiRoot: sandbox.url });
});

afterAll(() => sandbox.stop());

async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof GrammyError) return error.description;
    throw error;
  }
  throw new Error('the call was not refused');
}

describe('text', () => {
  test('is 1 to 4096 UTF-16 units', async () => {
    await api.sendMessage(7, 'x'.repeat(4096));
    await api.sendMessage(7, '👍'.repeat(2048));
    expect(await refusal(api.sendMessage(7, 'x'.repeat(4097)))).toBe('Bad Request: message is too long');
    expect(await refusal(api.sendMessage(7, '👍'.repeat(2048).concat('x')))).toBe('Bad Request: message is too long');
    expect(await refusal(api.sendMessage(7, ''))).toBe('Bad Request: message text is empty');
    for (const nothing of [' \n\t ', '\u200b', '\u00a0\u2003', '\u2800', '\u3164\ufeff']) {
      expect(await refusal(api.sendMessage(7, nothing))).toBe('Bad Request: text must be non-empty');
    }
  });

  test('is trimmed and cleaned with its entities moved along', async () => {
    const sent = await api.sendMessage(7, '  \r\nbo\u202eld\u0007 now  ', {
      entities: [{ type: 'bold', offset: 4, length: 5 }],
    });
    expect(sent.text).toBe('bold  now');
    expect(sent.entities).toEqual([{ type: 'bold', offset: 0, length: 4 }]);
  });

  test('keeps wide and no-break spaces at its edges, which are no white space to Telegram', async () => {
    expect((await api.sendMessage(7, ' \u2007 7 \u00a0 ')).text).toBe('\u2007 7 \u00a0');
  });

  test('half a surrogate pair is no text', async () => {
    const answer = await fetch(`${sandbox.url}/bot${sandbox.token}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"chat_id":7,"text":"a\\ud83d"}',
    });
    expect(await answer.json()).toMatchObject({ description: 'Bad Request: strings must be encoded in UTF-8' });
  });

  test('HTML becomes entities and its faults are told; other parse modes are refused instead of being ignored', async () => {
    const html =
      '<b>Zoë &amp; <i>co</i></b> <a href="https://x.org/?a=1&amp;b">l</a> <pre><code class="language-sql">a &lt; b</code></pre><tg-time unix="5" format="wt">t</tg-time> &nope; &#128077;';
    const sent = await api.sendMessage(7, html, { parse_mode: 'HTML' });
    expect(sent.text).toBe('Zoë & co l a < bt &nope; 👍');
    expect(sent.entities).toEqual([
      { type: 'bold', offset: 0, length: 8 },
      { type: 'italic', offset: 6, length: 2 },
      { type: 'text_link', offset: 9, length: 1, url: 'https://x.org/?a=1&b' },
      { type: 'pre', offset: 11, length: 5, language: 'sql' },
      { type: 'date_time', offset: 16, length: 1, unix_time: 5, date_time_format: 'wt' },
    ]);
    const faults = ['ж<x>', 'ж<b>', 'ж</b>', '<b>ж</i>', 'ж<b'];
    const told = await Promise.all(faults.map((text) => refusal(api.sendMessage(7, text, { parse_mode: 'HTML' }))));
    expect(told.map((text) => text.replace("Bad Request: can't parse entities: ", ''))).toEqual([
      'Unsupported start tag "x" at byte offset 2',
      'Can\'t find end tag corresponding to start tag "b"',
      'Unexpected end tag at byte offset 2',
      'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"',
      'Unclosed start tag at byte offset 2',
    ]);
    expect(await refusal(api.sendMessage(7, '*x*', { parse_mode: 'MarkdownV2' }))).toContain('unsupported parse_mode');
  });

  test('commands, mentions, addresses and hashtags are found', async () => {
    const { entities } = await api.sendMessage(7, '/done a.b@c.org @bob https://x.org/a, #tag 👍 5/6');
    expect(entities?.map(({ type, offset, length }) => [type, offset, length])).toEqual([
      ['bot_command', 0, 5],
      ['email', 6, 9],
      ['url', 21, 15],
      ['hashtag', 38, 4],
    ]);
  });
});

describe('keyboards', () => {
  /** Past grammY's types, which would not let these buttons through. */
  const send = async (button: object): Promise<string> => {
    const answer = await fetch(`${sandbox.url}/bot${sandbox.token}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chat_id: 7, text: 't', reply_markup: { inline_keyboard: [[button]] } }),
    });
    return await answer.text().then((body) => String(JSON.parse(body).description));
  };

  test('callback data is 1 to 64 bytes', async () => {
    await api.sendMessage(7, 't', {
      reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'ж'.repeat(32) }]] },
    });
    expect(await send({ text: 'a', callback_data: 'ж'.repeat(33) })).toBe('Bad Request: BUTTON_DATA_INVALID');
    expect(await send({ text: 'a', callback_data: '' })).toBe('Bad Request: BUTTON_DATA_INVALID');
  });

  test('a button has a text and exactly one meaning', async () => {
    expect(await send({ text: ' ', callback_data: 'x' })).toBe(
      'Bad Request: inline keyboard button text must be non-empty',
    );
    expect(await send({ text: 'a' })).toContain('text buttons are unallowed in the inline keyboard');
    expect(await send({ text: 'a', callback_data: 'x', url: 'https://x.org' })).toContain('exactly one type');
  });

  test('an address needs a host with a dot', async () => {
    expect(await send({ text: 'a', url: 'http://localhost:3000/x' })).toBe(
      "Bad Request: inline keyboard button URL 'http://localhost:3000/x' is invalid: Wrong HTTP URL",
    );
  });

  test('more than a hundred buttons are refused', async () => {
    const row = Array.from({ length: 101 }, (_, n) => [{ text: `${n}`, callback_data: `${n}` }]);
    expect(await refusal(api.sendMessage(7, 't', { reply_markup: { inline_keyboard: row } }))).toBe(
      'Bad Request: reply markup is too long',
    );
  });
});

describe('replies', () => {
  test('quote the message, without chains', async () => {
    const first = await api.sendMessage(7, 'first');
    const second = await api.sendMessage(7, 'second', { reply_parameters: { message_id: first.message_id } });
    const third = await api.sendMessage(7, 'third', { reply_parameters: { message_id: second.message_id } });
    expect(third.reply_to_message?.text).toBe('second');
    expect(third.reply_to_message?.reply_to_message).toBeUndefined();
  });

  test('to a missing message are refused unless allowed', async () => {
    const missing = { message_id: 999_999 };
    expect(await refusal(api.sendMessage(7, 'x', { reply_parameters: missing }))).toBe(
      'Bad Request: message to be replied not found',
    );
    const sent = await api.sendMessage(7, 'x', { reply_parameters: { ...missing, allow_sending_without_reply: true } });
    expect(sent.reply_to_message).toBeUndefined();
  });
});

describe('edits', () => {
  const same =
    'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';
  const keyboard = { inline_keyboard: [[{ text: 'a', callback_data: 'x' }]] };

  test('that change nothing are refused, for text, entities and keyboard', async () => {
    const sent = await api.sendMessage(7, 'bold', {
      entities: [{ type: 'bold', offset: 0, length: 4 }],
      reply_markup: keyboard,
    });
    const id = sent.message_id;
    const entities = [{ type: 'bold' as const, offset: 0, length: 4 }];
    expect(
      await refusal(
        api.editMessageText(7, id, ' bold ', {
          entities: [{ type: 'bold', offset: 1, length: 4 }],
          reply_markup: keyboard,
        }),
      ),
    ).toBe(same);
    expect(await refusal(api.editMessageReplyMarkup(7, id, { reply_markup: keyboard }))).toBe(same);
    await api.editMessageText(7, id, 'bold', { reply_markup: keyboard });
    await api.editMessageText(7, id, 'bold', { entities });
    expect(await refusal(api.editMessageReplyMarkup(7, id))).toBe(same);
  });

  test('of what is missing, deleted or written by others are refused', async () => {
    const mine = sandbox.user(7).send('mine');
    const gone = await api.sendMessage(7, 'gone');
    await api.deleteMessage(7, gone.message_id);
    expect(await refusal(api.editMessageText(7, 999_999, 'x'))).toBe('Bad Request: message to edit not found');
    expect(await refusal(api.editMessageText(7, gone.message_id, 'x'))).toBe('Bad Request: message to edit not found');
    expect(await refusal(api.editMessageText(7, mine.message_id, 'x'))).toBe("Bad Request: message can't be edited");
    expect(await refusal(api.deleteMessage(7, gone.message_id))).toBe('Bad Request: message to delete not found');
  });

  test('keep the earlier states for those who look', async () => {
    const sent = await api.sendMessage(7, 'one');
    await api.editMessageText(7, sent.message_id, 'two');
    await api.editMessageText(7, sent.message_id, 'three');
    const seen = sandbox.messages(7).find(({ message }) => message.message_id === sent.message_id);
    expect([...(seen?.edits ?? []).map(({ message }) => message.text), seen?.message.text]).toEqual([
      'one',
      'two',
      'three',
    ]);
  });
});

test('a message older than two days cannot be deleted', async () => {
  const sent = await api.sendMessage(7, 'old');
  clock.advance(49 * 3_600_000);
  expect(await refusal(api.deleteMessage(7, sent.message_id))).toBe(
    "Bad Request: message can't be deleted for everyone",
  );
});

test('a callback query is answered within its time and with at most 200 characters', async () => {
  const user = sandbox.user(7);
  const sent = await api.sendMessage(7, 't', {
    reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'x' }]] },
  });
  const { queryId } = user.press(sent, 'a');
  expect(await refusal(api.answerCallbackQuery(queryId, { text: 'x'.repeat(201) }))).toBe(
    'Bad Request: MESSAGE_TOO_LONG',
  );
  await api.answerCallbackQuery(queryId, { text: 'ok' });
  expect(await refusal(api.answerCallbackQuery(queryId))).toContain('query ID is invalid');
  const late = user.press(sent, 'a').queryId;
  clock.advance(120_000);
  const old = 'Bad Request: query is too old and response timeout expired or query ID is invalid';
  expect(await refusal(api.answerCallbackQuery(late))).toBe(old);
  expect(await refusal(api.answerCallbackQuery('1'))).toBe(old);
});

test('a rich message keeps its blocks, and one beyond the limits is refused', async () => {
  const paragraph = { type: 'paragraph' as const, text: 'p' };
  const sent = await api.raw.sendRichMessage({ chat_id: 7, rich_message: { blocks: [paragraph] } });
  expect(sent.rich_message.blocks).toEqual([paragraph]);
  const wide = [Array.from({ length: 21 }, () => ({ text: 'c', align: 'left' as const, valign: 'top' as const }))];
  expect(
    await refusal(api.raw.sendRichMessage({ chat_id: 7, rich_message: { blocks: [{ type: 'table', cells: wide }] } })),
  ).toContain('too many columns');
  const many = Array.from({ length: 501 }, () => paragraph);
  expect(await refusal(api.raw.sendRichMessage({ chat_id: 7, rich_message: { blocks: many } }))).toContain(
    'too many blocks',
  );
});
