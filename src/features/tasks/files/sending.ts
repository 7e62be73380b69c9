/** Sends a file of a task back into the chat as what it was. */
import { ANSWER, type Outgoing } from '../../../outbox/outbox.ts';
import type { Context, FileKind } from '../../../telegram/feature.ts';
import { taskOf } from '../bot/chat.ts';
import { showsTask } from '../views/cards.ts';
import { extensionFor } from './media-type.ts';
import { extensionOf, safeName } from './name.ts';
import * as service from './service.ts';

const METHODS: Readonly<Record<FileKind, Outgoing['method']>> = {
  photo: 'sendPhoto',
  document: 'sendDocument',
  audio: 'sendAudio',
  voice: 'sendVoice',
  video: 'sendVideo',
  animation: 'sendAnimation',
  video_note: 'sendVideoNote',
  sticker: 'sendSticker',
};

/** The content each kind takes when its bytes are sent; anything else goes as a document. */
const FITTING: Readonly<Record<FileKind, RegExp>> = {
  photo: /^image\/(?:jpeg|png|webp)$/,
  document: /^/,
  audio: /^audio\/(?:mpeg|mp4)$/,
  voice: /^audio\/(?:ogg|mpeg|mp4)$/,
  video: /^video\/mp4$/,
  animation: /^(?:video\/mp4|image\/gif)$/,
  video_note: /^video\/mp4$/,
  sticker: /^image\/webp$/,
};

/** The name a file leaves under: with the extension of its content where it has none. */
function leavingName({ name, mediaType }: service.TaskFile): string {
  const safe = safeName(name) || 'file';
  const extension = extensionFor(mediaType);
  return extensionOf(safe) !== '' || extension === '' ? safe : `${safe}.${extension}`;
}

/** Sends a file back into the chat as what it was: by Telegram's own copy where it still has it, else from ours. */
export async function sendFile(context: Context, id: number): Promise<void> {
  const { actor, botId, inbound, t } = context;
  const file = await service.fileOf(context.tx, actor, id);
  const task = await taskOf(context, file.taskId);
  const known = file.telegramFile !== '' && Number(file.botId) === Number(botId);
  const about = [file.description || task.title, `#${task.number}`].join('  ').slice(0, 1000);
  const captioned = file.kind !== 'video_note' && file.kind !== 'sticker';
  await context.send([
    {
      chatId: inbound.chatId,
      priority: ANSWER,
      method: METHODS[file.kind],
      payload: {
        file: {
          sha256: file.state === 'kept' ? file.sha256 : null,
          name: leavingName(file),
          bytes: file.bytes ?? 0,
          telegramFile: known ? file.telegramFile : null,
          fits: FITTING[file.kind].test(file.mediaType ?? ''),
          missing: t.text('file-gone-from-store', { name: file.name }),
        },
        ...(captioned ? { caption: about } : {}),
        repeatMark: t.text('shared-repeat'),
        ...(inbound.threadId === null || inbound.chatKind === 'private' ? {} : { message_thread_id: inbound.threadId }),
      },
      link: showsTask(task, null),
    },
  ]);
}
