/** The search table for test databases whose migrations do not have it yet; does nothing once they do. */
import type { Database } from '../../src/storage/database.ts';

export async function ensureTaskWords(db: Database): Promise<void> {
  await db.query(
    'CREATE TABLE IF NOT EXISTS task_words (task_id int PRIMARY KEY, space_id int NOT NULL, title tsvector NOT NULL, words tsvector NOT NULL)',
  );
  await db.query('CREATE INDEX IF NOT EXISTS task_words_words ON task_words USING gin (words)');
  await db.query('CREATE INDEX IF NOT EXISTS task_words_title ON task_words USING gin (title)');
}
