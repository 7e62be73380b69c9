/** What each test of the chat page begins with: a browser for the file, and for the test a stand-in with the page on it and its visitors. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, type TestContext, vi } from 'vitest';
import { openBrowser, patienceMs, type Visit, visit } from './browser.ts';
import { type PageStage, pageStage } from './stage.ts';

export interface Staged {
  /** This test's stage. */
  readonly stage: () => PageStage;
  /** Opens the page in a browser of its own; skips the test where there is no browser. */
  readonly open: (context: TestContext, options?: BrowserContextOptions) => Promise<Visit>;
}

/** Sets the hooks of a test file. After each test nothing may have been complained of, or asked of another place than the page. */
export function staged(): Staged {
  let browser: Browser | undefined;
  let stage: PageStage | undefined;
  const visits: Visit[] = [];
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    stage = await pageStage();
  });
  afterEach(async () => {
    const told = visits.splice(0);
    for (const { context } of told) await context.close();
    await stage?.end();
    expect(told.flatMap(({ abroad }) => abroad)).toEqual([]);
    expect(told.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
  const present = (): PageStage => {
    if (!stage) throw new Error('there is no stage outside a test');
    return stage;
  };
  return {
    stage: present,
    async open(context, options) {
      context.skip(browser === undefined, 'no Chromium is installed');
      if (!browser) throw new Error('skipped');
      const opened = await visit(browser, present().chat, options);
      visits.push(opened);
      return opened;
    },
  };
}

vi.setConfig({ testTimeout: 3 * patienceMs });

/** Asks until the answer is the one expected. */
export const eventually = <T>(ask: () => T) => expect.poll(ask, { timeout: patienceMs });

export const log = (page: Page) => page.getByRole('log');
export const box = (page: Page) => page.getByRole('textbox', { name: 'Message' });
export const button = (text: string, data = text) => ({ text, callback_data: data });
