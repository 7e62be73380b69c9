/** Using the chat page in a real browser, with a bot the test plays: pressing, typing, keyboards, being cut off, coming back. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { VISITOR } from './stage.ts';
import { box, button, eventually, log, staged } from './staged.ts';

const { stage, open } = staged();

const focused = (page: Page) =>
  page.evaluate<string>("document.activeElement?.textContent || document.activeElement?.id || ''");

test('an edit changes the message where it stands, keeps the focus on its button, and its remark is shown', async (context) => {
  const { page } = await open(context);
  const keys = (n: number) => ({ inline_keyboard: [[button('◀', `back ${n}`), button('▶', `next ${n}`)]] });
  const first = await stage().api.sendMessage(VISITOR, 'page 1', { reply_markup: keys(1) });
  await stage().api.sendMessage(VISITOR, 'below');
  const key = log(page).getByRole('button', { name: '▶' });
  await key.focus();
  await page.keyboard.press('Enter');
  const query = await stage().update('callback_query');
  expect([query.data, query.message?.message_id]).toEqual(['next 1', first.message_id]);
  expect(await key.getAttribute('aria-busy')).toBe('true');
  await stage().api.editMessageText(VISITOR, first.message_id, 'page 2', { reply_markup: keys(2) });
  await stage().api.answerCallbackQuery(query.id, { text: 'Turned' });
  await eventually(() => page.getByRole('status').textContent()).toBe('Turned');
  const texts = await log(page).locator('.text').allTextContents();
  expect(texts).toEqual(['page 2', 'below']);
  expect(await focused(page)).toBe('▶');
  await page.keyboard.press('Enter');
  const next = await stage().update('callback_query');
  expect(next.data).toBe('next 2');
  await stage().api.answerCallbackQuery(next.id, { text: 'That is all', show_alert: true });
  await page.getByRole('dialog', { name: 'That is all' }).waitFor();
  await page.keyboard.press('Enter');
  await eventually(() => page.getByRole('dialog').count()).toBe(0);
  await stage().api.deleteMessage(VISITOR, first.message_id);
  await eventually(() => log(page).locator('.text').allTextContents()).toEqual(['below']);
});

test('everything is done by the keyboard: lines, commands, correcting, replying, leaving', async (context) => {
  const { page } = await open(context);
  await stage().api.setMyCommands([
    { command: 'list', description: 'All tasks' },
    { command: 'later', description: 'Not now' },
    { command: 'undo', description: 'Take back' },
  ]);
  expect(await focused(page)).toBe('message');
  await page.keyboard.type('one');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('two');
  await page.keyboard.press('Enter');
  expect((await stage().update('message')).text).toBe('one\ntwo');
  await page.keyboard.type('/l');
  await eventually(() => page.getByRole('option').allTextContents()).toEqual(['/listAll tasks', '/laterNot now']);
  await page.keyboard.press('ArrowDown');
  expect(await box(page).getAttribute('aria-activedescendant')).toBe('command-later');
  await page.keyboard.press('Enter');
  expect((await stage().update('message')).text).toBe('/later');
  await page.keyboard.type('/un');
  await page.getByRole('option').waitFor();
  await page.keyboard.press('Tab');
  expect(await box(page).inputValue()).toBe('/undo ');
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.type('call Bob');
  await page.keyboard.press('Enter');
  await stage().update('message');
  await eventually(() => log(page).locator('.text').last().textContent()).toBe('call Bob');
  await page.keyboard.press('ArrowUp');
  await eventually(() => box(page).inputValue()).toBe('call Bob');
  await page.keyboard.type(' and Ann');
  await page.keyboard.press('Enter');
  const edited = await stage().update('edited_message');
  expect([edited.text, edited.edit_date]).toEqual(['call Bob and Ann', expect.any(Number)]);
  const asked = await stage().api.sendMessage(VISITOR, 'which one?');
  await eventually(() => log(page).locator('.text').last().textContent()).toBe('which one?');
  await log(page).getByRole('article').last().getByRole('button', { name: 'More about this message' }).focus();
  await page.keyboard.press('Enter');
  expect(await focused(page)).toBe('Reply');
  await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toBe('Copy');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  expect(await focused(page)).toBe('message');
  await page.keyboard.type('the first');
  await page.keyboard.press('Enter');
  const reply = await stage().update('message');
  expect([reply.text, reply.reply_to_message?.message_id]).toEqual(['the first', asked.message_id]);
});

test('the message to reply to is chosen by the keyboard, and what was begun before a correction is there after it', async (context) => {
  const { page } = await open(context);
  const first = await stage().api.sendMessage(VISITOR, 'first');
  await stage().api.sendMessage(VISITOR, 'second');
  await eventually(() => log(page).locator('.text').allTextContents()).toEqual(['first', 'second']);
  const about = page.locator('#about');
  await page.keyboard.press('Control+ArrowUp');
  await eventually(() => about.textContent()).toBe('Reply tosecond');
  await page.keyboard.press('Control+ArrowDown');
  await eventually(() => about.count()).toBe(0);
  await page.keyboard.press('Control+ArrowUp');
  await page.keyboard.press('Control+ArrowUp');
  expect(await box(page).getAttribute('aria-describedby')).toBe('about');
  await page.keyboard.type('mine');
  await page.keyboard.press('Enter');
  expect((await stage().update('message')).reply_to_message?.message_id).toBe(first.message_id);
  await log(page).locator('.message.out').waitFor();
  await page.keyboard.type('half a thought');
  await log(page).locator('.message.out').getByRole('button', { name: 'More about this message' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Edit' }).press('Enter');
  expect(await box(page).inputValue()).toBe('mine');
  await page.keyboard.press('Escape');
  expect(await box(page).inputValue()).toBe('half a thought');
});

test('a box that grows hides nothing of the end, and words from another window take no reader away', async (context) => {
  const { page } = await open(context, { viewport: { width: 390, height: 500 } });
  for (let n = 1; n <= 20; n += 1) await stage().api.sendMessage(VISITOR, `number ${n}`);
  const last = log(page).getByText('number 20', { exact: true });
  const hidden = async () => {
    const [end, form] = [await last.boundingBox(), await page.locator('.box').boundingBox()];
    return end && form ? Math.max(0, end.y + end.height - form.y) : Number.NaN;
  };
  await eventually(hidden).toBe(0);
  await box(page).fill('one\ntwo\nthree\nfour\nfive');
  await eventually(hidden).toBe(0);
  await page.evaluate("document.hasFocus = () => false; document.querySelector('.scroller').scrollTo(0, 0)");
  stage().user.send('from elsewhere');
  await log(page).getByText('from elsewhere').waitFor();
  expect(await page.evaluate<number>("document.querySelector('.scroller').scrollTop")).toBe(0);
});

test('what the bot is doing is told, and a draft is read while it grows and can be stopped', async (context) => {
  const { page } = await open(context);
  // It is told for five seconds only, as bots tell it again and again.
  await eventually(async () => {
    await stage().api.sendChatAction(VISITOR, 'typing');
    return page.getByText('typing…').count();
  }).toBe(1);
  await stage().api.raw.sendMessageDraft({ chat_id: VISITOR, draft_id: 5, text: '', can_stop: true });
  await page.getByText('Thinking…').waitFor();
  await stage().api.raw.sendMessageDraft({ chat_id: VISITOR, draft_id: 5, text: 'The answer', can_stop: true });
  await page.getByText('The answer').waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  expect((await stage().update('stopped_message_generation')).draft_id).toBe(5);
  await stage().api.sendMessage(VISITOR, 'The answer is 42');
  await eventually(() => page.getByText('The answer').allTextContents()).toEqual(['The answer is 42']);
  expect(await page.getByText('typing…').count()).toBe(0);
});

test('a custom keyboard sends its words, the place and the contact; a forced reply is a reply', async (context) => {
  const geolocation = { latitude: 52.52, longitude: 13.405 };
  const { page } = await open(context, { geolocation, permissions: ['geolocation'] });
  await stage().api.sendMessage(VISITOR, 'where?', {
    reply_markup: {
      keyboard: [
        [
          { text: 'Here', request_location: true },
          { text: 'Me', request_contact: true },
        ],
        [{ text: 'Skip' }],
      ],
      one_time_keyboard: true,
    },
  });
  const board = page.getByRole('group', { name: 'Keyboard of the chat' });
  await board.getByRole('button', { name: 'Here' }).click();
  expect((await stage().update('message')).location).toEqual(geolocation);
  expect(await board.isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Keyboard of the chat' }).click();
  await board.getByRole('button', { name: 'Me' }).click();
  expect((await stage().update('message')).contact).toMatchObject({ first_name: 'Ann', user_id: VISITOR });
  await page.getByRole('button', { name: 'Keyboard of the chat' }).click();
  await board.getByRole('button', { name: 'Skip' }).click();
  expect((await stage().update('message')).text).toBe('Skip');
  const asked = await stage().api.sendMessage(VISITOR, 'name?', { reply_markup: { force_reply: true } });
  await page.getByText('Reply to').waitFor();
  await stage().api.sendMessage(VISITOR, 'thanks', { reply_markup: { remove_keyboard: true } });
  await eventually(() => page.getByRole('button', { name: 'Keyboard of the chat' }).count()).toBe(0);
  await box(page).fill('Bob');
  await page.keyboard.press('Enter');
  expect((await stage().update('message')).reply_to_message?.message_id).toBe(asked.message_id);
});

test('what happened while the page was cut off is there once when it is back', async (context) => {
  const { page, context: visitor, complaints } = await open(context);
  const kept = await stage().api.sendMessage(VISITOR, 'one');
  await log(page).getByText('one').waitFor();
  await visitor.setOffline(true);
  await stage().api.editMessageText(VISITOR, kept.message_id, 'one, edited');
  await stage().api.sendMessage(VISITOR, 'two');
  await visitor.setOffline(false);
  await eventually(() => log(page).locator('.text').allTextContents()).toEqual(['one, edited', 'two']);
  await stage().api.sendMessage(VISITOR, 'three');
  await eventually(() => log(page).locator('.text').count()).toBe(3);
  // The browser itself complains of the connection that was cut.
  complaints.length = 0;
});

test('a long conversation shows its end, loads what came before, and marks what is new to a reader further up', async (context) => {
  for (let n = 1; n <= 100; n += 1) await stage().api.sendMessage(VISITOR, `number ${n}`);
  const { page } = await open(context);
  await eventually(() => log(page).getByText('number 100', { exact: true }).isVisible()).toBe(true);
  expect(await log(page).getByRole('article').count()).toBe(60);
  // What came before comes when the beginning is reached, by wheel, finger or key.
  await page.evaluate("document.querySelector('.scroller').scrollTo(0, 0)");
  await eventually(() => log(page).getByRole('article').count()).toBe(100);
  expect(await page.getByRole('button', { name: 'Show earlier messages' }).count()).toBe(0);
  expect(await log(page).locator('.text').allTextContents()).toEqual(
    Array.from({ length: 100 }, (_, n) => `number ${n + 1}`),
  );
  await page.evaluate("document.querySelector('.scroller').scrollTo(0, 0)");
  const newest = page.getByRole('button', { name: 'To the newest message' });
  await newest.waitFor();
  await stage().api.sendMessage(VISITOR, 'news');
  await eventually(() => page.title()).toBe('(1) Steward');
  await newest.click();
  await eventually(() => page.title()).toBe('Steward');
  expect(await page.getByText('New messages').isVisible()).toBe(true);
  expect(await log(page).getByText('news', { exact: true }).isVisible()).toBe(true);
  expect(await log(page).getByText('Today').count()).toBe(1);
});

test('an address used once opens nothing in a second browser, and the first keeps the chat after a reload', async (context) => {
  const { page, context: visitor } = await open(context);
  const address = stage().chat.newAddress();
  await page.goto(address);
  await box(page).waitFor();
  expect(page.url()).not.toContain('once');
  await page.reload();
  await box(page).waitFor();
  const other = await visitor.browser()?.newContext();
  const stranger = await other?.newPage();
  expect((await stranger?.goto(address))?.status()).toBe(403);
  // It says what opens the chat instead.
  await stranger?.getByText('the address that Steward printed').waitFor();
  expect((await stranger?.goto(new URL(address).origin))?.status()).toBe(403);
  await other?.close();
});
