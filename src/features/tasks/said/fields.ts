/** What words behind a task's number, or in reply to its message, set of it: "in progress", "high", "waits for 15", "no date". Pure. */
import type { Verb } from '../bot/verbs.ts';
import { priorityNamed, statusesNamed } from '../search/query.ts';

/** What is done to the task, and the words it is done with. */
export interface Said {
  readonly verb: Extract<Verb, 'depend' | 'status' | 'priority' | 'due'>;
  readonly argument: string;
}

const WAITS =
  /^(?:(?:depends on|waits for|(?:is )?blocked by)|зависит от|жд[её]т) *[#№]?\d{1,9}(?:[\s,]+[#№]?\d{1,9})*$/iu;
const GIVEN_UP =
  /^(?:cancel|call off|drop|отмен(?:и|ить|яй)(?:те)?)(?: (?:it|this|this one|the task|this task|её|ее|его|это|эту|задачу|эту задачу))?$/iu;
const UNDATED =
  /^(?:(?:no|without a|clear the|remove the|drop the) (?:due )?date|no deadline|someday|без (?:даты|срока)|(?:убери|сними) (?:дату|срок)|когда-нибудь)$/iu;
const LEVEL = /^(?:priority|приоритет|важность)(?::| to| is)? (.+)$|^(.+) (?:priority|приоритет|важность)$/iu;

/** Null where the words set none of these: they may be a date, a note, anything. */
export function fieldSaid(text: string): Said | null {
  const words = text.trim().replace(/\s*[.!…]+$/u, '');
  if (WAITS.test(words)) return { verb: 'depend', argument: words };
  if (GIVEN_UP.test(words)) return { verb: 'status', argument: 'cancelled' };
  if (UNDATED.test(words)) return { verb: 'due', argument: 'none' };
  if (statusesNamed(words)?.length === 1) return { verb: 'status', argument: words };
  const [, behind, before] = LEVEL.exec(words) ?? [];
  const level = behind ?? before ?? words;
  // A number alone may be an hour, or a note.
  const named = /\p{L}/u.test(level) || behind !== undefined ? priorityNamed(level) : null;
  return named === null ? null : { verb: 'priority', argument: level };
}
