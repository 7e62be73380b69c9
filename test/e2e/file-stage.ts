/** A Steward for tests of files: a person who sends them, what became of them, and what the bot sent back. */
import { createHash, randomBytes } from 'node:crypto';
import type { SeenMessage } from '../../src/sandbox/index.ts';
import { type Mode, type Person, type Steward, startSteward, textOf, until } from './steward.ts';

/** A picture of one pixel, with something behind it that makes it this one. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
export const picture = (): Buffer => Buffer.concat([PNG, randomBytes(3_000)]);
export const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A file of a task, as the database has it. */
export interface Row {
  readonly title: string;
  readonly name: string;
  readonly description: string;
  readonly kind: string;
  readonly state: string;
  readonly sha256: string | null;
  readonly mediaType: string | null;
}

export interface FileStage {
  readonly steward: Steward;
  readonly owner: Person;
  /** Everything attached, once nothing is on its way any more. */
  attached(): Promise<Row[]>;
  /** Sends a file, in reply to the message `reply`; what the bot answered. */
  send(
    kind: Parameters<Person['sendFile']>[0],
    file: Parameters<Person['sendFile']>[1],
    reply?: number,
  ): Promise<{ message: ReturnType<Person['sendFile']>; answers: string[] }>;
  /** The bot's messages, without what the owner is told as the operator: that comes by itself, whenever its turn is. */
  told(): SeenMessage[];
  titles(): Promise<string[]>;
  newestFile(): Promise<number>;
  /** The file the bot sent last. */
  sentBack(): { kind: string; name: string | undefined; bytes: Buffer };
}

/** Starts one for an owner who speaks English. */
export async function fileStage({ mode = 'polling' }: { readonly mode?: Mode } = {}): Promise<FileStage> {
  const steward = await startSteward({ mode });
  const owner = steward.person();
  await owner.say('/language en');
  const told = () => owner.seen().filter((one) => !textOf(one).startsWith('⚠️ A new error.'));
  return {
    steward,
    owner,
    async attached() {
      await steward.quiet();
      await until('every file came or failed', async () => {
        const waiting = await steward.db.query(`SELECT 1 FROM files WHERE state = 'waiting' LIMIT 1`);
        return waiting.length === 0;
      });
      await steward.quiet();
      return steward.db.query<Row>(
        `SELECT t.title, a.name, a.description, f.kind, f.state, f.sha256, f.media_type
           FROM attachments a JOIN files f ON f.id = a.file_id JOIN tasks t ON t.id = a.task_id ORDER BY a.id`,
      );
    },
    async send(kind, file, reply) {
      const before = told().length;
      const message = owner.sendFile(kind, file, reply === undefined ? {} : { replyTo: reply });
      await steward.quiet();
      return { message, answers: told().slice(before).map(textOf) };
    },
    told,
    titles: async () =>
      (await steward.db.query<{ title: string }>('SELECT title FROM tasks ORDER BY id')).map((row) => row.title),
    async newestFile() {
      const [row] = await steward.db.query<{ id: number }>('SELECT max(id)::int AS id FROM attachments');
      return row?.id ?? 0;
    },
    sentBack() {
      const { photo, document, voice, audio, video } = owner.seen().at(-1)?.message ?? {};
      const found = Object.entries({ photo: photo?.at(-1), document, voice, audio, video }).find(([, one]) => one);
      const [kind = 'none', file] = found ?? [];
      const bytes = steward.sandbox.world.files.byId(file?.file_id ?? '')?.bytes ?? Buffer.alloc(0);
      return { kind, name: document?.file_name, bytes };
    },
  };
}
