/** "assign 12 to Anna", «поручи 12 Анне», "I'll take 12": giving said in words. Pure. */
import { numbersIn } from '../lists/numbers.ts';

/** Which tasks, and to whom. */
export interface Giving {
  readonly numbers: readonly number[];
  /** words of the title where no number was said */
  readonly words: string;
  /** a name, or "me" */
  readonly name: string;
}

const NUMBERS = String.raw`(?:[#№]?\d{1,9}(?:[\s,;&]+|\s+(?:and|и)\s+)?)+`;
const NAME = String.raw`(@?[\p{L}\p{N}_'-]+(?:\s+[\p{L}'-]+)?)`;
/** With a number it is plain what is meant. */
const NUMBERED: readonly RegExp[] = [
  new RegExp(
    `^(?:please\\s+)?(?:assign|give|hand)\\s+(?:task\\s+)?(${NUMBERS})\\s*(?:over\\s+)?(?:to\\s+)?${NAME}[.!]?$`,
    'iu',
  ),
  new RegExp(
    `^(?:пожалуйста,?\\s+)?(?:назначь|назначить|поручи|поручить|передай|отдай)\\s+(?:задачу\\s+)?(${NUMBERS})\\s*(?:на\\s+|для\\s+)?${NAME}[.!]?$`,
    'iu',
  ),
];
/** "give flowers to Anna" is a task; only these say that a task is to be given. */
const TITLED: readonly RegExp[] = [
  new RegExp(`^(?:please\\s+)?assign\\s+(.+?)\\s+to\\s+${NAME}[.!]?$`, 'iu'),
  /^(?:назначь|назначить)\s+(.+?)\s+(?:на\s+|для\s+)?(@?[\p{L}\p{N}_'-]+)[.!]?$/iu,
];
const TAKING = new RegExp(
  `^(?:i(?:'|’)?ll\\s+(?:take|do)|i\\s+take|take|я\\s+(?:беру|возьму|сделаю)|беру|возьму)\\s+(${NUMBERS})[.!]?$`,
  'iu',
);

/** What is given to whom by these words; null when they give nothing. */
export function givingIn(text: string): Giving | null {
  const line = text.trim();
  const [, taken] = TAKING.exec(line) ?? [];
  if (taken !== undefined) return { numbers: numbersIn(taken), words: '', name: 'me' };
  for (const pattern of NUMBERED) {
    const [, numbers, name] = pattern.exec(line) ?? [];
    if (numbers !== undefined && name !== undefined) return { numbers: numbersIn(numbers), words: '', name };
  }
  for (const pattern of TITLED) {
    const [, words, name] = pattern.exec(line) ?? [];
    if (words !== undefined && name !== undefined) return { numbers: [], words, name };
  }
  return null;
}
