/** What is said in the story, as a test compares it and as a reader of `docs/tour.md` sees it. */
import type { Message, MessageEntity, RichBlock, RichText } from '@grammyjs/types';
import { keyboardOf, wordsOf } from '../../src/sandbox/index.ts';

/** Something somebody saw: a message in its last state, or the word a press is answered with. */
export interface ToldPart {
  /** tells it from others */
  readonly key: string;
  /** who sees it, when it is not who acted */
  readonly to: string | null;
  readonly shown: Message | string;
  /** a message that stood in the chat before */
  readonly changed: boolean;
}

const rowsOf = (message: Message) => keyboardOf(message).map((row) => row.map((button) => button.text));

/** Everything that was seen because of one act. */
export class Told {
  readonly parts: readonly ToldPart[];

  constructor(parts: readonly ToldPart[]) {
    this.parts = parts;
  }

  /** Messages one below the other: who sees it and whether it changed in place, its text, its buttons in brackets. */
  text(): string {
    const told = this.parts.map((part) => {
      const to = part.to === null ? [] : [`(to ${part.to})`];
      if (typeof part.shown === 'string') return [...to, `(briefly) ${part.shown}`];
      const rows = rowsOf(part.shown).map((row) => row.map((label) => `[${label}]`).join(' '));
      return [...to, ...(part.changed ? ['(changed)'] : []), wordsOf(part.shown), ...rows];
    });
    return told.map((lines) => lines.join('\n')).join('\n---\n');
  }
}

/** Shows what was told in a snapshot as it stands, without quotation marks. */
export const toldInSnapshots = {
  test: (value: unknown): boolean => value instanceof Told,
  serialize: (value: Told): string => (value.parts.length === 0 ? '(nothing)' : value.text()),
};

