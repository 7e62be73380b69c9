/** Finds the zone a person means by a name, a city or a slip of the finger, and the near ones when there is none. */
import type { EpochMs } from '../../../core/clock.ts';
import { editDistance } from '../../../core/distance.ts';
import { canonicalZone, offsetAt, zonesMatching } from '../../../core/zones.ts';
import { CITIES } from './cities.ts';
import { places } from './places.ts';

/**
 * `zone`: this one is meant. `near`: none is certain; IANA names worth offering, best first, perhaps none. `close`: the words are hardly
 * anything else than one of them (an abbreviation, the beginning of a name, a slip of one letter).
 */
export type ZoneFound =
  | { readonly kind: 'zone'; readonly zone: string }
  | { readonly kind: 'near'; readonly zones: string[]; readonly close: boolean };

/** What people say around the name of a place. */
const AROUND =
  /^(?:i(?:['’]m| am| live)? |we(?:['’]re| are| live)? |я |мы |живу |живём )*(?:now |сейчас )?(?:in|at|near|в|во|из|на|около)\s+|\s+(?:city|please|пожалуйста)$/giu;

const MOST_OFFERED = 6;

/** Letters as they compare: no case, accents or punctuation. */
function folded(words: string): string {
  return words
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_\-/.,'’()]+/g, ' ')
    .trim();
}

let byName: Map<string, Set<string>> | undefined;

/** Folded names of cities and of the zones themselves, with the zones they may mean. */
function names(): Map<string, Set<string>> {
  if (byName) return byName;
  byName = new Map();
  for (const place of places()) {
    for (const name of [...place.names, place.zone]) {
      const key = folded(name.replace(/ \(.*\)$/, ''));
      const known = byName.get(key);
      // A bare reference point never disputes a city that people type.
      if (known && !CITIES[place.zone]) continue;
      byName.set(key, (known ?? new Set()).add(place.zone));
    }
  }
  return byName;
}

/** What people write for a zone that is really an abbreviation: none names one zone for certain. */
const ABBREVIATIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    est: ['America/New_York', 'America/Toronto', 'America/Panama'],
    edt: ['America/New_York', 'America/Toronto'],
    cst: ['America/Chicago', 'Asia/Shanghai', 'America/Mexico_City'],
    cdt: ['America/Chicago'],
    mst: ['America/Denver', 'America/Phoenix'],
    mdt: ['America/Denver'],
    pst: ['America/Los_Angeles', 'America/Vancouver'],
    pdt: ['America/Los_Angeles', 'America/Vancouver'],
    cet: ['Europe/Berlin', 'Europe/Paris', 'Europe/Madrid', 'Europe/Rome', 'Europe/Warsaw'],
    cest: ['Europe/Berlin', 'Europe/Paris', 'Europe/Madrid', 'Europe/Rome', 'Europe/Warsaw'],
    met: ['Europe/Berlin', 'Europe/Paris'],
    eet: ['Europe/Helsinki', 'Europe/Athens', 'Europe/Kyiv', 'Europe/Bucharest'],
    eest: ['Europe/Helsinki', 'Europe/Athens', 'Europe/Kyiv', 'Europe/Bucharest'],
    wet: ['Europe/Lisbon'],
    bst: ['Europe/London'],
    ist: ['Asia/Kolkata', 'Asia/Jerusalem', 'Europe/Dublin'],
    jst: ['Asia/Tokyo'],
    hst: ['Pacific/Honolulu'],
  }),
);

/** The zone meant by `words` ("Europe/Berlin", "нью-йорк", "Berlni"), or those near it. `now` decides which zones have a bare offset ("+3"). */
export function findZone(words: string, now: EpochMs): ZoneFound {
  const typed = words.trim().replace(/[.!]+$/, '');
  const found = findNamed(typed, now);
  if (found.kind === 'zone') return found;
  // "I'm in Berlin", "New York City", "Berlin, Germany"
  const bare = typed.replaceAll(AROUND, '').split(',')[0]?.trim() ?? '';
  if (bare === typed || bare === '') return found;
  const inner = findNamed(bare, now);
  const [only, ...others] = inner.kind === 'near' && inner.close ? inner.zones : [];
  // «в Москве»: the name in another case than its own.
  if (only !== undefined && others.length === 0) return { kind: 'zone', zone: only };
  return inner.kind === 'zone' || inner.zones.length > 0 ? inner : found;
}

