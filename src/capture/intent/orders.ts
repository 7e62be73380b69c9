/**
 * Orders that only mean something where the item they name is there: "rename call Bob to call Ann", "edit #12", "why didn't you remind me".
 * The grammar has no intent for them, because "edit the photos" is a task like any other; who knows the items decides.
 */

/** The item named: by its number, or by words; '' where none is named. */
interface Named {
  readonly number: number | null;
  readonly words: string;
}

export type ReadOrder =
  | { readonly kind: 'rename'; readonly ways: ReadonlyArray<Named & { readonly title: string }> }
  /** `plain`: said of a task or reminder by that name or its number, so nothing else can be meant */
  | ({ readonly kind: 'edit'; readonly plain: boolean } & Named)
  | ({ readonly kind: 'why' } & Named)
  /** one of a series left out, the series put to rest ("until friday": its `until`, '' for none), or taken up again */
  | ({ readonly kind: 'skip' | 'resume' } & Named)
  | ({ readonly kind: 'pause'; readonly until: string } & Named)
  /** put into a project or another space: "move #12 to Website" */
  | ({ readonly kind: 'place'; readonly to: string } & Named);

/** Longer ones are texts rather than orders. */
const LONGEST = 400;
const MOST_WAYS = 4;

const ITEM = '(?:the |my )?(?:task|todo|reminder)s? ';
const RU_ITEM = '(?:задач[уи]|дело|напоминани[ея]) ';
/** "please", "can you" before an order. */
const POLITE = '(?:please,? |can you (?:please )?|could you (?:please )?|пожалуйста,? )?';

const RENAME = [
  new RegExp(`^${POLITE}(?:rename|retitle) (?:${ITEM})?`, 'iu'),
  new RegExp(`^${POLITE}change the (?:title|name) of (?:${ITEM})?`, 'iu'),
  new RegExp(`^${POLITE}(?:переименуй(?:те)?|переименовать) (?:${RU_ITEM})?`, 'iu'),
  new RegExp(`^${POLITE}(?:измени|поменяй|смени) название (?:${RU_ITEM})?`, 'iu'),
] as const;
/** What parts the old name from the new one. */
const PARTING = / (?:to|into|в|на) | *(?:->|→) */giu;

const EDIT = [
  new RegExp(`^${POLITE}edit (${ITEM})?(.+)$`, 'iu'),
  new RegExp(
    `^${POLITE}(?:отредактируй(?:те)?|редактируй|редактировать|измени(?:те)?|изменить) (${RU_ITEM})?(.+)$`,
    'iu',
  ),
] as const;
const EDIT_NUMBER = new RegExp(
  `^${POLITE}(?:change|modify|поправь|поменяй) (?:${ITEM}|${RU_ITEM})?[#№]?(\\d{1,9})$`,
  'iu',
);

