/** A message cut into tokens, with the fields marked in it; and the capture that says nothing, which every other begins as. */
import type { Fields } from './fields.ts';
import type { Taken } from './title.ts';
import type { Token } from './tokens.ts';
import type { Capture, CaptureContext } from './types.ts';

export interface Message {
  text: string;
  tokens: readonly Token[];
  context: CaptureContext;
  fields: Fields;
}

/** A capture that says nothing. */
export function blank(): Capture {
  return {
    title: '',
    when: null,
    recurrence: null,
    priority: null,
    tags: [],
    project: null,
    client: null,
    estimateMinutes: null,
    intent: 'none',
    readings: [],
    refused: null,
    ahead: [],
    reading: null,
    doubt: '',
    alternatives: [],
    target: null,
    list: null,
    finished: null,
    query: '',
    undoCount: 1,
    spentMinutes: null,
    shift: null,
    corrections: [],
  };
}

/** The stretch of the message from one token to another, end exclusive; null when there is none. */
export const stretchOf = (tokens: readonly Token[], from: number, to: number): Taken | null => {
  const first = tokens[from];
  const last = tokens[to - 1];
  return first === undefined || last === undefined || to <= from ? null : { start: first.start, end: last.end };
};
