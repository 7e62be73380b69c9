/** Writes a capture in one short line, so that a phrase and its meaning stand side by side in the corpus. */
import type { Capture, Reading } from '../../src/capture/index.ts';

/** A labelled phrase: the words, what they mean (see `notation`), and the title left over when it matters. */
export type Labelled = readonly [phrase: string, meaning: string, title?: string];

/**
 * "2026-11-24T15:00" a time, "2026-11-24" a day, "2026-11-30..2026-12-07" a period (end exclusive), "FREQ=… @ first" a recurrence ("after done:" when by
 * completion), "ask a | b" several readings, "refused reason", "-" none. Another intent than add stands before it with its item or list.
 */
export function notation(capture: Capture): string {
  const act = capture.intent === 'add' || capture.intent === 'none' ? [] : [actOf(capture)];
  return [...act, whenOf(capture)].filter((part) => part !== '' && !(act.length > 0 && part === '-')).join(' ');
}

function actOf({ intent, target, list, query, undoCount, spentMinutes }: Capture): string {
  const item = target === null ? '' : target.number === null ? ` "${target.words}"` : ` #${target.number}`;
  const more = [
    list === null ? '' : ` ${list}`,
    query === '' ? '' : ` <${query}>`,
    intent === 'undo' ? ` ${undoCount}` : '',
    spentMinutes === null ? '' : ` ${spentMinutes}m`,
  ];
  return `${intent}${item}${more.join('')}`;
}

function whenOf(capture: Capture): string {
  if (capture.refused !== null) return `refused ${capture.refused}`;
  if (capture.readings.length > 0) return `ask ${capture.readings.map(readingOf).join(' | ')}`;
  return capture.reading === null ? '-' : readingOf(capture.reading);
}

function readingOf({ when, recurrence, start }: Reading): string {
  const from = moment(when.start, start.time !== null);
  const at = when.end === null ? from : `${from}..${moment(when.end, start.time !== null)}`;
  if (recurrence === null) return at;
  return `${recurrence.basis === 'completion' ? 'after done: ' : ''}${recurrence.rrule} @ ${at}`;
}

function moment(iso: string, timed: boolean): string {
  if (!timed) return iso.slice(0, 10);
  const seconds = iso.slice(17, 19);
  return seconds === '00' ? iso.slice(0, 16) : iso.slice(0, 19);
}
