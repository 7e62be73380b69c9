/** Orders about items that are there: what is one, what is not. */
import { expect, test } from 'vitest';
import { readOrder, readReplyOrder } from './orders.ts';

const short = (text: string): string => {
  const order = readOrder(text);
  if (order === null) return 'none';
  const item = (of: { number: number | null; words: string }) => (of.number === null ? of.words : `#${of.number}`);
  switch (order.kind) {
    case 'rename':
      return `rename ${order.ways.map((way) => `${item(way)} > ${way.title}`).join(' | ')}`;
    case 'place':
      return `place ${item(order)} > ${order.to}`;
    case 'edit':
      return `edit${order.plain ? ' plainly' : ''} ${item(order)}`;
    case 'skip':
    case 'resume':
      return `${order.kind} ${item(order)}`;
    case 'pause':
      return `pause ${item(order)}${order.until === '' ? '' : ` | ${order.until}`}`;
    case 'why':
      return `why ${item(order)}`.trim();
  }
};

test.each([
  ['rename #12 to Call Ann', 'rename #12 > Call Ann'],
  ['Rename call Bob to call Ann.', 'rename call Bob > call Ann'],
  ['rename the task call Bob to call Ann', 'rename call Bob > call Ann'],
  [
    'rename "write to Bob" to "write to Ann"',
    'rename "write > Bob" to "write to Ann" | write to Bob > write to Ann | "write to Bob" to "write > Ann"',
  ],
  ['rename 12 -> Call Ann', 'rename #12 > Call Ann'],
  ['change the title of the report to Annual report', 'rename the report > Annual report'],
  ['переименуй #12 в Позвонить Анне', 'rename #12 > Позвонить Анне'],
  ['переименуй задачу отчёт в годовой отчёт', 'rename отчёт > годовой отчёт'],
  ['измени название отчёта на годовой отчёт', 'rename отчёта > годовой отчёт'],
  ['edit #12', 'edit plainly #12'],
  ['edit 12', 'edit plainly #12'],
  ['please edit the task call Bob', 'edit plainly call Bob'],
  ['edit the photos', 'edit the photos'],
  ['change #12', 'edit plainly #12'],
  ['измени #12', 'edit plainly #12'],
  ['отредактируй задачу отчёт', 'edit plainly отчёт'],
  ["why didn't you remind me", 'why'],
  ["why didn't you remind me about the call?", 'why the call'],
  ['why did you not remind me to stretch', 'why stretch'],
  ['why did you remind me so late about the call', 'why the call'],
  ["why wasn't I reminded of the call", 'why the call'],
  ['why no reminder for the call', 'why the call'],
  ["why didn't the stretch reminder fire", 'why stretch'],
  ["you didn't remind me about the call", 'why the call'],
  ['why #12', 'why #12'],
  ['почему не напомнил', 'why'],
  ['почему ты не напомнил мне позвонить Боре', 'why позвонить Боре'],
  ['почему ты мне не напомнила про созвон?', 'why созвон'],
  ['почему не пришло напоминание о созвоне', 'why созвоне'],
  ['ты забыл напомнить про созвон', 'why созвон'],
  ['почему напомнил так поздно', 'why'],
  ['почему #12', 'why #12'],
  ['move #12 to Website', 'place #12 > Website'],
  ['move 12 to the project Website', 'place #12 > Website'],
  ['перенеси 12 в Сайт', 'place #12 > Сайт'],
  ['skip #12', 'skip #12'],
  ['skip water the plants this week', 'skip water the plants'],
  ['pause #12', 'pause #12'],
  ['pause the plants until 10 dec', 'pause the plants | until 10 dec'],
  ['resume #12', 'resume #12'],
  ['пропусти полить цветы в этот раз', 'skip полить цветы'],
  ['приостанови #12 до пятницы', 'pause #12 | до пятницы'],
  ['поставь полить цветы на паузу до пятницы', 'pause полить цветы | до пятницы'],
  ['возобнови #12', 'resume #12'],
  // negatives
  ['skip', 'none'],
  ['pause', 'none'],
  ['skipping rope', 'none'],
  ['why we sleep', 'none'],
  ['why is the sky blue', 'none'],
  ['find out why the build fails', 'none'],
  ['why did Bob not call', 'none'],
  ['почему трава зелёная', 'none'],
  ['editor meeting', 'none'],
  ['rename', 'none'],
  ['rename the files', 'none'],
  ['rent to pay', 'none'],
  ['изменить', 'none'],
  ['move the sofa to the attic', 'none'],
  ['read #12 of the magazine', 'none'],
  [`edit ${'x'.repeat(500)}`, 'none'],
  ['edit #12\nand more', 'none'],
])('%s', (text, expected) => {
  expect(short(text)).toBe(expected);
});

test.each([
  ['rename to Call Ann', 'rename Call Ann'],
  ['rename: Call Ann', 'rename Call Ann'],
  ['переименуй в Позвонить Анне', 'rename Позвонить Анне'],
  ['edit', 'edit'],
  ['измени', 'edit'],
  ['why?', 'why'],
  ['почему?', 'why'],
  ["why didn't you remind me", 'why'],
  ['why did he say so', 'none'],
  ['edited by Bob', 'none'],
  ['Bob will rename it', 'none'],
])('a reply "%s"', (text, expected) => {
  const order = readReplyOrder(text);
  expect(order === null ? 'none' : order.kind === 'rename' ? `rename ${order.title}` : order.kind).toBe(expected);
});
