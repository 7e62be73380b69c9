/** A message of several lines: perhaps as many tasks. It is asked about, with what each would become, and nothing is made before. */
import { parse, verbatim } from '../../../capture/index.ts';
import { addLink } from '../../../outbox/outbox.ts';
import type { Context } from '../../../telegram/feature.ts';
import { isVisible } from '../../../telegram/render/clean.ts';
import { readerOf } from '../bot/chat.ts';
import { linesView, type Planned } from '../views/taking.ts';

/** Tasks one message makes at most. */
export const MOST_LINES = 100;

const BULLET = /^\s*(?:(?:[-*•·–—▪◦‣]|\[[ xXхХ✓]?\]|[☐☑✓✔])\s+)+/u;

/** The lines that say something, without the signs of a list before them: dashes, boxes, numbers where they count on. */
export function linesIn(text: string): string[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.replace(BULLET, '').trim())
    .filter(isVisible);
  const numbered = lines.every((line, index) => new RegExp(`^${index + 1}[.)]\\s+\\S`).test(line));
  return numbered ? lines.map((line) => line.replace(/^\d+[.)]\s+/, '')) : lines;
}

/** Whether the message at hand may be several tasks: words alone, said by the person, in more than one line. */
export function isSeveral({ inbound }: Context): boolean {
  const own = inbound.pressed === null && inbound.files.length === 0 && inbound.forwarded === null;
  return own && inbound.text.includes('\n') && linesIn(inbound.text).length > 1;
}

/** What a line would become. One with two readings, or that asks for something else, is a title as it stands. */
export function planOf(context: Context, line: string): Planned {
  const capture = parse(line, context.capture);
  const plain = capture.intent !== 'add' && capture.intent !== 'none';
  if (plain || capture.readings.length > 0 || capture.title.trim() === '') return { capture: verbatim(line), line };
  return { capture, line };
}

/** Shows what the lines would become, and asks; of a message that was edited meanwhile the newest question is the one that counts. */
export async function askLines(context: Context): Promise<void> {
  const { tx, botId, inbound, now } = context;
  const asks = { role: 'source', entity: 'lines', entityId: null, data: { lines: inbound.text } } as const;
  addLink(tx, botId, inbound.chatId, inbound.messageId, asks, now);
  const lines = linesIn(inbound.text);
  const planned = lines.slice(0, MOST_LINES).map((line) => planOf(context, line));
  await context.answer(
    linesView(readerOf(context), planned, lines.length, MOST_LINES, {
      lines: inbound.text,
      source: inbound.messageId,
    }),
  );
}
