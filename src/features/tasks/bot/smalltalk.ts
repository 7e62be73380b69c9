/** Words that ask for nothing ("hello", «спасибо»): answered shortly; a button still makes a task of them, so that nothing said is lost. */
import { type Capture, verbatim } from '../../../capture/index.ts';
import { UserError } from '../../../core/errors.ts';
import type { Context } from '../../../telegram/feature.ts';
import { smallTalkView } from '../views/questions.ts';
import { addTask, asTask } from './add.ts';
import { type Room, readerOf } from './chat.ts';

const THANKS = /thank|\bthx\b|\bty\b|cheers|appreciate|спасиб|благодар|\bспс\b/iu;

const BYE = /\bbye\b|night|see you|\bciao\b|спокойной|доброй ночи|до свидан|до завтра|(?<!\p{L})пока(?!\p{L})/iu;

/** Whether the grammar found nothing to keep: words alone, no file, nothing forwarded. Signs without a letter are kept as they are. */
export function isSmallTalk({ inbound }: Context, capture: Capture): boolean {
  const fields = capture.priority !== null || capture.tags.length > 0 || capture.when !== null;
  const named = capture.project !== null || capture.client !== null || capture.estimateMinutes !== null;
  if (fields || named || capture.readings.length > 0 || inbound.pressed !== null) return false;
  return inbound.files.length === 0 && inbound.forwarded === null && /\p{L}/u.test(inbound.text);
}

const kindOf = (words: string) => (THANKS.test(words) ? 'thanks' : BYE.test(words) ? 'bye' : 'hello');

export async function smallTalk(context: Context): Promise<void> {
  const words = context.inbound.text.trim();
  await context.answer(smallTalkView(readerOf(context), words, kindOf(words)));
}

/** Those words were meant to be kept after all. */
export async function keepAsTask(context: Context, room: Room): Promise<void> {
  const { words, read } = context.inbound.pressed?.subject?.data ?? {};
  if (typeof words !== 'string') throw new UserError('error-old-button');
  const [first = '', ...rest] = words.split(/\r?\n/);
  await addTask(context, room, read === true ? asTask(context, first) : verbatim(first), {
    notes: rest.join('\n').trim(),
  });
}
