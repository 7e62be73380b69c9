/** Steward itself on the chat page, in a real browser of a phone's width, by the keyboard alone: what somebody does who tries it before making a bot. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import { ChatPage } from '../../src/sandbox/index.ts';
import { OWNER, type Steward, startSteward } from '../e2e/steward.ts';
import { accessibilityFaults, openBrowser, sidewaysScroll, type Visit, visit } from './browser.ts';
import { eventually } from './staged.ts';

const MINUTE = 60_000;
/** A folder that gets a picture of each scene, for somebody to look at. */
const pictures = process.env['PAGE_PICTURES'];

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
  opened = await visit(browser, chat, {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
  });
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

const user = () => {
  if (!steward) throw new Error('skipped');
  return steward.sandbox.user(OWNER);
};
const incoming = (page: Page) => page.getByRole('log').locator('.message.in');
const said = (page: Page) => incoming(page).last().locator('.text').textContent();
const focused = (page: Page) =>
  page.evaluate<string>(
    "document.activeElement?.getAttribute('aria-label') || document.activeElement?.textContent || ''",
  );

/** Presses `key` until the focus is on what is called `name`. Throws when it is not reached in a hundred steps. */
async function reach(page: Page, name: string, key = 'Shift+Tab'): Promise<void> {
  for (let step = 0; step < 100; step += 1) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press(key);
  }
  throw new Error(`the keyboard does not reach "${name}"`);
}

/** Presses the button of that name nearest above the field for messages. */
async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).focus();
  await reach(page, name);
  await page.keyboard.press('Enter');
}

/** Types a message and waits for the answer. */
async function say(page: Page, words: string): Promise<void> {
  const before = await incoming(page).count();
  await page.getByRole('textbox', { name: 'Message' }).focus();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await eventually(() => incoming(page).count()).toBeGreaterThan(before);
}

/** Nothing is wider than the phone and axe finds nothing, in light and in dark. */
async function looksRight(page: Page, scene: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // A message that has just changed shines for a moment.
    await page.evaluate('Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})))');
    expect(await sidewaysScroll(page), `${scene}, ${colorScheme}`).toBe(0);
    // What differs by the scheme is the contrast alone.
    const rules = colorScheme === 'dark' ? ['color-contrast'] : undefined;
    expect(await accessibilityFaults(page, rules), `${scene}, ${colorScheme}`).toEqual([]);
    if (pictures === undefined) continue;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: path.join(pictures, `${scene}-${colorScheme}.png`) });
  }
}

test('a sentence becomes a task', async (context) => {
  const { page } = pageOf(context);
  await say(page, '/start');
  await press(page, 'Skip');
  await eventually(() => said(page)).toContain('Which language');
  await press(page, 'English');
  await eventually(() => said(page)).toContain('Tap one to try');
  await say(page, 'call Bob about the offer for the new office tomorrow 3pm !high #sales @acme ~30m');
  expect(await incoming(page).last().locator('strong').textContent()).toBe(
    'Call Bob about the offer for the new office',
  );
  expect(await incoming(page).last().locator('.text time').textContent()).toBe('Tomorrow 15:00');
  await looksRight(page, '1-capture');
});

test('two readings are asked about, and a press decides', async (context) => {
  const { page } = pageOf(context);
  await say(page, 'party friday midnight');
  await eventually(() => said(page)).toContain('which night?');
  await looksRight(page, '2-question');
  await press(page, 'Fri to Sat');
  await eventually(() => said(page)).not.toContain('which night?');
});

test('a list turns its pages, opens a card and a field of it is changed', async (context) => {
  const { page } = pageOf(context);
  const before = await incoming(page).count();
  const plants = ['ferns', 'roses', 'basil', 'thyme', 'cactus', 'bamboo', 'orchids'];
  // Written elsewhere, as on another device: the page shows what comes.
  for (const plant of plants) user().send(`water ${plant} sunday`);
  await eventually(() => incoming(page).count()).toBe(before + plants.length);
  await say(page, '/list');
  await eventually(() => said(page)).toContain('Tasks');
  await looksRight(page, '3-list');
  const first = await said(page);
  await press(page, '▶');
  await eventually(() => said(page)).not.toBe(first);
  // The focus stays on the row of arrows, so that the next page is one key away.
  expect(await focused(page)).toMatch(/^(?:[◀▶]|\d+\/\d+)$/);
  await press(page, '◀');
  await eventually(() => said(page)).toBe(first);
  await press(page, '1');
  await eventually(() => said(page)).toContain('#1');
  await press(page, 'Edit');
  await press(page, 'Priority');
  await eventually(() => said(page)).toContain('How important');
  await looksRight(page, '4-card');
  await press(page, '🔴 Urgent');
  await eventually(() => said(page)).toContain('urgent');
});

