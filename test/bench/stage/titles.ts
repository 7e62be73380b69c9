/** Titles of tasks as people write them, in two languages, made again the same: words of the corpus as often as they stand there, names, numbers. */
import { wordsOf } from '../../../src/features/tasks/search/words.ts';
import { englishEveryday } from '../../capture/corpus/english-everyday.ts';
import { englishPlain } from '../../capture/corpus/english-plain.ts';
import { russian } from '../../capture/corpus/russian.ts';

/** A title, and its words as search compares them. */
export interface Title {
  readonly text: string;
  readonly words: readonly string[];
}

/** A stream of numbers from 0 to 1 that is the same in every run (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Word {
  readonly text: string;
  readonly folded: string;
}

function word(text: string): Word[] {
  const [folded, ...more] = wordsOf(text);
  return folded === undefined || more.length > 0 || !/^\p{L}/u.test(text) ? [] : [{ text, folded }];
}

/** Every word of the corpus, as often as it stands there. */
function spoken(corpus: ReadonlyArray<readonly [phrase: string, ...rest: unknown[]]>): Word[] {
  return corpus.flatMap(([phrase]) => phrase.split(/[\s,.!?"():]+/).flatMap(word));
}

const SYLLABLES = 'ka lo mi ran to ber shi ve nor da el gu pra so wen zi har mo ta fin'.split(' ');
const SYLLABLES_RU = 'ка ло ми ран то бер ши ве нор да ель гу пра со вен зи хар мо та фин'.split(' ');

/** 8,000 names of three syllables. */
function names(syllables: readonly string[]): Word[] {
  return syllables.flatMap((a) =>
    syllables.flatMap((b) => syllables.flatMap((c) => word(`${a.charAt(0).toUpperCase()}${a.slice(1)}${b}${c}`))),
  );
}

/** Words every fourth title begins with, and some that are written with accents. */
const VERBS = { en: ['Call', 'Buy', 'Send', 'Café'], ru: ['Позвонить', 'Купить', 'Отправить', 'Счёт'] };

/** A maker of titles. `seed` decides them. */
export function titles(seed: number): () => Title {
  const next = chance(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const languages = [
    { verbs: VERBS.en.flatMap(word), spoken: spoken([...englishEveryday, ...englishPlain]), names: names(SYLLABLES) },
    { verbs: VERBS.ru.flatMap(word), spoken: spoken(russian), names: names(SYLLABLES_RU) },
  ];
  return () => {
    const language = one(languages);
    const words: Word[] = next() < 0.5 ? [one(language.verbs)] : [];
    for (let left = 2 + Math.floor(next() * 4); left > 0; left -= 1) words.push(one(language.spoken));
    if (next() < 0.4) words.push(one(language.names));
    const number = next() < 0.2 ? String(Math.floor(next() * 100_000)) : undefined;
    return {
      text: [...words.map((each) => each.text), ...(number === undefined ? [] : [number])].join(' '),
      words: [...new Set([...words.map((each) => each.folded), ...(number === undefined ? [] : [number])])],
    };
  };
}
