/** Phrases written from the conventions alone, and how the grammar fares on them: right, wrong, asked, or not seen at all. */
import { readdirSync, readFileSync } from 'node:fs';
import { type Capture, type CaptureContext, parse, type Reading } from '../../src/capture/index.ts';
import { instantOf } from '../../src/core/zones.ts';

/** A phrase and the meanings the conventions allow; any of them is right. */
export interface Phrase {
  group: string;
  context: CaptureContext;
  words: string;
  meanings: string[];
  titles: string[];
  intents: string[];
  /** Priority, tags, client, project and estimate as signs; null where the phrase is not about them. */
  fields: string | null;
}

/** `title`: the time is right, but not the words left over; `missed`: kept as plain words although a date was meant. */
export type Verdict = 'right' | 'wrong' | 'title' | 'asked' | 'missed';

export interface Judged {
  phrase: Phrase;
  capture: Capture;
  verdict: Verdict;
  /** What the grammar made of the words, in the notation of the expectations. */
  got: string;
}

/** The files of phrases, by name; a language's own lots may lie in its folder. */
export function phraseFiles(): string[] {
  const files = readdirSync(new URL('accuracy/', import.meta.url), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.txt')).sort();
}

/**
 * The phrases of one file: `## group now zone locale` opens a group (with ` 24` behind it on the 24-hour clock), `words => meaning || meaning :: title :: intent` is a phrase; without `=>` the words
 * are a title and nothing else; a fourth part names the fields ("!urgent #дом @Иванов +сайт ~30"). A meaning is a day ("12-05", "2027-12-05"), a time ("12-05T15:00", "T15:00" today), a period ("12-05..12-08", end
 * exclusive), a rule ("FREQ=…", "after FREQ=…" by completion, "rec" any), "ask", or "-" for none.
 */
export function phrasesOf(file: string): Phrase[] {
  const lines = readFileSync(new URL(`accuracy/${file}`, import.meta.url), 'utf8').split('\n');
  const phrases: Phrase[] = [];
  let group = '';
  let year = '';
  let today = '';
  let context: CaptureContext = { now: 0, zone: 'UTC', locale: 'en-GB' };
  for (const line of lines) {
    if (line.startsWith('# ') || line === '') continue;
    if (line.startsWith('## ')) {
      const [name = '', now = '', zone = '', locale = '', clock] = line.slice(3).split(' ');
      group = name;
      today = now.slice(0, 10);
      year = now.slice(0, 4);
      context = { now: instantOf(today, now.slice(11), zone), zone, locale, ...(clock === '24' ? { clock } : {}) };
      continue;
    }
    const [words = '', expected = '-'] = line.split(' => ');
    const [meanings = '', titles = '', intents = '', fields] = expected.split('::').map((part) => part.trim());
    phrases.push({
      group,
      context,
      words,
      meanings: meanings.split(' || ').map((meaning) => inFull(meaning.trim(), year, today)),
      titles: titles === '' ? [] : titles.split(' || '),
      intents: intents === '' ? [] : intents.split(' || '),
      fields: fields ?? null,
    });
  }
  return phrases;
}

/** "T15:00" is today, "12-05" this year; rules are put in a form that does not depend on how they are written. */
function inFull(meaning: string, year: string, today: string): string {
  const after = meaning.startsWith('after ') ? 'after ' : '';
  const rest = meaning.slice(after.length);
  if (rest.startsWith('FREQ=')) return `${after}${plainRule(rest)}`;
  const moments = rest.split('..').map((moment) => {
    if (moment.startsWith('T')) return `${today}${moment}`;
    return /^\d\d-\d\d(T|$)/.test(moment) ? `${year}-${moment}` : moment;
  });
  return moments.join('..');
}

/** A rule with its parts sorted and what says nothing taken out, so that equal rules are equal texts. */
function plainRule(rrule: string): string {
  const parts = new Map(rrule.split(';').map((part) => part.split('=') as [string, string]));
  const days = parts.get('BYDAY')?.split(',') ?? [];
  const position = parts.get('BYSETPOS');
  if (position !== undefined && days.length === 1) {
    parts.set('BYDAY', `${position}${days[0]}`);
    parts.delete('BYSETPOS');
  }
  if (parts.get('FREQ') === 'DAILY' && days.length > 0) parts.set('FREQ', 'WEEKLY');
  if (parts.get('INTERVAL') === '1') parts.delete('INTERVAL');
  if (parts.get('BYMINUTE') === '0') parts.delete('BYMINUTE');
  parts.delete('WKST');
  const until = parts.get('UNTIL');
  if (until !== undefined) parts.set('UNTIL', until.slice(0, 8));
  return [...parts]
    .map(([name, value]) => `${name}=${value.replaceAll('+', '')}`)
    .sort()
    .join(';');
}

function meaningOf({ when, recurrence, start }: Reading): string {
  if (recurrence !== null) return `${recurrence.basis === 'completion' ? 'after ' : ''}${plainRule(recurrence.rrule)}`;
  const width = start.time === null ? 10 : when.start.slice(17, 19) === '00' ? 16 : 19;
  const from = when.start.slice(0, width);
  return when.end === null ? from : `${from}..${when.end.slice(0, width)}`;
}

/** A period of one day is that day. */
function oneDay(meaning: string): string {
  const [from = '', to] = meaning.split('..');
  const next = new Date(Date.parse(`${from.slice(0, 10)}T00:00:00Z`) + 86_400_000);
  return to !== undefined && !from.includes('T') && next.toISOString().startsWith(to) ? from : meaning;
}

/** What the grammar makes of a phrase, beside what was expected. */
export function judge(phrase: Phrase): Judged {
  const capture = parse(phrase.words, phrase.context);
  const meaning =
    capture.refused !== null || capture.readings.length > 0
      ? 'ask'
      : capture.reading === null
        ? '-'
        : oneDay(meaningOf(capture.reading));
  const shown =
    capture.refused !== null
      ? `refused ${capture.refused}`
      : capture.readings.length > 0
        ? `ask ${capture.readings.map(meaningOf).join(' | ')}`
        : meaning;
  const got = `${shown} :: ${capture.title} :: ${capture.intent}`;
  const fits = phrase.meanings.some((one) => one === meaning || (one === 'rec' && meaning.includes('FREQ=')));
  const untouched = capture.title === phrase.words && phrase.intents.length === 0 && phrase.fields === null;
  if (meaning === '-' && fits && untouched) return { phrase, capture, got, verdict: 'right' };
  const plain = phrase.titles.length + phrase.intents.length === 0 && phrase.fields === null;
  if (meaning === '-' && fits && plain) return { phrase, capture, got, verdict: 'title' };
  if (meaning === 'ask') return { phrase, capture, got, verdict: fits ? 'right' : 'asked' };
  if (meaning === '-' && !fits)
    return { phrase, capture, got, verdict: phrase.meanings.includes('ask') ? 'asked' : 'missed' };
  if (!fits) return { phrase, capture, got, verdict: 'wrong' };
  const words = capture.title === '' ? (capture.target?.words ?? '') : capture.title;
  const titled =
    phrase.titles.length === 0 || phrase.titles.some((title) => title.toLowerCase() === words.toLowerCase());
  const meant = phrase.intents.length === 0 || phrase.intents.includes(capture.intent);
  const marked = phrase.fields === null || phrase.fields === fieldsOf(capture);
  return { phrase, capture, got, verdict: titled && meant && marked ? 'right' : 'title' };
}

/** The fields of a capture as signs, in the order the phrases name them. */
function fieldsOf({ priority, tags, client, project, estimateMinutes }: Capture): string {
  return [
    priority === null ? '' : `!${priority}`,
    ...tags.map((tag) => `#${tag}`),
    client === null ? '' : `@${client}`,
    project === null ? '' : `+${project}`,
    estimateMinutes === null ? '' : `~${estimateMinutes}`,
  ]
    .filter((field) => field !== '')
    .join(' ');
}

/** How many of each verdict there are. */
export function countsOf(judged: readonly Judged[]): Record<Verdict, number> {
  const counts = { right: 0, wrong: 0, title: 0, asked: 0, missed: 0 };
  for (const { verdict } of judged) counts[verdict] += 1;
  return counts;
}
