/** What became of each line of a message, kept with the message: an edit of it finds the tasks by their lines. */
import type { Capture } from '../../../capture/index.ts';
import type { TaskId } from '../../../core/ids.ts';
import { addLink } from '../../../outbox/outbox.ts';
import type { Context } from '../../../telegram/feature.ts';
import type { MessageSubject } from '../../../telegram/view.ts';
import type { Made } from '../bot/add.ts';

/** A line and its task, with the fields the line made. */
export interface KeptLine {
  readonly id: TaskId;
  readonly line: string;
  readonly made: Made & Pick<Capture, 'ahead'>;
  /** it is in the message no more, and the person knows that its task stays */
  readonly gone?: true;
}

/** Ties the message `source` to the tasks of its lines. */
export function keepLines({ tx, botId, inbound, now }: Context, source: number, kept: readonly KeptLine[]): void {
  const link: MessageSubject = {
    role: 'source',
    entity: 'lines',
    entityId: kept[0]?.id ?? null,
    data: { made: JSON.stringify(kept) },
  };
  addLink(tx, botId, inbound.chatId, source, link, now);
}

/** The lines a message was when it was last looked at. */
export function keptLines(subject: MessageSubject): readonly KeptLine[] {
  const made = subject.data?.['made'];
  return typeof made === 'string' ? (JSON.parse(made) as KeptLine[]) : [];
}

/** Words that tell one line from another. */
const wordsOf = (line: string): string[] => line.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];

/**
 * Which of the lines `before` each of the lines `now` was: one of the same words, wherever it stands; then, of those left, the next where they are
 * as many, else one that shares a word. null: a new line.
 */
export function matched(before: readonly string[], now: readonly string[]): Array<number | null> {
  const left = new Set(before.keys());
  const take = (fits: (line: string) => boolean): number | null => {
    for (const index of left) {
      if (!fits(before[index] ?? '')) continue;
      left.delete(index);
      return index;
    }
    return null;
  };
  const same = now.map((line) => take((one) => one === line));
  const inTurn = same.filter((index) => index === null).length === left.size;
  return same.map((index, at) => {
    if (index !== null) return index;
    const words = wordsOf(now[at] ?? '');
    return take((one) => inTurn || wordsOf(one).some((word) => words.includes(word)));
  });
}