const escaped = (text: string) =>
  text
    .replace(/[\\`*_[\]<>|~]/g, '\\$&')
    // What would begin a heading or a list at the start of a line.
    .replace(/^(\s*)([#+-]|\d+(?=[.)]))/gm, (_, space: string, sign: string) =>
      /\d/.test(sign) ? `${space}${sign}\\` : `${space}\\${sign}`,
    );

const marks: Partial<Record<MessageEntity['type'], string>> = {
  bold: '**',
  italic: '*',
  strikethrough: '~~',
  code: '`',
};

/** The blocks of a native message, an empty line between them; a table is one. */
function formattedBlocks(blocks: readonly RichBlock[]): string {
  const shown = blocks.map((block) => {
    if (block.type !== 'table') return 'text' in block ? formattedText(block.text) : '';
    const rows = block.cells.map((row) => `| ${row.map((cell) => formattedText(cell.text ?? '')).join(' | ')} |`);
    const aligns = (block.cells[0] ?? []).map(({ align }) => (align === 'right' ? '---:' : '---'));
    return [rows[0], `| ${aligns.join(' | ')} |`, ...rows.slice(1)].join('\n');
  });
  return shown.filter((words) => words !== '').join('\n\n');
}

function formattedText(text: RichText): string {
  if (typeof text === 'string') return escaped(text);
  if (Array.isArray(text)) return text.map(formattedText).join('');
  const words = 'text' in text ? formattedText(text.text) : '';
  const mark = text.type === 'button' ? '' : (marks[text.type as MessageEntity['type']] ?? '');
  return `${mark}${words}${mark}`;
}

/** A message's text with its formatting. Markdown takes no mark beside a space or around nothing, so it is set around the words. */
function formatted(message: Message): string {
  // What follows a table stands apart from it.
  if (message.rich_message) return `${formattedBlocks(message.rich_message.blocks)}\n`;
  const text = wordsOf(message);
  const entities = (message.entities ?? message.caption_entities ?? []).filter(({ type }) => marks[type]);
  const cuts = [...new Set([0, text.length, ...entities.flatMap(({ offset, length }) => [offset, offset + length])])];
  cuts.sort((one, other) => one - other);
  return cuts
    .slice(1)
    .map((end, at) => {
      const start = cuts[at] ?? 0;
      const inside = entities.filter(({ offset, length }) => offset <= start && end <= offset + length);
      const around = [...new Set(inside.map(({ type }) => marks[type] ?? ''))];
      const piece = text.slice(start, end);
      const [, before = '', words = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(piece) ?? [];
      if (words === '' || around.length === 0) return escaped(piece);
      const inner = around.includes('`') ? words : escaped(words);
      return `${before}${around.join('')}${inner}${around.toReversed().join('')}${after}`;
    })
    .join('');
}

const key = (label: string) => `<kbd>${label.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</kbd>`;

/** Lines as one quotation; columns keep their distance. A break is marked but where a paragraph ends anyway. */
function quoted(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => (line.startsWith('|') ? line : line.replace(/ {2,}/g, (gap) => '&nbsp;'.repeat(gap.length))));
  const goesOn = (at: number) => Boolean(lines[at + 1]) && !lines[at]?.startsWith('|');
  return lines.map((line, at) => (line === '' ? '>' : `> ${line}${goesOn(at) ? '\\' : ''}`)).join('\n');
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April'];

export class Transcript {
  readonly #lines: string[] = [];
  #time = '';
  #shownTime = '';
  /** messages written and buttons pressed */
  acts = 0;

  /** A new day ('YYYY-MM-DD') and what it is about. */
  day(day: string, title: string): void {
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
    const weekday = WEEKDAYS[new Date(Date.UTC(year, month - 1, date)).getUTCDay()];
    this.#lines.push(`## ${weekday}, ${date} ${MONTHS[month - 1]}: ${title}`);
    this.#shownTime = '';
  }

  /** From now on it is 'HH:MM'. */
  time(time: string): void {
    this.#time = time;
  }

  /** Tells the reader what is about to happen. */
  note(words: string): void {
    this.#lines.push(words);
  }

  remark(words: string): void {
    this.#clock();
    this.#lines.push(`*${words}*`);
  }

  said(name: string, words: string, told: Told): void {
    this.#act(`**${name}:** ${escaped(words).replace(/\n/g, '\\\n')}`, told);
  }

  pressed(name: string, label: string, told: Told): void {
    this.#act(`**${name}** presses ${key(label)}`, told);
  }

  replied(name: string, to: string, words: string, told: Told): void {
    this.#act(`**${name}**, in reply to “${escaped(to)}”: ${escaped(words)}`, told);
  }

  edited(name: string, before: string, after: string, told: Told): void {
    this.#act(`**${name}** corrects “${escaped(before)}” to: ${escaped(after)}`, told);
  }

  forwarded(name: string, from: string, words: string, told: Told): void {
    this.#act(`**${name}** forwards what ${escaped(from)} wrote: ${escaped(words)}`, told);
  }

  sent(name: string, kind: string, file: string, caption: string, told: Told): void {
    const words = caption === '' ? '' : `: ${escaped(caption)}`;
    this.#act(`**${name}** sends ${kind === 'voice' ? 'a voice note' : `the ${kind} ${escaped(file)}`}${words}`, told);
  }

  /** What Steward said by itself. */
  came(told: Told): void {
    this.#clock();
    this.#tell(told);
  }

  /** Everything so far as a page. `head`: what stands above it. */
  markdown(head: string): string {
    return `${[head, ...this.#lines].join('\n\n')}\n`;
  }

  #act(line: string, told: Told): void {
    this.acts += 1;
    this.#clock();
    this.#lines.push(line);
    this.#tell(told);
  }

  #clock(): void {
    if (this.#time === this.#shownTime) return;
    this.#shownTime = this.#time;
    this.#lines.push(`#### ${this.#time}`);
  }

  #tell(told: Told): void {
    for (const part of told.parts) {
      const to = part.to === null ? '' : `*to ${part.to}:*\n`;
      if (typeof part.shown === 'string') this.#lines.push(quoted(`${to}*${escaped(part.shown)}*`));
      else {
        const head = part.changed ? '*now reads:*\n' : '';
        const rows = rowsOf(part.shown).map((row) => `\n${row.map(key).join(' ')}`);
        this.#lines.push(quoted(`${to}${head}${formatted(part.shown)}${rows.join('')}`));
      }
    }
  }
}
