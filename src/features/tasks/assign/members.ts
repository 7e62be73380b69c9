/** Who of a group is meant by a name: by @name, full or first name, in whatever case Russian puts it; nobody when it could be several. Pure. */
import type { Member } from '../../../access/groups.ts';

const ME = /^(?:me|myself|мне|меня|я|себе|себя)$/iu;
const NOBODY = /^(?:nobody|no ?one|none|никому|никто|нет|ничья|ничей)$/iu;

export const meansMe = (words: string): boolean => ME.test(words.trim());
export const meansNobody = (words: string): boolean => NOBODY.test(words.trim());

const normal = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[\s_]+/g, ' ');

/** A Russian name without its ending: «Анне», «Анну» and «Анна» are one. */
function stem(name: string): string {
  if (!/^[а-я -]+$/u.test(name)) return name;
  return name
    .split(' ')
    .map((word) => (word.length > 2 ? word.replace(/(?:ой|ей|ою|ею|ом|ем|[аяуюеиыйь])$/u, '') : word))
    .join(' ');
}

const firstOf = (name: string): string => name.split(' ')[0] ?? '';

/** The one member that `words` name, '@' or not; null for none, and for several that could be. */
export function memberNamed(members: readonly Member[], words: string): Member | null {
  const wanted = normal(words.replace(/^@/, ''));
  if (wanted === '') return null;
  const ways: ReadonlyArray<(member: Member) => boolean> = [
    ({ username }) => username?.toLowerCase() === wanted.replaceAll(' ', '_'),
    ({ name }) => normal(name) === wanted,
    ({ name }) => firstOf(normal(name)) === wanted,
    ({ name }) => stem(normal(name)) === stem(wanted),
    ({ name }) => stem(firstOf(normal(name))) === stem(wanted),
  ];
  for (const way of ways) {
    const [found, ...others] = members.filter(way);
    if (found !== undefined) return others.length === 0 ? found : null;
  }
  return null;
}
