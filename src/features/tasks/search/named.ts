/** An open task by words, for other features that offer to complete it. */
import type { Context } from '../../../telegram/feature.ts';
import type { CallbackData } from '../../../telegram/view.ts';
import { buttons } from '../buttons.ts';
import { findByWords } from './matching.ts';

/** The one open task whose title has these words, with the button that completes it; null when none or several do. */
export async function openTaskNamed(
  context: Context,
  words: string,
): Promise<{ title: string; number: number; done: CallbackData } | null> {
  const found = await findByWords(context.tx, context.actor, words);
  if (found.kind !== 'one') return null;
  const { id, title, number } = found.task;
  return { title, number, done: buttons.done({ id }) };
}
