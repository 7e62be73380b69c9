/** `npm run pictures`: draws every shape of docs/design.md from the real program on the chat page, at a phone's width, light and dark, in both languages. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { languages } from '../../src/locales/translator.ts';
import { ChatPage, type SeenMessage } from '../../src/sandbox/index.ts';
import { openBrowser } from '../page/browser.ts';
import { type PageStage, pageStage, VISITOR } from '../page/stage.ts';
import { MORNING, stage } from '../registry/stage.ts';
import { root } from '../repository/source.ts';
import { messagesOf, shapes } from './shapes.ts';

const folder = path.join(root, 'docs', 'pictures');
const THEMES = ['light', 'dark'] as const;
/** That of Android's phones where it is installed (Debian: fonts-roboto-unhinted), whatever the machine's own is. */
const FONT = ':root { font-family: "Steward Arrows", Roboto, "Noto Color Emoji", sans-serif }';
/** A small phone's width, and a height on which every shape fits. */
const SIZE = { width: 390, height: 1400 };

let browser: Browser | undefined;
beforeAll(async () => {
  browser = await openBrowser();
  mkdirSync(folder, { recursive: true });
});
afterAll(() => browser?.close());

async function pageIn(open: Browser, chat: ChatPage, theme: (typeof THEMES)[number], language: string): Promise<Page> {
  const context = await open.newContext({
    colorScheme: theme,
    locale: language === 'ru' ? 'ru-RU' : 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: SIZE,
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
    // For the font below alone: the page allows no style but its own.
    bypassCSP: true,
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(MORNING);
  await page.goto(chat.newAddress());
  await page.getByRole('textbox', { name: /Message|Сообщение/ }).waitFor();
  await page.addStyleTag({ content: FONT });
  return page;
}

interface ThemedPage {
  readonly theme: (typeof THEMES)[number];
  readonly page: Page;
}

/** Says again what was said elsewhere, by whichever side it was. */
async function writeAgain(stage: PageStage, { message, fromBot }: SeenMessage): Promise<void> {
  const { text = '', entities = [], reply_markup } = message;
  if (fromBot) await stage.api.sendMessage(VISITOR, text, { entities, ...(reply_markup ? { reply_markup } : {}) });
  else stage.user.send(text);
}

/** The messages as a picture: from the first of them to the last. */
async function drawn(page: Page, painter: Page, count: number): Promise<Buffer> {
  const articles = page.getByRole('log').getByRole('article');
  const [first, last] = [articles.nth((await articles.count()) - count), articles.last()];
  await last.scrollIntoViewIfNeeded();
  const [top, bottom] = [await first.boundingBox(), await last.boundingBox()];
  if (!top || !bottom) throw new Error('a message is not drawn');
  const y = Math.max(0, top.y - 5);
  const png = await page.screenshot({
    clip: { x: 0, y, width: SIZE.width, height: bottom.y + bottom.height + 8 - y },
    animations: 'disabled',
  });
  const webp = await painter.evaluate<string>(`(async () => {
    const picture = await createImageBitmap(await (await fetch('data:image/png;base64,${png.toString('base64')}')).blob());
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    canvas.getContext('2d').drawImage(picture, 0, 0);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality: 0.7 })).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  })()`);
  return Buffer.from(webp, 'base64');
}

test.each(languages)(
  'every shape in %s',
  async (language) => {
    if (!browser) throw new Error('no Chromium is installed');
    const present = await stage(language);
    const chat = new ChatPage({ server: present.steward.sandbox, user: present.owner.user });
    await chat.start();
    const painter = await (await browser.newContext()).newPage();
    // The page shows a private chat: what was written in a group is written once more on a page of its own.
    const copy = await pageStage();
    const pages: ThemedPage[] = [];
    const copies: ThemedPage[] = [];
    for (const theme of THEMES) {
      pages.push({ theme, page: await pageIn(browser, chat, theme, language) });
      copies.push({ theme, page: await pageIn(browser, copy.chat, theme, language) });
    }
    const keep = async (of: readonly ThemedPage[], name: string, count: number) => {
      for (const { theme, page } of of) {
        await page.waitForTimeout(150);
        writeFileSync(path.join(folder, `${name}-${language}-${theme}.webp`), await drawn(page, painter, count));
      }
    };
    try {
      for (const shape of shapes(present, language)) {
        const messages = await messagesOf(present, shape);
        if (shape.chat !== undefined) {
          // That the bot was added has no words.
          const worded = messages.filter(({ message }) => message.text !== undefined);
          for (const one of worded) await writeAgain(copy, one);
          await keep(copies, shape.name, worded.length);
          continue;
        }
        // What the owner said for the shape, and what was answered to it: not all that led there.
        const all = present.steward.sandbox.messages(present.owner.id);
        const newest = messages.filter(({ fromBot }) => fromBot).at(-1);
        const before = all.filter((one) => !newest || one.message.message_id < newest.message.message_id);
        const asked = before.at(-1)?.fromBot === false && messages.some(({ fromBot }) => !fromBot) === true;
        const place = all.findIndex((one) => one.message.message_id === newest?.message.message_id);
        await keep(pages, shape.name, (asked ? 1 : 0) + all.length - place);
      }
      // The shape of a failure needs one.
      expect(present.faults().filter((line) => !line.includes('FileNotFetched'))).toEqual([]);
    } finally {
      for (const { page } of [...pages, ...copies]) await page.context().close();
      await painter.context().close();
      await copy.end();
      await chat.stop();
      await present.steward.end();
    }
  },
  900_000,
);
