/** What the chat page draws, in a real browser: formatting, dates, hostile text, any width, light and dark, two languages. */
import { InputFile } from 'grammy';
import { expect, test } from 'vitest';
import { accessibilityFaults, sidewaysScroll } from './browser.ts';
import { VISITOR } from './stage.ts';
import { button, eventually, log, staged } from './staged.ts';

const { stage, open } = staged();

test('formatting is drawn as Telegram draws it, and dates in the zone and language of the reader', async (context) => {
  const { page } = await open(context, { timezoneId: 'America/New_York', locale: 'en-US' });
  const text = 'bold code link hidden 15:00 /today #tag';
  const at = (word: string) => ({ offset: text.indexOf(word), length: word.length });
  await stage().api.sendMessage(VISITOR, text, {
    entities: [
      { type: 'bold', ...at('bold') },
      { type: 'code', ...at('code') },
      { type: 'text_link', url: 'https://example.org/x', ...at('link') },
      { type: 'spoiler', ...at('hidden') },
      { type: 'date_time', unix_time: Date.UTC(2027, 0, 15, 14, 0) / 1000, date_time_format: 'wDt', ...at('15:00') },
    ],
  });
  const message = log(page).getByRole('article').last();
  await eventually(() => message.locator('strong').textContent()).toBe('bold');
  expect(await message.locator('code').textContent()).toBe('code');
  const link = message.getByRole('link', { name: 'link' });
  expect([await link.getAttribute('href'), await link.getAttribute('rel'), await link.getAttribute('target')]).toEqual([
    'https://example.org/x',
    'noopener noreferrer nofollow',
    '_blank',
  ]);
  expect(await message.locator('.text time').textContent()).toBe('Friday, January 15, 2027 at 09:00 AM');
  const spoiler = message.getByRole('button', { name: /Hidden text/ });
  expect(await message.locator('.spoiler .hidden').count()).toBe(1);
  await spoiler.click();
  expect(await message.locator('.spoiler .hidden').count()).toBe(0);
  await message.getByRole('button', { name: '/today' }).click();
  expect((await stage().update('message')).text).toBe('/today');
});

test('a date in the words of the bot stays so where the reader has the same clock', async (context) => {
  const { page } = await open(context);
  await stage().api.sendMessage(VISITOR, 'Tomorrow 15:00', {
    entities: [
      {
        type: 'date_time',
        unix_time: Date.UTC(2027, 0, 15, 14, 0) / 1000,
        date_time_format: 'wDt',
        offset: 0,
        length: 14,
      },
    ],
  });
  const time = log(page).locator('.text time');
  await eventually(() => time.textContent()).toBe('Tomorrow 15:00');
  expect(await time.getAttribute('datetime')).toBe('2027-01-15T14:00:00.000Z');
});

test('nothing a message holds becomes part of the page', async (context) => {
  const { page } = await open(context);
  const hostile =
    '<img src=x onerror="document.title=1"><script>document.title=2</script><style>*{display:none}</style>';
  await stage().api.sendMessage(VISITOR, hostile, {
    reply_markup: { inline_keyboard: [[button(hostile, 'x')], [{ text: 'page', url: 'https://example.org/"><b>' }]] },
  });
  await stage().api.sendDocument(VISITOR, new InputFile(Buffer.from(hostile), '"><script>.html'));
  stage().user.send(hostile);
  stage().user.send('ok', { extra: { forward_origin: { type: 'hidden_user', sender_user_name: hostile, date: 1 } } });
  await eventually(() => log(page).getByRole('article').count()).toBe(4);
  expect(await log(page).locator('.text').first().textContent()).toBe(hostile);
  expect(await log(page).locator('img, script, style, iframe').count()).toBe(0);
  expect(await page.title()).toBe('Steward');
  const addresses = await page.evaluate<string[]>(
    "[...document.querySelectorAll('.message a')].map((one) => one.href)",
  );
  expect(addresses.length).toBeGreaterThan(1);
  for (const address of addresses) expect(address).toMatch(/^https?:/);
});

test.for(['light', 'dark'] as const)(
  'by %s, at 320 pixels and at twice the size, all of it can be read and reached',
  async (colorScheme, context) => {
    const { page } = await open(context, { colorScheme, reducedMotion: 'reduce' });
    const long = 'word'.repeat(60);
    await stage().api.sendMessage(VISITOR, `Title\n${long}\nquoted`, {
      entities: [
        { type: 'bold', offset: 0, length: 5 },
        { type: 'blockquote', offset: 7 + long.length, length: 6 },
      ],
      reply_markup: {
        inline_keyboard: [
          ['12', '15', '16', '21', '9', '7', '30', '31'].map((one) => button(one)),
          [button(long, 'long')],
        ],
      },
    });
    await stage().api.sendMessage(VISITOR, 'x'.repeat(200), {
      entities: [{ type: 'pre', offset: 0, length: 200, language: 'sh' }],
    });
    stage().user.send('mine, with /a and https://example.org');
    stage().user.sendFile('document', { name: `${long}.pdf`, type: 'application/pdf', bytes: Buffer.from('%PDF') });
    await eventually(() => log(page).getByRole('article').count()).toBe(4);
    for (const width of [320, 1000]) {
      await page.setViewportSize({ width, height: 640 });
      expect(await sidewaysScroll(page)).toBe(0);
      expect(await accessibilityFaults(page)).toEqual([]);
    }
    // Twice the size on a window of 640 pixels leaves 320 of the page's own.
    await page.setViewportSize({ width: 640, height: 900 });
    await page.evaluate("document.documentElement.style.fontSize = '200%'");
    expect(await sidewaysScroll(page)).toBe(0);
  },
);

test("the page speaks Russian to a Russian browser, and so does the bot's menu", async (context) => {
  await stage().api.setMyCommands([{ command: 'list', description: 'Tasks' }]);
  await stage().api.setMyCommands([{ command: 'list', description: 'Задачи' }], { language_code: 'ru' });
  const { page } = await open(context, { locale: 'ru-RU' });
  expect(await page.evaluate<string>('document.documentElement.lang')).toBe('ru');
  const message = page.getByRole('textbox', { name: 'Сообщение' });
  await message.fill('/');
  await eventually(() => page.getByRole('option').allTextContents()).toEqual(['/listЗадачи']);
  await message.fill('привет');
  await page.keyboard.press('Enter');
  expect((await stage().update('message')).from.language_code).toBe('ru');
});
