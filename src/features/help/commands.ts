/** Reads the command registry for help: what a person may use, a topic's commands, the one a slip of the finger meant. */
import type { Person } from '../../access/people.ts';
import { editDistance } from '../../core/distance.ts';
import type { Translator } from '../../locales/translator.ts';
import type { Command } from '../../telegram/feature.ts';
import type { HelpTopic } from './buttons.ts';

/** The commands this person may use; the operator's are not even named to others. */
export function commandsFor(registry: readonly Command[], person: Pick<Person, 'role'>): Command[] {
  return registry.filter((command) => command.scope === 'everyone' || person.role === 'operator');
}

/** A topic's commands, those of Telegram's menu first, otherwise as the features declare them; what is yet to come is not among them. */
export function commandsOf(commands: readonly Command[], topic: HelpTopic): Command[] {
  return commands
    .filter(({ topic: of, later }) => of === topic && later !== true)
    .sort((a, b) => Number(b.menu) - Number(a.menu));
}

/** The command of a name or an alias. */
export function commandNamed(commands: readonly Command[], name: string): Command | undefined {
  return commands.find((command) => command.name === name || command.aliases?.includes(name));
}

/** How a command goes: "/undo [n]", its words in the reader's language. */
export function usageOf(t: Translator, command: Pick<Command, 'name' | 'usage'>): string {
  const usage = command.usage.replace(/[a-z]+/gi, (word) => t.text('help-usage-word', { word }));
  return `/${command.name}${usage === '' ? '' : ` ${usage}`}`;
}

/** Full lines to try a command with, in the reader's language. */
export function examplesOf(t: Translator, command: Pick<Command, 'name'>): string[] {
  return t.text(`command-${command.name}-examples`).split('\n');
}

/** Further from any command than this, a word is another word. */
const MOST_SLIPS = 2;
/** In names this short two slips make any other name. */
const SHORT = 3;

/**
 * The name or alias nearest to `typed` (Damerau-Levenshtein, two slips at most, one in names of three letters); undefined
 * when none is near. Of equals the commands of the menu go first, under whichever of their names, then a name before an alias, then one that
 * begins alike. `registry` is what the person may use.
 */
export function didYouMean(typed: string, registry: readonly Command[]): string | undefined {
  const word = typed.toLowerCase();
  // "/сегодня": a command that is called so where it is said.
  const spoken = registry.find((command) => command.spoken?.includes(word));
  if (spoken !== undefined) return spoken.name;
  const most = word.length <= SHORT ? 1 : MOST_SLIPS;
  let best: { name: string; rank: number } | undefined;
  for (const command of registry) {
    for (const [position, name] of [command.name, ...(command.aliases ?? [])].entries()) {
      const distance = editDistance(word, name, most);
      if (distance > most) continue;
      const rank = distance * 8 + (command.menu ? 0 : 4) + (position === 0 ? 0 : 2) + (name[0] === word[0] ? 0 : 1);
      if (!best || rank < best.rank) best = { name, rank };
    }
  }
  return best?.name;
}