const ABOUT = '(?: (?:about|of|to|for|that) (.+))?';
const RU_ABOUT = '(?: (?:(?:про|об?|чтобы) )?(.+))?';
const WHY = [
  new RegExp(
    `^why (?:did(?:n['’]?t| not)|have(?:n['’]?t| not)|did) you (?:not )?(?:remind(?:ed)? me)(?: (?:so late|late|again|twice))?${ABOUT}$`,
    'iu',
  ),
  new RegExp(`^why (?:was(?:n['’]?t| not)|was) i (?:not )?reminded${ABOUT}$`, 'iu'),
  new RegExp(`^why (?:was there |is there |have i )?(?:no reminder|got no reminder)${ABOUT}$`, 'iu'),
  /^why did(?:n['’]?t| not) (?:the|my) (?:(.+) )?reminder (?:come|fire|go off|arrive|ring)$/iu,
  new RegExp(`^(?:you did(?:n['’]?t| not) remind me|you forgot to remind me)${ABOUT}$`, 'iu'),
  new RegExp(`^почему (?:ты |вы |мне )*не напомнил[аи]?(?: мне)?${RU_ABOUT}$`, 'iu'),
  new RegExp(
    `^почему (?:ты |вы )*(?:мне )?(?:так )?(?:поздно )?напомнил[аи]?(?: мне)?(?: (?:так )?поздно| дважды)?${RU_ABOUT}$`,
    'iu',
  ),
  new RegExp(`^почему (?:мне )?(?:не было|нет|не пришло|не сработало) (?:напоминани[ея])${RU_ABOUT}$`, 'iu'),
  new RegExp(`^(?:ты|вы) (?:мне )?(?:не напомнил[аи]?|забыл[аи]? напомнить)(?: мне)?${RU_ABOUT}$`, 'iu'),
] as const;
const WHY_NUMBER =
  /^(?:why|почему)(?: (?:did|was|не|no))? [#№]?(\d{1,9})(?: (?:not )?(?:fire|come|late|сработало|пришло))?$/iu;

const PLACE = [
  /^(?:move|put) [#№]?(\d{1,9}) (?:in)?to (?:the )?(?:project )?(.+)$/iu,
  /^(?:перенеси|перемести|переложи) [#№]?(\d{1,9}) в (?:проект )?(.+)$/iu,
] as const;

const SKIP = [
  new RegExp(`^${POLITE}skip (?:${ITEM})?(.+?)(?: (?:today|once|this time|this week|this month))?$`, 'iu'),
  new RegExp(
    `^${POLITE}(?:пропусти(?:ть|те)?) (?:${RU_ITEM})?(.+?)(?: (?:сегодня|один раз|в этот раз|на этой неделе))?$`,
    'iu',
  ),
] as const;
const PAUSE = [
  new RegExp(`^${POLITE}pause (?:${ITEM})?(.+?)(?: ((?:until|till) .+))?$`, 'iu'),
  new RegExp(`^${POLITE}(?:приостанови(?:ть|те)?) (?:${RU_ITEM})?(.+?)(?: (до .+))?$`, 'iu'),
  new RegExp(`^${POLITE}(?:поставь|поставить) (?:${RU_ITEM})?(.+?) на паузу(?: (до .+))?$`, 'iu'),
] as const;
const RESUME = [
  new RegExp(`^${POLITE}(?:resume|unpause) (?:${ITEM})?(.+)$`, 'iu'),
  new RegExp(`^${POLITE}(?:возобнови(?:ть|те)?|сними с паузы) (?:${RU_ITEM})?(.+)$`, 'iu'),
] as const;

/** What a message orders; null where it is no such order. */
export function readOrder(text: string): ReadOrder | null {
  const said = text
    .trim()
    .replace(/(?<![?.!…])[?.!…]+$/u, '')
    .trimEnd();
  if (said.length > LONGEST || /\n/.test(said)) return null;
  const words = said.replaceAll(/\s+/g, ' ');
  return renameIn(words) ?? whyIn(words) ?? placeIn(words) ?? restIn(words) ?? editIn(words);
}

/** What a reply to an item's message orders, where the item needs no name: "rename to call Ann", "edit", "why?". */
export function readReplyOrder(
  text: string,
): { readonly kind: 'rename'; readonly title: string } | { readonly kind: 'edit' | 'why' } | null {
  const said = text
    .trim()
    .replace(/(?<![?.!…])[?.!…]+$/u, '')
    .trimEnd();
  if (said.length > LONGEST || /\n/.test(said)) return null;
  const title =
    /^(?:rename|retitle)(?: it| this)?(?: to|:) (.+)$/iu.exec(said)?.[1] ??
    /^(?:new title|new name|call it):? (.+)$/iu.exec(said)?.[1] ??
    /^(?:переименуй(?:те)?|назови)(?: (?:её|ее|его|это))?(?: в|:)? (.+)$/iu.exec(said)?.[1] ??
    /^новое название:? (.+)$/iu.exec(said)?.[1];
  if (title !== undefined) return { kind: 'rename', title: unquoted(title) };
  if (
    /^(?:edit|change)(?: it| this)?$|^(?:измени(?:ть)?|отредактируй|редактировать)(?: (?:её|ее|его|это))?$/iu.test(said)
  )
    return { kind: 'edit' };
  if (/^(?:why|how come|почему|с чего)$/iu.test(said) || whyIn(said) !== null) return { kind: 'why' };
  return null;
}

/** Names may have such a word themselves ("rename write to Bob to write to Ann"): wherever the old one ends. */
function renameIn(words: string): ReadOrder | null {
  const opening = RENAME.map((pattern) => pattern.exec(words)?.[0]).find((found) => found !== undefined);
  if (opening === undefined) return null;
  const rest = words.slice(opening.length);
  const ways = [...rest.matchAll(PARTING)].map((part) => ({
    ...named(rest.slice(0, part.index)),
    title: unquoted(rest.slice(part.index + part[0].length)),
  }));
  const told = ways.filter((way) => way.title !== '' && (way.number !== null || way.words !== ''));
  return told.length === 0 ? null : { kind: 'rename', ways: told.slice(0, MOST_WAYS) };
}

function whyIn(words: string): ReadOrder | null {
  const numbered = WHY_NUMBER.exec(words)?.[1];
  if (numbered !== undefined) return { kind: 'why', number: Number(numbered), words: '' };
  for (const pattern of WHY) {
    const found = pattern.exec(words);
    if (found !== null) return { kind: 'why', ...named(found[1] ?? '') };
  }
  return null;
}

function placeIn(words: string): ReadOrder | null {
  for (const pattern of PLACE) {
    const [, number, to] = pattern.exec(words) ?? [];
    if (number !== undefined && to !== undefined)
      return { kind: 'place', number: Number(number), words: '', to: unquoted(to) };
  }
  return null;
}

function restIn(words: string): ReadOrder | null {
  const first = (patterns: readonly RegExp[]) => patterns.map((one) => one.exec(words)).find((one) => one !== null);
  const skipped = first(SKIP);
  if (skipped) return { kind: 'skip', ...named(skipped[1] ?? '') };
  const paused = first(PAUSE);
  if (paused) return { kind: 'pause', until: paused[2] ?? '', ...named(paused[1] ?? '') };
  const resumed = first(RESUME);
  return resumed ? { kind: 'resume', ...named(resumed[1] ?? '') } : null;
}

function editIn(words: string): ReadOrder | null {
  const numbered = EDIT_NUMBER.exec(words)?.[1];
  if (numbered !== undefined) return { kind: 'edit', plain: true, number: Number(numbered), words: '' };
  for (const pattern of EDIT) {
    const found = pattern.exec(words);
    if (found === null) continue;
    const item = named(found[2] ?? '');
    return { kind: 'edit', plain: found[1] !== undefined || item.number !== null, ...item };
  }
  return null;
}

function named(words: string): Named {
  const digits = /^[#№]?(\d{1,9})$/u.exec(words.trim())?.[1];
  return digits === undefined ? { number: null, words: unquoted(words) } : { number: Number(digits), words: '' };
}

const unquoted = (words: string): string => /^["„“«](.+)["“”»]$/u.exec(words.trim())?.[1] ?? words.trim();
