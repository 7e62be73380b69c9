/** Words that ask for nothing ("hello", «спасибо»): answered shortly; a button still makes a task of them, so that nothing said is lost. */
import { type Capture, verbatim } from '../../../capture/index.ts';
import { UserError } from '../../../core/errors.ts';
import type { Context } from '../../../telegram/feature.ts';
import { isVisible } from '../../../telegram/render/clean.ts';
import { smallTalkView, type TalkKind } from '../views/questions.ts';
import { addTask, asTask } from './add.ts';
import { type Room, readerOf } from './chat.ts';

const THANKS = /thank|\bthx\b|\bty\b|cheers|appreciate|спасиб|благодар|\bспс\b/iu;

const BYE = /\bbye\b|night|see you|\bciao\b|спокойной|доброй ночи|до свидан|до завтра|(?<!\p{L})пока(?!\p{L})/iu;

const HELLO =
  /\b(?:hello|hi|hey|hiya|yo|morning|afternoon|evening|sup|you there|how are you|steward|bot|welcome|new year|christmas)\b|привет|здравствуй|хай|(?<!\p{L})ку(?!\p{L})|доброе|добрый|как дела|как ты|стюард|ты тут|ты здесь/iu;

/** Whether the grammar found nothing to keep: words alone, no file, nothing forwarded. Digits alone may be anything. */
export function isSmallTalk({ inbound }: Context, capture: Capture): boolean {
  const fields = capture.priority !== null || capture.tags.length > 0 || capture.when !== null;
  const named = capture.project !== null || capture.client !== null || capture.estimateMinutes !== null;
  if (fields || named || capture.readings.length > 0 || inbound.pressed !== null) return false;
  return (
    inbound.files.length === 0 && inbound.forwarded === null && (HAS_LETTER.test(inbound.text) || isSigns(inbound.text))
  );
}

const HAS_LETTER = /\p{L}/u;

/** "?", "…", "👍": nothing that could be a title. */
const isSigns = (words: string): boolean => isVisible(words) && !/[\p{L}\p{N}]/u.test(words);

/** What a nod says without words. */
const NOD = /👍|👌|🆗|✅|🙂|😊|😀|😄|❤|♥|👏|🎉/u;

function kindOf(words: string): TalkKind {
  if (/^\d+$/.test(words)) return 'number';
  if (isSigns(words)) return words.includes('🙏') ? 'thanks' : NOD.test(words) ? 'ok' : 'signs';
  if (THANKS.test(words)) return 'thanks';
  if (BYE.test(words)) return 'bye';
  return HELLO.test(words) ? 'hello' : 'ok';
}

export async function smallTalk(context: Context): Promise<void> {
  const words = context.inbound.text.trim();
  // At a loss: what can be said is what is asked.
  if (/^[?¿\s]+$/u.test(words)) return context.handleText('/help');
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
