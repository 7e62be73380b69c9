/** Answers commands and words for what is not built yet: says so, and what serves until then. Nothing that was said is lost. */
import type { Capture } from '../../capture/index.ts';
import { declareButtons, handleButtons, oneOf } from '../../telegram/buttons.ts';
import type { Command, Context, Feature } from '../../telegram/feature.ts';
import type { Button, CallbackData, View } from '../../telegram/view.ts';
import { AREAS, type Area, MEANWHILE, PLANNED } from './areas.ts';

export interface LaterDeps {
  /** The button that makes a task of the words an answer keeps, and how it keeps them. */
  readonly keep: (context: Context, words: string) => { readonly button: Button; readonly shows: View['shows'] };
  /** The one open task these words name, with the button that completes it. */
  readonly openTask: (
    context: Context,
    words: string,
  ) => Promise<{ title: string; number: number; done: CallbackData } | null>;
}

const buttons = declareButtons('l', {
  /** the command that serves meanwhile */
  meanwhile: { area: oneOf(...AREAS) },
});

/** `words`: what was said in free text, offered as a task; '' for a command. `item`: what was ticked, perhaps an open task. */
async function notYet(context: Context, deps: LaterDeps, area: Area, words = '', item = ''): Promise<void> {
  const { t } = context;
  const kept = words.trim() === '' ? null : deps.keep(context, words);
  const task = item === '' ? null : await deps.openTask(context, item);
  await context.answer({
    lines: [
      [t.text(`later-${area}`)],
      [t.text(`later-${area}-meanwhile`)],
      ...(task === null ? [] : [[t.text('later-open-task', { title: task.title, number: task.number })]]),
    ],
    buttons: [
      [
        ...(task === null ? [] : [{ label: t.text('later-done-button', { number: task.number }), data: task.done }]),
        ...(kept === null ? [] : [kept.button]),
        { label: `/${MEANWHILE[area]}`, data: buttons.meanwhile({ area }) },
      ],
    ],
    shows: kept?.shows ?? { role: 'prompt', entity: 'none', entityId: null, data: { prompt: 'later' } },
  });
}

/** The feature of what is to come. */
export function laterFeature(deps: LaterDeps): Feature {
  const said = (area: Area) => (context: Context) => notYet(context, deps, area, context.inbound.text);
  const ticked = (context: Context, { target }: Capture) =>
    notYet(context, deps, 'habits', context.inbound.text, target?.words);
  return {
    name: 'later',
    commands: PLANNED.map(
      ({ area, ...planned }): Command => ({
        ...planned,
        topic: 'tasks',
        scope: 'everyone',
        menu: false,
        later: true,
        run: (context) => notYet(context, deps, area),
      }),
    ),
    buttons: [
      handleButtons(buttons, { meanwhile: (context: Context, { area }) => context.handleText(`/${MEANWHILE[area]}`) }),
    ],
    intents: { log: said('time'), timer_start: said('time'), timer_stop: said('time'), tick: ticked },
  };
}
