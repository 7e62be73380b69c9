/** How help looks: a menu of topics, a topic with examples to tap, a command in full. Never a wall. */
import type { Translator } from '../../locales/translator.ts';
import type { Command } from '../../telegram/feature.ts';
import { type Button, bold, inPairs, type Span, type View } from '../../telegram/view.ts';
import { buttons, type HelpTopic, TOPICS } from './buttons.ts';
import { commandsOf, examplesOf, usageOf } from './commands.ts';

/** Commands on a page of a topic: with title, words and pager it fits a phone. */
const COMMANDS_A_PAGE = 6;

/** Topics explained by sentences to write; the others by examples of their commands. */
const SENTENCES: Readonly<Record<HelpTopic, number>> = {
  start: 3,
  tasks: 3,
  reminders: 3,
  settings: 0,
  safety: 0,
  owner: 0,
  dates: 3,
};

/** Topics in which days and times are written. */
const DATED: readonly HelpTopic[] = ['start', 'tasks', 'reminders'];

/** A sentence of a topic to tap, from 1; undefined when the topic has no such one. */
export function sentence(t: Translator, topic: HelpTopic, number: number): string | undefined {
  return number >= 1 && number <= SENTENCES[topic] ? t.text(`help-say-${topic}-${number}`) : undefined;
}

const said = (
  t: Translator,
  key: string,
  args: Readonly<Record<string, string | number | Span>> = {},
): readonly Span[] => t.spans<Exclude<Span, string>>(key, args);

/** How a command goes and what it does, in a line. */
const commandLine = (t: Translator, command: Command): readonly Span[] =>
  said(t, 'help-line', { usage: usageOf(t, command), description: t.text(`command-${command.name}`) });

/** The topics there are commands for. `unknown`: words that are no topic, told above. */
export function menuView(t: Translator, commands: readonly Command[], unknown = ''): View {
  const topics = TOPICS.filter((topic) => commandsOf(commands, topic).length > 0);
  return {
    lines: [
      ...(unknown === '' ? [] : [said(t, 'help-unknown-topic', { words: unknown }), []]),
      [bold(t.text('help-title'))],
      [t.text('help-what')],
      [],
      ...topics.map((topic) => said(t, `help-about-${topic}`, { topic: bold(t.text(`help-topic-${topic}`)) })),
    ],
    buttons: inPairs(
      topics.map((topic) => ({ label: t.text(`help-topic-${topic}`), data: buttons.topic({ topic, page: 1 }) })),
    ),
    shows: { role: 'prompt', entity: 'none', entityId: null, data: { prompt: 'help' } },
  };
}

/** A topic: its commands in a line each, examples as buttons. */
export function topicView(t: Translator, commands: readonly Command[], topic: HelpTopic, wanted: number): View {
  const all = commandsOf(commands, topic);
  const pages = Math.max(1, Math.ceil(all.length / COMMANDS_A_PAGE));
  const page = Math.min(Math.max(1, wanted), pages);
  const shown = all.slice((page - 1) * COMMANDS_A_PAGE, page * COMMANDS_A_PAGE);
  const to = (label: string, other: number): Button => ({ label, data: buttons.topic({ topic, page: other }) });
  const pager =
    pages === 1
      ? []
      : [
          ...(page > 1 ? [to('◀', page - 1)] : []),
          to(`${page}/${pages}`, page),
          ...(page < pages ? [to('▶', page + 1)] : []),
        ];
  return {
    lines: [
      [bold(t.text(`help-topic-${topic}`))],
      ...t
        .text(`help-words-${topic}`)
        .split('\n')
        .map((line) => [line]),
      ...(shown.length === 0 ? [] : [[]]),
      ...shown.map((command) => commandLine(t, command)),
    ],
    buttons: [
      ...suggestions(t, topic, shown).map((button) => [button]),
      pager,
      [
        ...(DATED.includes(topic)
          ? [{ label: t.text('help-topic-dates'), data: buttons.topic({ topic: 'dates', page: 1 }) }]
          : []),
        { label: t.text('shared-back-button'), data: buttons.menu() },
      ],
    ].filter((row) => row.length > 0),
    shows: { role: 'prompt', entity: 'none', entityId: null, data: { prompt: 'help' } },
  };
}

function suggestions(t: Translator, topic: HelpTopic, shown: readonly Command[]): Button[] {
  const sentences = [1, 2, 3].flatMap((number) => {
    const words = sentence(t, topic, number);
    return words === undefined ? [] : [{ label: words, data: buttons.say({ topic, number }) }];
  });
  return sentences.length > 0
    ? sentences
    : shown.flatMap((command) => exampleButtons(t, command).slice(0, 1)).slice(0, 3);
}

function exampleButtons(t: Translator, command: Command): Button[] {
  return examplesOf(t, command).map((label, number) => ({
    label,
    data: buttons.example({ command: command.name, number }),
  }));
}

/** One command in full: usage, what it does, examples, its older names. */
export function commandView(t: Translator, command: Command): View {
  const aliases = (command.aliases ?? []).map((alias) => `/${alias}`).join(' ');
  return {
    lines: [
      [bold(usageOf(t, command))],
      [t.text(`command-${command.name}`)],
      ...(command.later === true ? [[t.text('help-later')]] : []),
      ...(aliases === '' ? [] : [[], said(t, 'help-aliases', { aliases })]),
    ],
    buttons: [
      ...exampleButtons(t, command)
        .slice(0, 6)
        .map((button) => [button]),
      [{ label: t.text('shared-help-button'), data: buttons.menu() }],
    ],
  };
}

/** The commands a question may be about, to be opened; and its words as a task, if that is what they were. */
export function questionView(
  t: Translator,
  commands: readonly Command[],
  kept: { readonly button: Button; readonly shows: View['shows'] },
): View {
  const [first] = commands;
  const examples = first === undefined ? [] : exampleButtons(t, first).slice(0, 2);
  return {
    lines: commands.map((command) => commandLine(t, command)),
    buttons: [
      ...examples.map((button) => [button]),
      [kept.button, { label: t.text('shared-help-button'), data: buttons.menu() }],
    ],
    ...(kept.shows === undefined ? {} : { shows: kept.shows }),
  };
}

/** No such command, and the one that may have been meant. */
export function unknownCommandView(t: Translator, typed: string, suggestion: string | undefined): View {
  const help: Button = { label: t.text('shared-help-button'), data: buttons.menu() };
  if (suggestion === undefined) {
    return { lines: [said(t, 'error-unknown-command', { command: typed })], buttons: [[help]] };
  }
  return {
    lines: [said(t, 'error-unknown-command-near', { command: typed, suggestion })],
    buttons: [[{ label: `/${suggestion}`, data: buttons.run({ command: suggestion }) }, help]],
  };
}