function findNamed(typed: string, now: EpochMs): ZoneFound {
  const key = folded(typed);
  if (key === '' || typed.length > 64) return { kind: 'near', zones: [], close: false };
  const offset = /^(?:utc|gmt)?\s*([+\-−])\s*(\d{1,2})(?::?([0-5]\d))?$/i.exec(typed);
  if (offset) return { kind: 'near', zones: zonesAt(offset, now), close: true };
  const abbreviated = ABBREVIATIONS.get(key);
  if (abbreviated) return { kind: 'near', zones: [...abbreviated], close: true };
  const exact = names().get(key);
  if (exact) return chosen(exact);
  const named = /\/|^(?:utc|gmt|zulu|[a-z]{5,})$/i.test(typed) ? canonicalZone(typed.replaceAll(' ', '_')) : null;
  if (named !== null) return { kind: 'zone', zone: named };
  // "Berl" is one slip from Bern, but also the beginning of Berlin: then both are offered.
  const unfinished = [...names().keys()].some((name) => name.startsWith(key));
  const slips = new Set([...names()].flatMap(([name, zones]) => (slipped(key, name) ? [...zones] : [])));
  if (slips.size > 0 && !unfinished) return chosen(slips);
  return { kind: 'near', zones: nearZones(typed, key), close: slips.size > 0 || isClose(key) };
}

/** The beginning of a name, a letter away from one, or its other ending («Москве», "Londone"). */
function isClose(key: string): boolean {
  if (key.length < 4) return false;
  return [...names().keys()].some(
    (name) =>
      name.startsWith(key) ||
      editDistance(key, name, 1) <= 1 ||
      (name.length >= 5 && key.startsWith(name.slice(0, -1)) && key.length - name.length <= 2),
  );
}

/** One edit away, in words long enough that this is no other word ("rest" is not Brest). */
const slipped = (key: string, name: string) => key.length >= 5 && name.length >= 5 && editDistance(key, name, 1) === 1;

function chosen(zones: ReadonlySet<string>): ZoneFound {
  const [zone] = zones;
  if (zones.size === 1 && zone !== undefined) return { kind: 'zone', zone };
  return { kind: 'near', zones: [...zones].slice(0, MOST_OFFERED), close: true };
}

/** Zones whose names begin with the words, hold them, or are a few slips away. */
export function nearZones(typed: string, key = folded(typed)): string[] {
  if (key.length < 2) return [];
  const most = key.length >= 8 ? 3 : key.length >= 5 ? 2 : 1;
  const ranked: Array<{ rank: number; zones: Iterable<string> }> = [];
  for (const [name, zones] of names()) {
    const begins = ` ${name}`.includes(` ${key}`);
    const distance = begins ? 0 : editDistance(key, name, most);
    if (begins) ranked.push({ rank: 0, zones });
    else if (distance <= most && key.length >= 4) ranked.push({ rank: distance, zones });
    else if (key.length >= 3 && name.includes(key)) ranked.push({ rank: 4, zones });
  }
  const found = ranked.sort((a, b) => a.rank - b.rank).flatMap(({ zones }) => [...zones]);
  // Two letters are in the middle of too many names to mean any of them.
  const inside = key.length < 3 ? [] : zonesMatching(typed, MOST_OFFERED);
  return [...new Set([...found, ...inside])].slice(0, MOST_OFFERED);
}

/** The zones of cities that have a bare offset now. */
function zonesAt([, sign, hours, minutes = '0']: RegExpExecArray, now: EpochMs): string[] {
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '+' ? 1 : -1);
  return Object.keys(CITIES)
    .filter((zone) => canonicalZone(zone) !== null && offsetAt(now, zone) === offset)
    .slice(0, MOST_OFFERED);
}

/** Zones offered to people whose language says no region. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  ru: ['Europe/Moscow', 'Europe/Samara', 'Asia/Yekaterinburg', 'Asia/Novosibirsk', 'Asia/Vladivostok', 'Asia/Almaty'],
  en: [
    'Europe/London',
    'America/New_York',
    'America/Chicago',
    'America/Denver',
    'America/Los_Angeles',
    'Australia/Sydney',
  ],
};

/** Zones to offer before anything is known but the language of the person's Telegram ('de', 'en-US') and the zone they have now: that one first. */
export function guessZones(languageTag: string, present: string): string[] {
  const known = (zone: string) => CITIES[zone] !== undefined && canonicalZone(zone) !== null;
  const primary = languageTag.toLowerCase().split(/[-_]/, 1)[0] ?? '';
  const guessed = zonesOfTag(languageTag)?.filter(known) ?? [];
  const usual = USUAL[primary === 'ru' ? 'ru' : 'en'] ?? [];
  return [...new Set([present, ...guessed, ...usual])].slice(0, MOST_OFFERED);
}

/** The zones of the tag's region, given or likely ('de' is Germany); undefined for a bare 'en' or 'ru', spoken in too many. */
function zonesOfTag(tag: string): string[] | undefined {
  try {
    const locale = new Intl.Locale(tag.replaceAll('_', '-'));
    if (locale.region === undefined && USUAL[locale.language] !== undefined) return undefined;
    return regionZones(locale.maximize());
  } catch {
    return undefined; // Telegram's language codes are not always tags that Intl knows.
  }
}

function regionZones(locale: Intl.Locale & { getTimeZones?: () => string[] | undefined }): string[] | undefined {
  const renamed: Readonly<Record<string, string>> = {
    'Asia/Calcutta': 'Asia/Kolkata',
    'Europe/Kiev': 'Europe/Kyiv',
    'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  };
  return locale.getTimeZones?.()?.map((zone) => renamed[zone] ?? zone);
}
