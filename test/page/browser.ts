/** A real Chromium for tests of the chat page, where there is one. */
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { ChatPage } from '../../src/sandbox/index.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser's program, or undefined where none is installed. */
function findChromium(): string | undefined {
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    for (const name of names) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not here: the next one.
      }
    }
  }
  return undefined;
}

/** Starts Chromium; undefined where there is none, and then tests say that they were skipped. */
export async function openBrowser(): Promise<Browser | undefined> {
  const executablePath = findChromium();
  if (executablePath === undefined) return undefined;
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-quic',
      '--disable-background-networking',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  });
}

/** A browser on a busy machine takes its time; nothing here depends on how much. */
export const patienceMs = 60_000;

/** The chat as one visitor sees it. What the page complains about is kept: a test ends by expecting nothing. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** errors of scripts, refused loads, breaches of the content policy */
  readonly complaints: string[];
  /** everything asked of another place than the page's own server */
  readonly abroad: string[];
}

/** Opens the chat page by a fresh address, in a browser of its own. */
export async function visit(browser: Browser, chat: ChatPage, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1000, height: 760 },
    ...options,
  });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const complaints: string[] = [];
  const abroad: string[] = [];
  const address = chat.newAddress();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(new URL(address).origin) && !url.startsWith('blob:')) abroad.push(url);
  });
  await page.goto(address);
  await page.getByRole('textbox', { name: /Message|Сообщение/ }).waitFor();
  return { context, page, complaints, abroad };
}

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong by WCAG 2.2 A and AA, contrast among it: one line each. `rules`: those alone. */
export async function accessibilityFaults(page: Page, rules = RULES): Promise<string[]> {
  const { readFile } = await import('node:fs/promises');
  await page.evaluate(await readFile(axeFile, 'utf8'));
  const run = `axe.run(document, { runOnly: ${JSON.stringify(rules)} })`;
  const { violations } = await page.evaluate<{ violations: Finding[] }>(run);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`));
}

/** How much wider than the window the page is; 0 when nothing has to be scrolled sideways. */
export function sidewaysScroll(page: Page): Promise<number> {
  const widest = "Math.max(document.documentElement.scrollWidth, document.querySelector('.scroller').scrollWidth)";
  return page.evaluate<number>(`Math.max(0, ${widest} - innerWidth)`);
}
