/** History and undo in the chat: /undo, /history, "undo", and the Undo buttons of every feature. */
import { personIn, readGroup } from '../../access/groups.ts';
import { readPerson } from '../../access/people.ts';
import { undoable } from '../../actions/undo.ts';
import { UserError } from '../../core/errors.ts';
import type { ActionId } from '../../core/ids.ts';
import { translator } from '../../locales/translator.ts';
import { handleButtons } from '../../telegram/buttons.ts';
import type { Context, Feature } from '../../telegram/feature.ts';
import type { Span, View } from '../../telegram/view.ts';
import { buttons } from './buttons.ts';
import { actionOf, historyPage, MOST_AT_ONCE, onTopOf, type RestoreHooks, takeBack, undosBetween } from './service.ts';
import { allTakenBackView, askView, chooseView, historyView, type Reader, takenBackView, told } from './views.ts';

export interface HistoryDeps {
  /** What every feature does once rows of its tables got an older image back; asked for at each undo. */
  readonly hooks: () => RestoreHooks;
  /** how long a change can be taken back; 90 days unless given */
  readonly undoDays?: number;
}

/** Reads the language again: what was taken back may be its choice. */
async function reader(context: Context): Promise<Reader> {
  const { tx, actor, author } = context;
  const person = actor.group ? personIn(await readGroup(tx, actor.group.id), author) : await readPerson(tx, author.id);
  return { t: translator(person.language), person, now: context.now };
}

/** What an action of the actor's space did, in the words of the history; null for none. */
export async function actionText({ tx, actor, t }: Context, action: ActionId): Promise<Span[] | null> {
  const known = await actionOf(tx, actor, action);
  return known === undefined ? null : [...told(t, known.summary)];
}

/** A pressed card becomes the answer; a list stays, and the answer comes below it. */
function respond(context: Context, view: View): Promise<void> {
  return context.inbound.pressed?.subject?.role === 'list' ? context.answer(view) : context.replace(view);
}

/** /undo and /history. */
export function historyFeature(deps: HistoryDeps): Feature {
  const take = (context: Context, action: ActionId) =>
    takeBack(context.tx, context.actor, action, context.now, deps.hooks(), deps.undoDays);

  async function takeAll(context: Context, actions: readonly ActionId[], wanted: number): Promise<View> {
    const results = [];
    for (const action of actions) results.push(await take(context, action));
    return allTakenBackView((await reader(context)).t, results, wanted);
  }

  async function undoNewest(context: Context, count: number): Promise<void> {
    const actions = await undoable(context.tx, context.actor, count, context.now, deps.undoDays);
    const [newest] = actions;
    if (newest === undefined) throw new UserError('error-nothing-to-undo');
    if (count === 1) {
      const result = await take(context, newest);
      return context.answer(takenBackView((await reader(context)).t, result));
    }
    await context.answer(await takeAll(context, actions, count));
  }

  async function takeAndTell(context: Context, action: ActionId): Promise<void> {
    const result = await take(context, action);
    const { t } = await reader(context);
    const view = takenBackView(t, result);
    // What could not be taken back leaves the pressed message alone: it still shows the item.
    await (result.kind === 'refused' ? context.answer(view) : respond(context, view));
  }

  async function show(context: Context, page: number): Promise<void> {
    const found = await historyPage(context.tx, context.actor, page);
    await context.replace(historyView(await reader(context), found));
  }

  return {
    name: 'history',
    commands: [
      {
        name: 'undo',
        usage: '[n]',
        topic: 'safety',
        scope: 'everyone',
        menu: true,
        run: (context, { rest }) => undoNewest(context, howMany(context, rest)),
      },
      {
        name: 'history',
        spoken: ['history', 'show history', 'show the history', 'история', 'покажи историю', 'история изменений'],
        usage: '',
        topic: 'safety',
        scope: 'everyone',
        menu: true,
        run: (context) => show(context, 1),
      },
    ],
    buttons: [
      handleButtons(buttons, {
        undo: async (context: Context, args) => {
          const { action } = args;
          const asked = await onTopOf(context.tx, context.actor, action);
          if (!asked) return takeAndTell(context, action);
          // Asked below the pressed message, which may be the only one that shows the item.
          await context.answer(askView(context.t, action, asked.summary, asked.newer));
        },
        anyway: (context: Context, args) => takeAndTell(context, args.action),
        again: async (context: Context, { first, last }) => {
          const undos = await undosBetween(context.tx, context.actor, first, last);
          if (undos.length === 0) throw new UserError('error-already-undone');
          await context.replace(await takeAll(context, undos, undos.length));
        },
        keep: (context: Context) => context.replace({ lines: [[context.t.text('history-kept')]] }),
        page: (context: Context, { page }) => show(context, page),
        choose: async (context: Context, { page }) => {
          const found = await historyPage(context.tx, context.actor, page);
          await context.replace(chooseView(await reader(context), found));
        },
      }),
    ],
    intents: {
      undo: (context, capture) => undoNewest(context, Math.min(Math.max(1, capture.undoCount), MOST_AT_ONCE)),
    },
  };
}

function howMany(context: Context, words: string): number {
  if (words === '') return 1;
  const count = /^\d{1,3}$/.test(words) ? Number(words) : 0;
  if (count >= 1 && count <= MOST_AT_ONCE) return count;
  throw new UserError('error-bad-argument', {
    argument: words,
    usage: context.t.text('history-undo-usage', { most: MOST_AT_ONCE }),
  });
}
