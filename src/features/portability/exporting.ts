/** Puts a person's archives on their way into the chat: written, kept and enqueued in the transaction of the request. */
import type { Actor } from '../../access/people.ts';
import type { EpochMs } from '../../core/clock.ts';
import { iso } from '../../core/clock.ts';
import { today } from '../../core/zones.ts';
import type { Translator } from '../../locales/translator.ts';
import { ANSWER, type Outgoing } from '../../outbox/outbox.ts';
import type { Contents } from '../../storage/contents/contents.ts';
import { keepFile } from '../../storage/contents/transfer-files.ts';
import type { Tx } from '../../storage/database.ts';
import { spaceUse } from '../tasks/index.ts';
import { writeArchives } from './archive/write.ts';
import { captionOf } from './views.ts';

/** What a chat is sent of files; `steward export` writes all of them. */
const MOST_FILE_BYTES = 200_000_000;

/** The name of an archive: 'steward-2026-11-25.zip', with its number from the second on. */
export function archiveName(day: string, part: number): string {
  return part === 1 ? `steward-${day}.zip` : `steward-${day}-${part}.zip`;
}

/** The documents that hold everything of the actor's space, in order. `partBytes`: compressed JSON lines after which the next begins. */
export async function exportMessages(
  tx: Tx,
  actor: Actor,
  options: {
    readonly now: EpochMs;
    readonly t: Translator;
    readonly contents: Pick<Contents, 'read'>;
    readonly partBytes?: number;
  },
): Promise<Outgoing[]> {
  const { now, t, contents, ...rest } = options;
  const { bytes: size } = await spaceUse(tx, actor);
  const withFiles = size <= MOST_FILE_BYTES;
  const day = today(now, actor.person.timezone);
  const messages: Outgoing[] = [];
  for await (const archive of writeArchives(tx, actor, { now, t, ...rest, ...(withFiles ? { contents } : {}) })) {
    const { id, bytes } = await keepFile(tx, archive.content, now);
    messages.push({
      chatId: actor.chatId,
      priority: ANSWER,
      method: 'sendDocument',
      payload: {
        file: { id, bytes, name: archiveName(day, archive.part) },
        caption: captionOf(t, archive.part, archive.last(), archive.rows(), withFiles),
        repeatMark: t.text('shared-repeat'),
      },
    });
  }
  return messages;
}

/** The day until which backups made before `now` are kept, as people read it. */
export function keptUntil(now: EpochMs, days: number): string {
  return iso(now + days * 86_400_000).slice(0, 10);
}
