/** Keeps the words by which tasks are found (table `task_words`) in step with tasks and notes, in the transaction that changes them. */
import type { TaskId } from '../../../core/ids.ts';
import type { Database, Tx } from '../../../storage/database.ts';
import type { Task } from '../../../storage/rows.ts';
import { statements as sql } from '../statements.ts';
import { keysOf } from './keys.ts';
import { wordsOf } from './words.ts';

interface Source {
  readonly id: number;
  readonly spaceId: number;
  readonly title: string;
  readonly notes: string;
  readonly tags: readonly string[];
  readonly bodies: readonly string[];
  /** names and descriptions of its files */
  readonly files: readonly string[];
}

/** Writes the words of these tasks as the tasks are now; those that are gone lose theirs. */
export async function indexTasks(tx: Tx, ids: readonly number[]): Promise<void> {
  const sources = await tx.query<Source>(sql.wordSources, [ids]);
  for (const { id, spaceId, title, notes, tags, bodies, files } of sources) {
    void tx.later(sql.setWords, [id, spaceId, wordsOf(title), wordsOf(title, ...tags, ...files, notes, ...bodies)]);
  }
  const there = new Set(sources.map((source) => source.id));
  const gone = ids.filter((id) => !there.has(id));
  if (gone.length > 0) dropWords(tx, gone as TaskId[]);
}

/** The words of a task just made: it has no note bodies yet, so nothing needs reading. */
export async function indexNew(tx: Tx, task: Task): Promise<void> {
  const { id, spaceId, title, notes, tags } = task;
  const words = wordsOf(title, ...tags, notes);
  void tx.later(sql.addWords, [id, spaceId, wordsOf(title), words, keysOf(task, words)]);
}

export function dropWords(tx: Tx, ids: readonly TaskId[]): void {
  void tx.later(sql.dropWords, [ids]);
}

/** Takes up tasks that came in without their words (a restore, another tool), `batch` at a time. Returns how many. */
export async function indexMissing(db: Database, batch = 500): Promise<number> {
  for (let done = 0; ; ) {
    const count = await db.transaction(async (tx) => {
      const rows = await tx.query<{ id: number }>(sql.unindexed, [batch]);
      if (rows.length > 0)
        await indexTasks(
          tx,
          rows.map((row) => row.id),
        );
      return rows.length;
    });
    done += count;
    if (count < batch) return done;
  }
}
