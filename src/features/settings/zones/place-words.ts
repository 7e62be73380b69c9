/** Tells an answer to "where are you?" from a message that was meant for something else. */
import { type CaptureContext, parse } from '../../../capture/index.ts';

const MOST_WORDS = 3;

/**
 * What to make of a message while a place is asked for and no zone has its name. `answer`: it is one, misspelt or unknown, and is told so.
 * `other`: it was meant for something else (a task, typed before the question was answered) and is handled as any message. `missed`: a
 * place was not found before; `found`: what came near to the words.
 */
export function meantAs(
  text: string,
  context: CaptureContext,
  found: { readonly zones: readonly string[]; readonly close: boolean },
  missed: boolean,
): 'answer' | 'other' {
  if (!mayBePlace(text, context)) return 'other';
  if (found.zones.length > 0 && found.close) return 'answer';
  // One word may be a town that is not in the tables; said again, it is no answer.
  return !missed && !/\s/.test(text.trim()) ? 'answer' : 'other';
}

/** Whether `text` could name a place: a few words, and nothing that the grammar makes more of than a title. */
function mayBePlace(text: string, context: CaptureContext): boolean {
  const words = text.trim();
  if (!/^[\p{L}\p{N}+\-−]/u.test(words) || words.split(/\s+/).length > MOST_WORDS || /\n/.test(words)) return false;
  const meant = parse(words, context);
  const marked = meant.priority !== null || meant.tags.length > 0 || meant.client !== null || meant.project !== null;
  return meant.intent === 'add' && meant.when === null && meant.readings.length === 0 && !marked;
}
