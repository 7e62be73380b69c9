/** The commands of the documents: every line of every `sh` block, taken apart into words. */
import { readText, trackedFiles } from '../repository/source.ts';

export interface Block {
  /** file and line: `docs/operations.md:24` */
  readonly at: string;
  readonly text: string;
}

export interface Command {
  readonly at: string;
  readonly words: readonly string[];
}

/** The documents people read. */
export function documents(): string[] {
  return trackedFiles().filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md');
}

/** The `sh` blocks of a document. */
export function blocksOf(name: string): Block[] {
  const text = readText(name);
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map((found) => ({
    at: `${name}:${text.slice(0, found.index).split('\n').length}`,
    text: found[1] ?? '',
  }));
}

/** Splits what stands outside of quotes at `|`, `&&`, `;` and `&`. */
function simpleCommands(line: string): string[] {
  const parts: string[] = [''];
  let quote = '';
  for (let index = 0; index < line.length; index += 1) {
    const character = line.charAt(index);
    if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
    // `2>&1` is no separator.
    if (quote === '' && /[|;&]/.test(character) && line[index - 1] !== '>') parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim()).filter(Boolean);
}

/** The words of a command, quotes taken off, without assignments before it and redirections. */
function wordsOf(command: string): string[] {
  // A subshell's brackets are no words.
  const bare = command.replace(/^\(+\s*/, '').replace(/\s*\)$/, (end) => (command.startsWith('(') ? '' : end));
  const words = bare.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  const plain = words.map((word) => word.replaceAll(/(["'])(.*?)\1/gs, '$2'));
  const kept = plain.filter((word, index) => !/^\d?[<>]/.test(word) && !/^\d?[<>]+$/.test(plain[index - 1] ?? ''));
  while (/^[A-Za-z_]\w*=/.test(kept[0] ?? '')) kept.shift();
  return kept;
}

/** The simple commands of a block, comments left out and lines that go on put together. */
export function commandsOf({ at, text }: Block): Command[] {
  return text
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.replace(/(?:^|\s)#.*$/, ''))
    .flatMap(simpleCommands)
    .map((command) => ({ at, words: wordsOf(command) }))
    .filter(({ words }) => words.length > 0);
}
