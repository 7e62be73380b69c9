/** Tells the operator once, over all replicas, that a newer version runs and what it changed. Never at a first start, nor after going back. */
import type { Person } from '../../access/people.ts';
import type { ChatId } from '../../core/ids.ts';
import { changesBetween, compareVersions } from '../../core/version.ts';
import { type Translator, translator } from '../../locales/translator.ts';
import type { Outgoing } from '../../outbox/outbox.ts';
import type { Tx } from '../../storage/database.ts';
import { noticeOf } from '../../telegram/notice.ts';
import { bold, folded, type View } from '../../telegram/view.ts';
import { statements as sql } from './statements.ts';

/** More points than these are in the changelog. */
const MOST_POINTS = 25;

export interface Running {
  readonly version: string;
  /** the text of CHANGELOG.md; asked for when there is something to tell */
  readonly changelog: () => string;
}

function upgradeView(t: Translator, before: string, { version, changelog }: Running): View {
  const points = changesBetween(changelog(), before, version).slice(0, MOST_POINTS);
  const text = points.map((point) => `• ${point}`).join('\n');
  return {
    lines: [
      [bold(t.text('status-new-version', { version, before }))],
      ...(points.length === 0 ? [] : [[t.text('status-new-version-what')], [folded(text)]]),
    ],
  };
}

/**
 * The notice of a version newer than the one told of last, empty when there is none. The mark is set in `tx`: put the messages into
 * the outbox in the same transaction. While replicas of two versions run beside one another, the older one tells nothing.
 */
export async function newVersionNotice(tx: Tx, operator: Person, running: Running): Promise<Outgoing[]> {
  if (operator.telegramUserId === null) return [];
  const { version } = running;
  const [told] = await tx.query<{ version: string }>(sql.toldVersion);
  if (!told) {
    await tx.query(sql.firstVersion, [version]);
    return [];
  }
  if (compareVersions(version, told.version) <= 0) return [];
  await tx.query(sql.setToldVersion, [version]);
  return noticeOf(operator.telegramUserId as ChatId, upgradeView(translator(operator.language), told.version, running));
}
