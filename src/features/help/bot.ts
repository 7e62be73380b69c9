/** /help, "help" in words, and the answer to a command that is none. */
import { handleButtons } from '../../telegram/buttons.ts';
import type { Command, Context, Feature } from '../../telegram/feature.ts';
import type { Button, View } from '../../telegram/view.ts';
import { buttons, type HelpTopic, TOPICS } from './buttons.ts';
import { commandNamed, commandsFor, didYouMean, examplesOf } from './commands.ts';
import { commandsAbout, questionIn, wordsOf } from './questions.ts';
import { commandView, menuView, questionView, sentence, topicView, unknownCommandView } from './views.ts';

export interface HelpDeps {
  /** Every command of every feature, as the router has them. */
  readonly registry: () => readonly Command[];
  /** The button that makes a task of the words an answer keeps, and how it keeps them. */
  readonly keep: (context: Context, words: string) => { readonly button: Button; readonly shows: View['shows'] };
}

/** Words beyond this are not repeated back. */
const LONGEST_SHOWN = 40;

/** /help: topics, commands and sentences to tap, made of the registry of commands. */
export function helpFeature(deps: HelpDeps): Feature {
  const commands = (context: Context) => commandsFor(deps.registry(), context.actor.person);

  const menu = (context: Context, unknown = '') =>
    context.replace(menuView(context.t, commands(context), unknown.slice(0, LONGEST_SHOWN).toWellFormed()));

  async function help(context: Context, words: string): Promise<void> {
    const { t } = context;
    const known = commands(context);
    const wanted = words.toLowerCase().replace(/^\//, '').trim();
    if (wanted === '') return menu(context);
    const named = (one: HelpTopic) =>
      [one, ...t.text(`help-topic-${one}-names`).split(' ')].includes(wanted) ||
      t.text(`help-topic-${one}`).toLowerCase() === wanted;
    const topic = TOPICS.find(named);
    if (topic && (topic === 'dates' || known.some((command) => command.topic === topic))) {
      return context.answer(topicView(t, known, topic, 1));
    }
    const command = commandNamed(known, wanted) ?? commandNamed(known, didYouMean(wanted, known) ?? '');
    if (command) return context.answer(commandView(t, command));
    // "/help how do I add a subtask"
    const [about] = commandsAbout(t, known, wordsOf(words));
    await (about ? context.answer(commandView(t, about)) : menu(context, words));
  }

  return {
    name: 'help',
    commands: [
      {
        name: 'help',
        usage: '[topic or command]',
        topic: 'start',
        scope: 'everyone',
        menu: true,
        run: (context, { rest }) => help(context, rest),
      },
    ],
    buttons: [
      handleButtons(buttons, {
        menu: (context: Context) => menu(context),
        topic: (context: Context, { topic, page }) =>
          context.replace(topicView(context.t, commands(context), topic, page)),
        say: async (context: Context, { topic, number }) => {
          const words = sentence(context.t, topic, number);
          await (words === undefined ? menu(context) : context.handleText(words));
        },
        example: async (context: Context, { command, number }) => {
          const known = commandNamed(commands(context), command);
          const line = known && examplesOf(context.t, known)[number];
          // The command went away, or lost this example, since the button was drawn.
          await (line === undefined ? menu(context) : context.handleText(line));
        },
        run: (context: Context, { command }) => context.handleText(`/${command}`),
      }),
    ],
    intents: { help: (context) => menu(context) },
    said: async (context, text) => {
      const asked = questionIn(text);
      if (asked === null) return false;
      const dates = context.t.text('help-dates-asked').split(' ');
      if (asked.some((word) => dates.includes(word))) {
        await context.answer(topicView(context.t, commands(context), 'dates', 1));
        return true;
      }
      const found = commandsAbout(context.t, commands(context), asked);
      if (found.length === 0) return false;
      await context.answer(questionView(context.t, found, deps.keep(context, text)));
      return true;
    },
  };
}

/** The router's answer to a command that is none, or none for this person: what may have been meant, to tap. */
export function unknownCommand(registry: () => readonly Command[]): (context: Context, typed: string) => Promise<void> {
  return async (context, typed) => {
    const suggestion = didYouMean(typed, commandsFor(registry(), context.actor.person));
    await context.answer(unknownCommandView(context.t, typed.slice(0, LONGEST_SHOWN), suggestion));
  };
}
