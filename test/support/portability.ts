/** People with something of everything, their exports and imports, for the tests of portability. */
import { fromBuffer } from 'yauzl';
import { type Actor, type Person, readPerson } from '../../src/access/people.ts';
import { type Performed, perform } from '../../src/actions/perform.ts';
import type { DrivenClock } from '../../src/core/clock.ts';
import { type ChatId, randomCode } from '../../src/core/ids.ts';
import { openArchive } from '../../src/features/portability/archive/read.ts';
import { writeArchives } from '../../src/features/portability/archive/write.ts';
import { takeArchive } from '../../src/features/portability/importing.ts';
import { portabilityFeature } from '../../src/features/portability/index.ts';
import type { Counts, Hooks } from '../../src/features/portability/taking-in.ts';
import { translator } from '../../src/locales/translator.ts';
import { openContents } from '../../src/storage/contents/contents.ts';
import type { Database } from '../../src/storage/database.ts';
import type { Feature } from '../../src/telegram/feature.ts';
import { restoreHooks } from '../../src/wiring/features.ts';
import { CONTENTS } from './bot.ts';
import { testPerson } from './context.ts';

export const LIMITS = { bytes: 50_000_000, rows: 20_000 };

export interface Movers {
  readonly features: readonly Feature[];
  readonly hooks: Hooks;
  person(): Promise<Person>;
  filled(): Promise<Person>;
  exported(person: Person, partBytes?: number): Promise<Buffer[]>;
  imported(person: Person, content: Buffer): Promise<Performed<Counts>>;
  everything(person: Person): Promise<{ tasks: object[]; reminders: object[] }>;
}

export const actorOf = (person: Person): Actor => ({
  person,
  spaceId: person.spaceId,
  chatId: (person.telegramUserId ?? 0) as ChatId,
  via: 'person',
});

/** Makes them on `db`. `configured`: Telegram ids the configuration names. */
export function openMovers(db: Database, clock: DrivenClock, configured: ReadonlySet<number>): Movers {
  const hooks = restoreHooks();
  const contents = openContents(CONTENTS);
  const features = [
    portabilityFeature({
      hooks: () => hooks,
      wakeImports: () => {},
      isConfigured: (id) => id !== null && configured.has(id),
      defaults: { language: 'en', timezone: 'UTC' },
      backupDays: 7,
      contents,
    }),
  ];
  let ids = 100;
  const person = (name = 'Bea') => {
    ids += 1;
    return testPerson(db, ids, { name });
  };

  /** A person with something of everything. */
  async function filled(): Promise<Person> {
    const ada = await person('Ada');
    const { id, spaceId, telegramUserId } = ada;
    await db.query(
      `WITH p AS (INSERT INTO projects (space_id, name, created_at) VALUES ($1, 'Website', now()) RETURNING id),
            c AS (INSERT INTO clients (space_id, name, created_at) VALUES ($1, 'Acme', now()) RETURNING id),
            t AS (INSERT INTO tasks (space_id, number, title, notes, status, priority, due_date, due_time, tags, project_id, client_id, recurrence, created_by, created_at)
                  SELECT $1, 3, '=cmd|calc "Ünï, 🙂"', E'a\\nb', 'todo', 4, '2026-12-01', '15:00', '{sales,home}', p.id, c.id, '{"rrule":"FREQ=WEEKLY;BYDAY=MO","basis":"schedule"}', $2, now() FROM p, c RETURNING id),
            n AS (INSERT INTO notes (space_id, task_id, person_id, body, created_at) SELECT $1, t.id, $2, 'a note', now() FROM t)
       INSERT INTO reminders (space_id, number, person_id, chat_id, task_id, text, basis, fixed_at, status, created_by, created_at)
       SELECT $1::int, 7, $2::int, $3::bigint, t.id, '', 'instant', '2026-12-02T10:00:00Z'::timestamptz, 'active', $2, now() FROM t
       UNION ALL SELECT $1, 8, $2, $3::bigint, NULL::int, 'long ago', 'instant', '2026-01-02T10:00:00Z'::timestamptz, 'active', $2, now()`,
      [spaceId, id, telegramUserId],
    );
    await db.query('UPDATE spaces SET next_number = 9 WHERE id = $1', [spaceId]);
    return readPerson(db, id);
  }

  async function exported(person: Person, partBytes?: number): Promise<Buffer[]> {
    const archives: Buffer[] = [];
    const options = {
      now: clock.now(),
      t: translator('en'),
      contents,
      ...(partBytes === undefined ? {} : { partBytes }),
    };
    for await (const archive of writeArchives(db, actorOf(person), options)) {
      const pieces: Uint8Array[] = [];
      for await (const piece of archive.content) pieces.push(piece);
      archives.push(Buffer.concat(pieces));
    }
    return archives;
  }

  async function imported(person: Person, content: Buffer) {
    const archive = await openArchive(content, LIMITS);
    try {
      return await db.transaction((tx) =>
        perform(tx, actorOf(person), {
          key: `test:${randomCode(12)}`,
          kind: 'data.import',
          at: clock.now(),
          change: (changes) => takeArchive(changes, actorOf(person), archive, { hooks, now: clock.now(), contents }),
          summary: ({ added }) => ({ key: 'action-portability-import', args: { count: added } }),
        }),
      );
    } finally {
      archive.close();
    }
  }

  /** What a person has, without what belongs to the row alone. */
  async function everything(person: Person) {
    const tasks = await db.query(
      `SELECT t.number, t.title, t.notes, t.status, t.priority, t.due_date, t.due_time, t.tags, t.recurrence, p.name AS project, c.name AS client,
              (SELECT array_agg(n.body ORDER BY n.id) FROM notes n WHERE n.task_id = t.id) AS notes_of,
              (SELECT w.number FROM tasks w WHERE w.id = t.parent_id) AS part_of,
              (SELECT array_agg(b.number ORDER BY b.number) FROM dependencies d JOIN tasks b ON b.id = d.blocker_id WHERE d.task_id = t.id) AS waits_for
         FROM tasks t LEFT JOIN projects p ON p.id = t.project_id LEFT JOIN clients c ON c.id = t.client_id WHERE t.space_id = $1 ORDER BY t.number`,
      [person.spaceId],
    );
    const rest = await db.query(
      `SELECT r.number, r.text, r.basis, r.fixed_at, r.status, t.title FROM reminders r LEFT JOIN tasks t ON t.id = r.task_id WHERE r.space_id = $1 ORDER BY r.number`,
      [person.spaceId],
    );
    return { tasks, reminders: rest };
  }

  return { features, hooks, person: () => person(), filled, exported, imported, everything };
}

/** The members of a ZIP, unpacked. */
export async function membersOf(content: Buffer): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  await new Promise<void>((resolve, reject) => {
    fromBuffer(content, { lazyEntries: true }, (failed, zip) => {
      if (failed) return reject(failed);
      zip.on('end', () => resolve());
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, (broken, stream) => {
          if (broken) return reject(broken);
          const pieces: Buffer[] = [];
          stream.on('data', (piece: Buffer) => pieces.push(piece));
          stream.on('end', () => {
            found[entry.fileName] = Buffer.concat(pieces).toString('utf8');
            zip.readEntry();
          });
        });
      });
      zip.readEntry();
    });
  });
  return found;
}