test('a file with words below it becomes a task', async (context) => {
  const { page } = pageOf(context);
  const before = await incoming(page).count();
  await page.getByRole('textbox', { name: 'Message' }).focus();
  await reach(page, 'Attach', 'Tab');
  await page.keyboard.press('Enter');
  const chooser = page.waitForEvent('filechooser');
  await reach(page, 'File', 'ArrowDown');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles({ name: 'offer.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
  await page.getByLabel('Caption').waitFor();
  await page.keyboard.type('check the offer friday');
  await looksRight(page, '5-sending');
  await page.keyboard.press('Enter');
  await eventually(() => incoming(page).count()).toBeGreaterThan(before);
  await eventually(() => said(page)).toContain('Check the offer');
});

test('a task that repeats shows its next dates', async (context) => {
  const { page } = pageOf(context);
  await say(page, 'pay rent every month on the 1st at 9:00');
  await eventually(() => said(page)).toMatch(/🔁[\s\S]*Then/);
  await looksRight(page, '6-series');
});

test('a reminder comes by itself, is put off by a reply, comes again, is done, and that is taken back', async (context) => {
  const { page, clock } = pageOf(context);
  await say(page, 'remind me to stretch in 10 minutes');
  const fired = incoming(page).filter({ has: page.getByRole('button', { name: '10 min' }) });
  const before = await fired.count();
  clock.move(10 * MINUTE + 500);
  await eventually(() => fired.count()).toBe(before + 1);
  await looksRight(page, '7-reminder');
  await page.getByRole('textbox', { name: 'Message' }).focus();
  await reach(page, 'More about this message');
  await page.keyboard.press('Enter');
  await reach(page, 'Reply', 'ArrowDown');
  await page.keyboard.press('Enter');
  await eventually(() => focused(page)).toBe('Message');
  await page.keyboard.type('2h');
  await page.keyboard.press('Enter');
  await eventually(() => said(page)).toContain('Stretch: again');
  clock.move(120 * MINUTE + 500);
  await eventually(() => fired.count()).toBe(before + 2);
  await press(page, 'Done');
  await eventually(() => said(page)).toBe('✅ Stretch');
  await press(page, 'Undo');
  await eventually(() => said(page)).toContain('open again');
  await say(page, '/settings');
  await looksRight(page, '8-settings');
  await page.getByRole('textbox', { name: 'Message' }).focus();
  await page.keyboard.type('/');
  await page.getByRole('listbox', { name: 'Commands' }).waitFor();
  await looksRight(page, '9-commands');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Backspace');
});

test('a list is a table with headers once the button inside a sample was pressed', async (context) => {
  const { page } = pageOf(context);
  await say(page, '/settings');
  await press(page, 'Tables');
  await eventually(() => said(page)).toContain('How shall lists look?');
  await press(page, 'Native tables');
  await eventually(() => said(page)).toContain('Is this a table?');
  await looksRight(page, '10-sample');
  await press(page, 'Table shows');
  await eventually(() => said(page)).toContain('Lists: native tables');
  await say(page, '/search water');
  const table = incoming(page).last().getByRole('table');
  expect(await table.getByRole('columnheader').allTextContents()).toEqual(['#', 'Task', 'When']);
  expect(await table.getByRole('row').count()).toBe(8);
  await looksRight(page, '11-table');
  // From the table to a card and back, in the same message.
  const messages = await incoming(page).count();
  const [number = ''] = await table.locator('tbody td').allTextContents();
  await press(page, number);
  await eventually(() => incoming(page).last().getByRole('table').count()).toBe(0);
  await page.getByRole('textbox', { name: 'Message' }).focus();
  await press(page, '◀ List');
  await eventually(() => table.count()).toBe(1);
  expect(await incoming(page).count()).toBe(messages);
});
