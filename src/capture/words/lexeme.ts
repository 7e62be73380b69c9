/** What a word can mean to the grammar; each language's word list says which of its words mean what. */
import type { DayParts, Intent, ListFilter, Priority } from '../types.ts';

export type Unit = 'second' | 'minute' | 'hour' | 'day' | 'workday' | 'week' | 'weekend' | 'month' | 'quarter' | 'year';
export type Part = keyof Omit<DayParts, 'noon' | 'endOfDay'>;

/** Words that join or qualify; a word may have several ("в" is at, on and in). */
export type Role =
  | 'at'
  | 'on'
  | 'in'
  | 'by'
  | 'before'
  | 'after'
  | 'until'
  | 'from'
  | 'since'
  | 'to'
  | 'between'
  | 'and'
  | 'or'
  | 'of'
  | 'the'
  | 'a'
  | 'for'
  | 'hence' // "in" before a duration
  | 'next'
  | 'this'
  | 'last'
  | 'coming'
  | 'every'
  | 'other'
  | 'plural' // "по" before a dative plural
  | 'half'
  | 'quarter'
  | 'past'
  | 'ago'
  | 'now'
  | 'later'
  | 'oclock'
  | 'am'
  | 'pm'
  | 'end'
  | 'start'
  | 'middle'
  | 'early'
  | 'mid'
  | 'late'
  | 'times'
  | 'once'
  | 'starting'
  | 'penultimate' // "second to last"
  | 'even' // "по чётным дням"
  | 'odd'
  | 'finish' // "after I finish"
  | 'number' // "числа"
  | 'without' // "без четверти"
  | 'year' // "года"
  | 'within'
  | 'except'
  | 'few' // "in a few days"
  | 'ahead' // "за день до"
  | 'vague' // "sometime next week"
  | 'weekOf' // "week commencing 7 dec"
  | 'roughly'; // "exactly at 5", "примерно в 5"

export type Lexeme =
  | { k: 'weekday'; n: number; weak: boolean; plural: boolean }
  | { k: 'month'; n: number; weak: boolean }
  | { k: 'unit'; unit: Unit }
  | { k: 'number'; n: number }
  | { k: 'ordinal'; n: number }
  | { k: 'day'; n: number }
  | { k: 'part'; part: Part; plural: boolean }
  /** A time of day by name; 1440 is the coming midnight, -1 the present time ("this time tomorrow"). */
  | { k: 'clock'; n: number }
  /** A half hour named by the hour it leads to: "полшестого". */
  | { k: 'halfTo'; n: number }
  /** Minutes told by one word: "полчаса". */
  | { k: 'span'; minutes: number; months?: number }
  /** "eow", "eom": the last day of the running period. */
  | { k: 'endOf'; unit: 'day' | 'week' | 'month' | 'quarter' | 'year' }
  | { k: 'repeat'; rule: RepeatWord }
  /** A clock by name ("GMT", "мск"): the zone that keeps it. */
  | { k: 'zone'; zone: string }
  | { k: 'feast'; feast: Feast }
  | { k: 'role'; role: Role };

/** Which day of a year a feast is. `regions`: only there; the rule without them is everybody else's. */
export type FeastRule = (
  | { k: 'fixed'; month: number; day: number }
  | { k: 'easter'; plus: number }
  | { k: 'nth'; month: number; place: number; weekday: number; plus: number }
) & { regions?: string };

export interface Feast {
  rules: readonly FeastRule[];
  /** Its name means the day and nothing else ("christmas eve"); without it only a word that leads to a day makes it one ("on christmas"). */
  sure: boolean;
}

/** A recurrence in one word. */
export interface RepeatWord {
  unit: Unit;
  interval: number;
  /** True for words that are adjectives as often as not ("daily", "monthly"): only at the end of a clause. */
  adjective: boolean;
  /** The word also means twice in one such unit ("biweekly"): asked. */
  twice?: boolean;
  /** The weekdays it names ("mwf"). */
  days?: readonly string[];
  /** The part of the day it names, which decides a bare hour beside it ("nightly at 10"). */
  part?: Part;
}

/** How the words of an intent begin. The longest that fits wins. */
export interface Opening {
  /** Words in order: 'a|b' is either, 'a?' may be missing, '#' is an item's number, ':' the mark. */
  phrase: string;
  intent: Intent;
  /** What must follow for it to be this intent; 'date': an expression of time somewhere after; 'dated': that, beside words that name the item; 'counted': nothing but a number
   * and words of `undoFillers`; 'verb': a verb first, which says what is to be done; 'datefirst': an expression of time first, and words behind it. */
  needs: 'any' | 'words' | 'end' | 'date' | 'dated' | 'duration' | 'counted' | 'verb' | 'datefirst' | 'forward';
  /** It is put as a question, whose mark is no part of what is to be done: "can you remind me…?". */
  asks?: true;
  /** How the message must end, apart by '|', the words that name the item before it: "mark the report as done", "start website timer". */
  ends?: string;
  /** Words that must not come next. */
  unless?: string;
}

