/** The plain message after "what shall I remind you of?": its words, with the time and the insistence named before. */
import { parse } from '../../../capture/index.ts';
import type { Context } from '../../../telegram/feature.ts';
import { type AddTask, makeReminder, remindAs } from './making.ts';
import { keptTiming, nagAsked, nagIn, remindWords } from './words.ts';

/** The words after a question for them. `kept`: what was understood of time and insistence before, as kept with the flow. */
export async function answerWhat(
  context: Context,
  kept: Readonly<Record<string, string | number | null>>,
  add: AddTask,
): Promise<void> {
  await context.flow.end();
  const said = nagIn(context.inbound.text);
  const words = (said?.words ?? context.inbound.text).trim();
  const { timing, nagMinutes, nagTimes } = kept;
  const nag = said?.nag ?? nagAsked({ nagMinutes, nagTimes });
  const urgent = kept['urgent'] === 1;
  const capture = parse(remindWords(words, context.capture), context.capture);
  if (capture.ahead.length > 0) return add(context, capture);
  const known = typeof timing === 'string' ? keptTiming.array().parse(JSON.parse(timing))[0] : undefined;
  const timeless = capture.reading === null && capture.readings.length === 0 && capture.refused === null;
  if (known === undefined || !timeless)
    return remindAs(context, urgent ? { ...capture, priority: 'urgent' } : capture, nag);
  const text = capture.title.trim() || words;
  await makeReminder(context, {
    text,
    timing: known,
    task: null,
    nag,
    urgent: urgent || capture.priority === 'urgent',
  });
}
