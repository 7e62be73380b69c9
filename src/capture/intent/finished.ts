/** "отчёт готов": that something is done may stand behind what is done. */
import { vocabulary } from '../lexicon.ts';
import { startsTask } from '../rules/context.ts';
import type { Scan } from '../scan.ts';
import type { Opened } from './openings.ts';

/** Words that say so of what stands before them. A longer sentence, or one that hangs on another, tells of something else. */
export function finished(scan: Scan): Opened | null {
  const words = scan.tokens.filter(({ kind }) => kind !== 'mark');
  const last = words.at(-1);
  if (last === undefined || !vocabulary.finished.has(last.norm) || words.length < 2 || words.length > 6) return null;
  if (words.some(({ norm }) => vocabulary.hanging.has(norm)) || startsTask(scan, 0)) return null;
  return { intent: 'done', needs: 'words', asks: false, next: 0, after: 0, end: scan.tokens.indexOf(last), item: null };
}
