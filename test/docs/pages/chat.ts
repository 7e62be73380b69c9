/** Plays the conversations that stand in the owner's pages through a real Steward, and compares what it answers. */

import type { Language } from '../../../src/locales/translator.ts';
import { keyboardOf } from '../../../src/sandbox/index.ts';
import { textOf, until } from '../../e2e/steward.ts';
import { type Stage, tellsFailure } from '../../registry/stage.ts';

/** Nothing here depends on how long a busy machine takes. */
const PATIENCE_MS = 120_000;

/**
 * A `chat` block is a conversation. Lines that begin with "> " are the owner's: words; "> [Done]" a press; "> ↩ 2h" a reply to the newest message;
 * "> (10 minutes later)" time that passes. What stands between them is what Steward answers, buttons in brackets; a line "…" stands for any lines.
 */
export interface Block {
  /** file and line */
  readonly at: string;
  readonly lines: readonly string[];
}

export function chatBlocks(file: string, text: string): Block[] {
  return [...text.matchAll(/^```chat\n([\s\S]*?)^```/gm)].map((found) => ({
    at: `${file}:${text.slice(0, found.index).split('\n').length}`,
    lines: (found[1] ?? '').trimEnd().split('\n'),
  }));
}

/** What somebody writes in the first column of a table headed "you write", and the words in code that its answer must hold; commands there are tried as well. */
export interface Phrase {
  readonly at: string;
  readonly words: string;
  readonly answered: readonly string[];
}

export function phrases(file: string, text: string): Phrase[] {
  const found: Phrase[] = [];
  let table = false;
  for (const [index, line] of text.split('\n').entries()) {
    const cells = line.split(/(?<!\\)\|/).slice(1, -1);
    if (cells.length === 0) table = false;
    else if (/^ (?:you write|вы пишете) $/.test(cells[0] ?? '')) table = true;
    else if (table && !/^-+$/.test(cells[0] ?? '')) {
      const at = `${file}:${index + 1}`;
      const explained = inCode(cells[1] ?? '');
      const answered = explained.filter((words) => !words.startsWith('/'));
      for (const words of inCode(cells[0] ?? '')) found.push({ at, words, answered });
      for (const words of explained.filter((one) => one.startsWith('/'))) found.push({ at, words, answered: [] });
    }
  }
  return found;
}

const inCode = (text: string): string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, words = '']) => words.replaceAll('\\|', '|'));

/** The words in code of a text outside of blocks that begin like a command. */
export const commandsNamed = (text: string): string[] =>
  inCode(text.replaceAll(/^```[\s\S]*?^```/gm, '')).flatMap((words) => /^\/([a-z_]+)/.exec(words)?.[1] ?? []);

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const STEMS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(?:minute|минут)/, 'minute'],
  [/^(?:hour|час)/, 'hour'],
  [/^(?:day|дн|ден)/, 'day'],
];

/** The conversation as it goes now. */
export async function play({ owner, steward }: Stage, block: Block): Promise<string[]> {
  const played: string[] = [];
  for (const line of block.lines.filter((one) => one.startsWith('> '))) {
    played.push(line, ...(await answerTo(line.slice(2).replaceAll('\\n', '\n'))));
  }
  return played;

  async function answerTo(words: string): Promise<string[]> {
    const from = steward.sandbox.messages(owner.id).at(-1)?.message.message_id ?? 0;
    const passes = /^\((?:через )?(\d+) (\p{L}+)(?: later)?\)$/u.exec(words);
    const press = /^\[(.+)\]$/.exec(words)?.[1];
    const reply = /^↩ (.+)$/s.exec(words)?.[1];
    if (passes) {
      const unit = STEMS.find(([stem]) => stem.test(passes[2] ?? ''))?.[1] ?? '';
      const before = owner.texts().length;
      steward.clock.move(Number(passes[1]) * (UNITS[unit] ?? Number.NaN) + 1_000);
      await until('what falls due is told', () => owner.texts().length > before, PATIENCE_MS);
      await steward.quiet();
    } else if (press !== undefined) {
      const { message } = owner.button(press);
      const told = await owner.press(press);
      const changed = owner.seen().find((one) => one.message.message_id === message.message.message_id);
      if (changed && told.includes(textOf(changed))) return drawn([changed, ...after(from)], told);
    } else if (reply === undefined) await owner.say(words);
    else await owner.say(reply, { replyTo: owner.seen().at(-1)?.message.message_id });
    return drawn(after(from), '');
  }

  function after(id: number) {
    return owner.seen().filter((one) => one.message.message_id > id);
  }

  function drawn(messages: ReturnType<typeof after>, toast: string): string[] {
    const lines = messages.flatMap((one) => [
      ...textOf(one).split('\n'),
      ...keyboardOf(one.message).map((row) => row.map(({ text }) => `[${text}]`).join(' ')),
    ]);
    return (lines.length === 0 ? toast.split('\n') : lines).map((line) => line.trimEnd());
  }
}

const even = (line: string | undefined): string | undefined => line?.trim().replaceAll(/ {2,}/g, '  ');

/** Whether what stands in a block is what was played; "…" stands for any lines. */
export function agrees(written: readonly string[], played: readonly string[]): boolean {
  const [line, ...rest] = written;
  if (line === undefined) return played.length === 0;
  if (line === '…') return played.some((_, index) => agrees(rest, played.slice(index))) || agrees(rest, []);
  // How far apart the columns of a list stand is the list's own matter.
  return even(played[0]) === even(line) && agrees(rest, played.slice(1));
}

/** What is wrong with the answer to a phrase; null: nothing. */
export async function faultOf({ owner }: Stage, language: Language, phrase: Phrase): Promise<string | null> {
  const answer = await owner.say(phrase.words.replaceAll('\\n', '\n'));
  if (answer === '' || tellsFailure(language, answer)) return `${phrase.at} ${phrase.words}: ${answer}`;
  const missing = phrase.answered.filter((words) => !answer.includes(words));
  return missing.length === 0 ? null : `${phrase.at} ${phrase.words} lacks ${missing.join(', ')}: ${answer}`;
}
