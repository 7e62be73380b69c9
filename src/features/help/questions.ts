/** "How do I add a subtask?": questions about Steward itself, and the commands that answer them. */
import type { Translator } from '../../locales/translator.ts';
import type { Command } from '../../telegram/feature.ts';
import { usageOf } from './commands.ts';

/** How a question for help begins; what it is about stands between that and the question mark. */
const ASKS = [
  /^(?:how|where) (?:do|can|could|would|should) (?:i|you|we|one)\s+(.+?)\s*\?$/iu,
  /^(?:how to|is there a way to|what is|what's|what does)\s+(.+?)\s*\?$/iu,
  /^(?:как|где|можно ли|есть ли способ)\s+(?:мне |можно |тут |здесь )*(.+?)\s*\?$/iu,
];
/** Words that tell nothing of what a question is about. */
const EMPTY = new Set(
  (
    'a an the my me i you we it its is are do does to of in on for with from and or not can could this that these those one some any all ' +
    'steward work works working mean means make made use used using get set ' +
    'мне мой мою мои мое моя в на к с по из за до от и или не это эту этот тут здесь как что где можно сделать работает значит дела жизнь'
  ).split(' '),
);
/** A question is longer than this only when it is something else. */
const LONGEST = 120;
/** The most commands shown. */
const MOST = 3;
/** A word that this many commands speak of leads to none of them. */
const COMMON = 5;

/** What a question for help is about; null for any other words. */
export function questionIn(text: string): readonly string[] | null {
  const line = text.trim();
  if (line.length > LONGEST) return null;
  for (const pattern of ASKS) {
    const about = pattern.exec(line)?.[1];
    if (about !== undefined) return wordsOf(about);
  }
  return null;
}

/** The telling words of a text, folded. */
export function wordsOf(text: string): readonly string[] {
  const words =
    text
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[\p{L}\d]+/gu) ?? [];
  return [...new Set(words)].filter((word) => word.length > 1 && !EMPTY.has(word));
}

/** Whether two words have their beginning in common but for an ending: "subtasks" and "subtask", «напоминание» and «напоминания». */
function alike(a: string, b: string): boolean {
  if (a === b) return true;
  const most = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < most && a[shared] === b[shared]) shared += 1;
  return shared >= 4 && Math.max(a.length, b.length) - shared <= 2;
}

/** What else a command is asked for by, as the reader's language says it. */
function keysOf(t: Translator): ReadonlyMap<string, readonly string[]> {
  return new Map(
    t
      .text('help-keys')
      .split('\n')
      .map((line) => {
        const [name = '', words = ''] = line.split(':');
        return [name.trim(), wordsOf(words)];
      }),
  );
}

/** The commands the words speak of, the likeliest first: a word counts the more, the fewer commands it fits. None where every word is common. */
export function commandsAbout(t: Translator, commands: readonly Command[], asked: readonly string[]): Command[] {
  const ready = commands.filter(({ later }) => later !== true);
  const keys = keysOf(t);
  const known = ready.map((command) => ({
    names: [command.name, ...(command.aliases ?? [])]
      .flatMap((name) => name.split('_'))
      .concat(keys.get(command.name) ?? []),
    words: wordsOf([t.text(`command-${command.name}`), usageOf(t, command)].join(' ')),
  }));
  const scores = ready.map(() => 0);
  for (const word of asked) {
    const named = known.map(({ names }) => names.some((name) => alike(name, word)));
    const spoken = known.map(({ words }, index) => named[index] === true || words.some((other) => alike(other, word)));
    const count = spoken.filter(Boolean).length;
    if (count === 0 || count > COMMON) continue;
    for (const [index, fits] of spoken.entries())
      if (fits) scores[index] = (scores[index] ?? 0) + (named[index] === true ? 2 : 1) / count;
  }
  const best = Math.max(0, ...scores);
  return ready
    .map((command, index) => ({ command, score: scores[index] ?? 0 }))
    .filter(({ score }) => score > 0 && score >= best / 2)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ command }) => command);
}
