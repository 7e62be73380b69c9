/** Every table of the database and what becomes of it when a person takes their data along or has it forgotten. A test keeps the list whole. */

interface Fate {
  /** which rows are the person's, by `me.person`, `me.space` and `me.chat`; null: none, or they are dealt with apart */
  readonly forget: string | null;
  /** how they travel, or why they do not */
  readonly travels: string;
}

const OWN = 't.space_id = me.space';

/** Files nothing of others names: one that moved with its task to a group's list is the group's. */
const THEIR_FILES = `
  SELECT f.id FROM files f
   WHERE (f.space_id = me.space OR EXISTS (SELECT FROM attachments a WHERE a.file_id = f.id AND a.space_id = me.space))
     AND NOT EXISTS (SELECT FROM attachments a WHERE a.file_id = f.id AND a.space_id <> me.space)`;
/** Bytes of such files that no other file has too. */
const ONLY_THEIRS = `
  SELECT f.sha256 FROM files f WHERE f.id IN (${THEIR_FILES})
     AND NOT EXISTS (SELECT FROM files o WHERE o.sha256 = f.sha256 AND o.id NOT IN (${THEIR_FILES}))`;

/** In the order in which rows are forgotten: what is found through another table goes before it. */
export const TABLES: Readonly<Record<string, Fate>> = {
  changes: {
    forget: 't.action_id IN (SELECT id FROM actions WHERE space_id = me.space)',
    travels: 'not: images of rows of this database, for undo here',
  },
  actions: { forget: OWN, travels: 'as history, to read' },
  task_words: { forget: OWN, travels: 'not: made of the tasks' },
  notes: { forget: OWN, travels: 'as items' },
  content_parts: { forget: `t.sha256 IN (${ONLY_THEIRS})`, travels: 'as the bytes of attachments' },
  contents: {
    forget: `t.place = 'database' AND t.sha256 IN (${ONLY_THEIRS})`,
    travels: 'as the bytes of attachments',
  },
  files: { forget: `t.id IN (${THEIR_FILES})`, travels: 'with the attachments that name them' },
  attachments: { forget: OWN, travels: 'as items' },
  reminders: { forget: OWN, travels: 'as items' },
  dependencies: { forget: OWN, travels: 'as items' },
  tasks: { forget: OWN, travels: 'as items' },
  saved_filters: { forget: OWN, travels: 'as items' },
  templates: { forget: OWN, travels: 'as items' },
  projects: { forget: OWN, travels: 'as items' },
  clients: { forget: OWN, travels: 'as items' },
  origins: { forget: OWN, travels: 'as the keys of items' },
  secrets: { forget: OWN, travels: 'not: accounts are connected again' },
  deliveries: { forget: 't.person_id = me.person OR t.space_id = me.space', travels: 'as deliveries, to read' },
  transfer_files: {
    forget: `t.file IN (SELECT payload->'file'->>'id' FROM outbox WHERE chat_id = me.chat
                        UNION ALL SELECT file FROM data_imports WHERE person_id = me.person)`,
    travels: 'not: on their way',
  },
  data_imports: { forget: 't.person_id = me.person', travels: 'not: on their way' },
  outbox: { forget: 't.chat_id = me.chat', travels: 'not: on their way, wiped a day later' },
  message_links: { forget: 't.chat_id = me.chat', travels: 'not: messages of this chat' },
  flows: { forget: 't.person_id = me.person OR t.chat_id = me.chat', travels: 'not: a question of the moment' },
  memberships: { forget: 't.person_id = me.person AND t.space_id <> me.space', travels: 'not: of this installation' },
  invitations: { forget: 't.used_by = me.person', travels: 'not: of this installation' },
  groups: { forget: null, travels: 'not: shared with others, and stay with them' },
  people: { forget: null, travels: 'as settings' },
  spaces: { forget: null, travels: 'not: made with the person' },
  chats: { forget: null, travels: 'not: made with the person' },
  updates: { forget: null, travels: 'not: what was written, until it was handled' },
  backup_runs: { forget: null, travels: "not: the operator's" },
  stored_errors: { forget: null, travels: "not: the operator's, and holds nothing of a person" },
  bot_facts: { forget: null, travels: "not: the bot's" },
  leases: { forget: null, travels: "not: the processes'" },
  pace: { forget: null, travels: "not: the bot's" },
  rate_limits: { forget: null, travels: 'not: counters of the last minutes' },
};