/** One language's words. Strings hold several words apart by spaces. */
export interface Words {
  /** Monday to Sunday. */
  weekdays: readonly string[];
  /** Words of `weekdays` that mean other things too and need a preposition, a time or a list beside them. */
  weakWeekdays: string;
  /** "по понедельникам", "fridays": Monday to Sunday. */
  pluralWeekdays: readonly string[];
  months: readonly string[];
  weakMonths: string;
  units: Readonly<Record<Unit, string>>;
  numbers: Readonly<Record<number, string>>;
  ordinals: Readonly<Record<number, string>>;
  days: Readonly<Record<number, string>>;
  parts: Readonly<Record<Part, string>>;
  pluralParts: Readonly<Partial<Record<Part, string>>>;
  clocks: Readonly<Record<number, string>>;
  halfTo: Readonly<Record<number, string>>;
  spans: Readonly<Record<number, string>>;
  endOf: Readonly<Partial<Record<'day' | 'week' | 'month' | 'quarter' | 'year', string>>>;
  roles: Readonly<Partial<Record<Role, string>>>;
  repeats: readonly (RepeatWord & { words: string })[];
  /** What clocks are called behind a time, by the zone that keeps them. */
  zones: Readonly<Record<string, string>>;
  /** Several words that mean what one does, or of which the first `takes` do beside the others. */
  phrases: readonly { phrase: string; means: readonly Lexeme[]; takes?: number }[];
  /** Fixed expressions and names, apart by '|', whose words never tell a time: "day in day out". */
  idioms: string;
  /** Whole messages that only keep company: "thanks". Apart by '|'. */
  smallTalk: string;
  /** Misspellings further off than one edit. */
  misspelt: Readonly<Record<string, string>>;
  /** Words one edit from a weekday or month that are words of their own. */
  notTypos: string;
  /** Verbs a task begins with: after them a leading "friday" is a date, not an adjective. */
  verbs: string;
  /** Words that may follow a time: what comes after them belongs to the task. */
  followers: string;
  /** Things that are counted or measured: after a number they make it a quantity. */
  measures: string;
  /** Words that make an address of the date before them: "5 May Road". */
  streets: string;
  /** What is done in the morning ("wake up at 6"): an hour that alone would be the afternoon's may be its. */
  waking: string;
  /** What is done in the evening ("dinner at 8"), likewise. */
  dining: string;
  /** Feasts, whose day is asked for; what speaks of years does only behind "new". */
  holidays: string;
  /** Words that make a name of the date word after them ("Black Friday"). */
  naming: string;
  /** Words whose following number or date is theirs ("section 5", "look at 3"). */
  owning: string;
  /** Words whose "at 5" is no time ("look at 3", "priced at 5"). */
  aiming: string;
  /** What carries a date of its own: "the email from monday". */
  papers?: string;
  priorities: Readonly<Record<Priority, string>>;
  /** "приоритет": beside one of the words of `priorities` the two say it. */
  priorityNouns?: string;
  /** What gives a task its priority as a label before a colon, or behind a comma or in brackets at the end. */
  priorityLabels: Readonly<Partial<Record<Priority, string>>>;
  /** What says that a task is urgent, apart by '|'. */
  atOnce: string;
  /** Words that say at the end of a message that what stands before them is done: "отчёт готов". */
  finished?: string;
  /** Words beside which they do not. */
  hanging?: string;
  /** Orders that may stand behind what they are of: "отчёт перенеси на пятницу". */
  behind?: {
    orders: Readonly<Partial<Record<Intent, string>>>;
    /** Orders of `done` that say so only with one of `asDone` behind them. */
    marks: string;
    /** Apart by '|'. */
    asDone: string;
    /** What an item may be called before its name, and what leads on to that: "задачу про". */
    items: string;
    about: string;
    /** Words before a request to be reminded that make none of it. */
    not: string;
  };
  openings: readonly Opening[];
  /** Words that ask for a reminder of the task they stand with, apart by '|': "with a reminder (an hour before)". */
  aheadOpeners: string;
  /** Words before the length: «за (час)». */
  aheadLeads: string;
  /** Words that lead from the length to what is to come: "(an hour) before (the flight)". */
  aheadTo: string;
  /** Words behind the length, apart by '|': "(an hour) in advance". */
  aheadEnds: string;
  /** Words a request for a list begins with. */
  listOpeners: string;
  /** Words such a request may also hold. */
  listFillers: string;
  /** Words that ask for a list by themselves. */
  listNouns: string;
  /** Words that may stand beside "undo" and the number of changes. */
  undoFillers?: string;
  listFilters: Readonly<Partial<Record<ListFilter, string>>>;
  /** Words that begin the thing they name: "the airport". */
  articles: string;
  /** Connecting words trimmed from the front of a task's title where others were taken out before it; what leads to a place stays. */
  taskFronts: string;
  /** The same for a reminder's. */
  reminderFronts: string;
  /** Words trimmed from the edges of a title where others were taken out beside them. */
  titleEdges: string;
  /** Verbs and the little word that belongs to them, by a hyphen ("sleep-in"): it is no edge. */
  phrasals?: string;
  /** Of those, what may stand apart: "turn the heating on". */
  separable?: string;
  /** Books named like people, whose verses look like times ("John 3:16"). */
  books?: string;
  /** Words people begin with before they say what they want ("hey", "ok so"). */
  greetings?: string;
  /** Words cut short, whose dot belongs to them. */
  abbreviations?: string;
  /** Words trimmed from the end of a title only, where others were taken out behind them. */
  titleBacks?: string;
}

/** What a language says in several words, misspells, or lets do something to the date words beside it. */
export type ContextWords = Pick<
  Words,
  | 'phrases'
  | 'idioms'
  | 'misspelt'
  | 'notTypos'
  | 'verbs'
  | 'followers'
  | 'measures'
  | 'streets'
  | 'holidays'
  | 'waking'
  | 'dining'
  | 'naming'
  | 'owning'
  | 'aiming'
  | 'papers'
  | 'articles'
  | 'taskFronts'
  | 'reminderFronts'
  | 'titleEdges'
  | 'phrasals'
  | 'separable'
  | 'greetings'
  | 'titleBacks'
  | 'abbreviations'
  | 'books'
>;
