/** Tells an answer to "where are you?" from a message that was meant for something else. */
import { type CaptureContext, parse } from '../../../capture/index.ts';

const MOST_WORDS = 3;

/** Whether `text` could name a place: a few words, and nothing that the grammar makes more of than a title. */
export function mayBePlace(text: string, context: CaptureContext): boolean {
  const words = text.trim();
  if (words === '' || words.split(/\s+/).length > MOST_WORDS) return false;
  const meant = parse(words, context);
  const marked = meant.priority !== null || meant.tags.length > 0 || meant.client !== null || meant.project !== null;
  return meant.intent === 'add' && meant.when === null && meant.readings.length === 0 && !marked;
}
