/** /export, /import and /forget_me. */
import type { PersonDefaults } from '../../access/people.ts';
import { iso } from '../../core/clock.ts';
import { Conflict, UserError } from '../../core/errors.ts';
import type { Contents } from '../../storage/contents/contents.ts';
import { dropFile } from '../../storage/contents/transfer-files.ts';
import { handleButtons } from '../../telegram/buttons.ts';
import type { Context, Feature } from '../../telegram/feature.ts';
import { ArchiveFault, openArchive } from './archive/read.ts';
import { buttons } from './buttons.ts';
import { exportMessages, keptUntil } from './exporting.ts';
import { forgetPerson } from './forget.ts';
import { awaitImport, CHAT_LIMITS, keptArchive, MOST_BYTES, takeArchive } from './importing.ts';
import { statements as sql } from './statements.ts';
import type { Hooks } from './taking-in.ts';
import * as views from './views.ts';

export interface PortabilityDeps {
  /** What every feature does once rows of its tables came in. */
  readonly hooks: () => Hooks;
  /** Wakes whoever fetches archives, once the transaction is committed. */
  readonly wakeImports: () => void;
  /** Whether the configuration names this Telegram id. */
  readonly isConfigured: (telegramUserId: number | null) => boolean;
  readonly defaults: PersonDefaults;
  /** the bytes of attachments */
  readonly contents: Contents;
  /** for how many days a backup is kept */
  readonly backupDays: number;
}

/** Everything of a person is no group's business. */
function inPrivate(context: Context): void {
  if (context.inbound.chatKind === 'group') throw new UserError('error-not-in-group');
}

/** How long the chat waits for the archive, and for the word. Minutes. */
const WAIT_MINUTES = 60;
const WORD_MINUTES = 10;

/** The feature. */
export function portabilityFeature(deps: PortabilityDeps): Feature {
  async function sendExport(context: Context): Promise<void> {
    inPrivate(context);
    const { tx, actor, now, t } = context;
    await context.send(await exportMessages(tx, actor, { now, t, contents: deps.contents }));
  }

  /** True when the message brought an archive. */
  async function takeFile(context: Context): Promise<boolean> {
    const [file, ...others] = context.inbound.files.filter((one) => one.kind === 'document');
    if (!file || others.length > 0) return false;
    if ((file.bytes ?? 0) > MOST_BYTES) throw new UserError('portability-error-too-large-to-fetch');
    const { tx, actor, now, t } = context;
    await context.flow.end();
    await awaitImport(tx, actor, file.fileId, iso(now));
    tx.afterCommit(deps.wakeImports);
    await context.answer(views.readingView(t));
    return true;
  }

  async function startImport(context: Context): Promise<void> {
    inPrivate(context);
    if (await takeFile(context)) return;
    await context.flow.start('portability.file', {}, WAIT_MINUTES);
    await context.answer(views.askForFileView(context.t));
  }

  async function take(context: Context, offer: number): Promise<void> {
    inPrivate(context);
    const { tx, actor, now, t } = context;
    const [offered] = await tx.query<{ file: string | null; state: string }>(sql.offeredImport, [
      offer,
      actor.person.id,
    ]);
    if (offered?.state === 'done') throw new Conflict('error-already-done');
    const content =
      offered?.state === 'offered' && offered.file !== null ? await keptArchive(tx, offered.file) : undefined;
    if (!content || content.length === 0) throw new Conflict('portability-error-expired');
    const archive = await openArchive(content, CHAT_LIMITS);
    try {
      const { actionId, result } = await context.perform(
        'data.import',
        (changes) => takeArchive(changes, actor, archive, { hooks: deps.hooks(), now, contents: deps.contents }),
        ({ added }) => ({ key: 'action-portability-import', args: { count: added } }),
      );
      await end(context, offer, 'done');
      // The files that came along go where files are kept.
      tx.afterCommit(deps.wakeImports);
      context.wakeDeliveries();
      await context.replace(views.takenView(t, result, actionId));
    } catch (error) {
      // Proved when it was offered; what changed since is no fault of ours to be tried again.
      if (error instanceof ArchiveFault) throw new UserError(error.key, { ...error.args });
      throw error;
    } finally {
      archive.close();
    }
  }

  async function end(context: Context, offer: number, state: 'done' | 'cancelled'): Promise<void> {
    const [ended] = await context.tx.query<{ file: string | null }>(sql.endImport, [offer, state]);
    if (ended?.file) await dropFile(context.tx, ended.file);
  }

  async function leave(context: Context, offer: number): Promise<void> {
    const { tx, actor } = context;
    const [offered] = await tx.query<{ state: string }>(sql.offeredImport, [offer, actor.person.id]);
    if (offered?.state === 'offered') await end(context, offer, 'cancelled');
    await context.replace(views.leftView(context.t));
  }

  const isInvited = (context: Context) => !deps.isConfigured(context.actor.person.telegramUserId);

  async function explain(context: Context): Promise<void> {
    inPrivate(context);
    await context.answer(views.explainView(context.t, deps.backupDays, isInvited(context)));
  }

  async function askWord(context: Context): Promise<void> {
    inPrivate(context);
    await context.flow.start('portability.forget', {}, WORD_MINUTES);
    await context.replace(views.askWordView(context.t));
  }

  async function forget(context: Context): Promise<boolean> {
    const { tx, actor, t, now, inbound } = context;
    await context.flow.end();
    const plain = (text: string) =>
      text
        .trim()
        .replaceAll(/[."«»“”!]/g, '')
        .toLocaleLowerCase();
    if (plain(inbound.text) !== plain(t.text('portability-forget-word'))) {
      await context.answer(views.keptView(t));
      // Other words may mean something else: they are handled as any message.
      return false;
    }
    const invited = isInvited(context);
    await forgetPerson(tx, actor.person, { configured: !invited, defaults: deps.defaults, now });
    await context.answer(views.forgottenView(t, keptUntil(now, deps.backupDays), invited));
    return true;
  }

  const everyone = { topic: 'safety', scope: 'everyone', menu: true, usage: '', place: 'private' } as const;
  return {
    name: 'portability',
    commands: [
      { ...everyone, name: 'export', run: sendExport },
      { ...everyone, name: 'import', run: startImport },
      { ...everyone, name: 'forget_me', run: explain },
    ],
    takesForwards: ['portability.file'],
    flows: {
      'portability.file': async (context) => {
        if (await takeFile(context)) return true;
        await context.flow.end();
        return false;
      },
      'portability.forget': forget,
    },
    buttons: [
      handleButtons(buttons, {
        take: (context: Context, { offer }) => take(context, offer),
        leave: (context: Context, { offer }) => leave(context, offer),
        export: sendExport,
        forget: askWord,
        keep: (context: Context) => context.replace(views.keptView(context.t)),
      }),
    ],
  };
}
