/** Steward itself on the chat page, in a real browser: what somebody does who tries it before making a bot. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import { ChatPage } from '../../src/sandbox/index.ts';
import { OWNER, type Steward, startSteward } from '../e2e/steward.ts';
import { openBrowser, type Visit, visit } from './browser.ts';
import { eventually } from './staged.ts';

const MINUTE = 60_000;

let browser: Browser | undefined;
let steward: Steward | undefined;
let chat: ChatPage | undefined;
let opened: Visit | undefined;

beforeAll(async () => {
  browser = await openBrowser();
  if (!browser) return;
  steward = await startSteward({ mode: 'polling' });
  chat = new ChatPage({ server: steward.sandbox, user: steward.sandbox.user(OWNER, { first_name: 'Ann' }) });
  await chat.start();
  opened = await visit(browser, chat);
});
afterAll(async () => {
  await opened?.context.close();
  await browser?.close();
  await chat?.stop();
  await steward?.end();
  expect(opened?.complaints ?? []).toEqual([]);
  expect(opened?.abroad ?? []).toEqual([]);
});

function pageOf(context: TestContext): { page: Page; clock: Steward['clock'] } {
  context.skip(browser === undefined, 'no Chromium is installed');
  if (!opened || !steward) throw new Error('skipped');
  return { page: opened.page, clock: steward.clock };
}

const newest = (page: Page) => page.getByRole('log').getByRole('article').last();
const said = (page: Page) => newest(page).locator('.text').textContent();

/** Types a message and waits for the answer, which is the newest message of the bot. */
async function say(page: Page, text: string): Promise<string> {
  const messages = page.getByRole('log').locator('.message.in');
  const before = await messages.count();
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.keyboard.press('Enter');
  await eventually(() => messages.count()).toBeGreaterThan(before);
  return (await said(page)) ?? '';
}

const press = (page: Page, name: string) => newest(page).getByRole('button', { name, exact: true }).click();

test('a sentence becomes a task, its card is opened and changed where it stands, and Undo takes it back', async (context) => {
  const { page } = pageOf(context);
  const echo = await say(page, 'call Bob tomorrow 3pm !high #sales');
  expect(echo).toContain('Call Bob');
  expect(await newest(page).locator('strong').first().textContent()).toBe('Call Bob');
  expect(await newest(page).locator('.text time').textContent()).toBe('Tomorrow 15:00');
  await say(page, '/list');
  await press(page, '1');
  await eventually(() => said(page)).toContain('#1');
  await press(page, 'Done');
  await eventually(() => page.getByRole('log').locator('.text').allTextContents()).toContainEqual(
    expect.stringContaining('✅ Call Bob'),
  );
  expect(await say(page, '/undo')).toContain('open again');
});

test('two readings are asked about, and the press decides', async (context) => {
  const { page } = pageOf(context);
  expect(await say(page, 'party friday midnight')).toContain('which night?');
  const keys = newest(page).getByRole('group', { name: 'Buttons' }).getByRole('button');
  expect(await keys.count()).toBeGreaterThan(2);
  await keys.first().click();
  await eventually(() => said(page)).toContain('Party');
  await eventually(() => said(page)).not.toContain('which night?');
});

test('a list is turned in place, by the keyboard alone, and the focus stays with the arrow', async (context) => {
  const { page } = pageOf(context);
  for (let n = 1; n <= 9; n += 1) await say(page, `water plant ${n}`);
  const first = await say(page, '/list');
  expect(first).toContain('Tasks');
  const list = newest(page);
  await list.getByRole('button', { name: '▶' }).focus();
  await page.keyboard.press('Enter');
  await eventually(() => said(page)).not.toBe(first);
  expect(await page.evaluate<string>('document.activeElement?.textContent')).toMatch(/^(?:[◀▶]|\d+\/\d+)$/);
  await list.getByRole('button', { name: '◀' }).click();
  await eventually(() => said(page)).toBe(first);
});

test('a recurring task shows how it repeats', async (context) => {
  const { page } = pageOf(context);
  await say(page, 'pay rent every month on the 1st');
  expect(await page.getByRole('log').locator('.message.in .text').last().textContent()).toMatch(/Pay rent[\s\S]*🔁/i);
});

test('a reminder comes by itself, is put off by a reply, comes again and is done', async (context) => {
  const { page, clock } = pageOf(context);
  await say(page, 'remind me to stretch in 10 minutes');
  const fired = page
    .getByRole('log')
    .locator('.message.in')
    .filter({ has: page.getByRole('button', { name: '10 min' }) });
  const before = await fired.count();
  clock.move(10 * MINUTE + 500);
  await eventually(() => fired.count()).toBe(before + 1);
  await fired.last().hover();
  await fired.last().getByRole('button', { name: 'More about this message' }).click();
  await page.getByRole('menuitem', { name: 'Reply' }).click();
  await say(page, '2h');
  expect(await said(page)).toContain('Stretch');
  clock.move(120 * MINUTE + 500);
  await eventually(() => fired.count()).toBeGreaterThan(before + 1);
  await fired.last().getByRole('button', { name: 'Done' }).click();
  await eventually(() => page.getByRole('log').locator('.message.in .text').allTextContents()).toContainEqual(
    expect.stringContaining('✅ Stretch'),
  );
});

test('a file makes a task, and its message can be corrected afterwards', async (context) => {
  const { page } = pageOf(context);
  const messages = page.getByRole('log').locator('.message.in');
  const before = await messages.count();
  await page.getByRole('button', { name: 'Attach' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'File', exact: true }).click();
  await (await chooser).setFiles({ name: 'offer.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
  await page.getByLabel('Caption').fill('check the offer friday');
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
  await eventually(() => messages.count()).toBeGreaterThan(before);
  expect(await said(page)).toContain('Check the offer');
});
