/** The fields of a message that carry a file, for messages of the bot and of people alike. */
import type { Message } from '@grammyjs/types';
import type { StoredFile } from '../files.ts';
import type { Params } from '../wire/params.ts';
import { pictureOf } from './picture.ts';

export type MediaKind = 'photo' | 'document' | 'voice' | 'audio' | 'video' | 'animation';

export type MediaContent = Pick<Message, MediaKind>;

/** Where files of a kind lie below `/file/bot<TOKEN>/`. */
export const mediaFolders: Readonly<Record<MediaKind, string>> = {
  photo: 'photos',
  document: 'documents',
  voice: 'voice',
  audio: 'music',
  video: 'videos',
  animation: 'animations',
};

/** The file as a message of `kind` shows it. Sizes and durations come from `params` when they are given there. */
export function mediaContent(file: StoredFile, kind: MediaKind, params: Params): MediaContent {
  const ids = { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.bytes.length };
  const named = { ...ids, file_name: file.name, mime_type: file.type };
  const duration = params.integer('duration') ?? 1;
  const picture = pictureOf(file.bytes);
  const frame = {
    width: params.integer('width') ?? picture?.width ?? 640,
    height: params.integer('height') ?? picture?.height ?? 480,
  };
  switch (kind) {
    case 'photo':
      return { photo: [{ ...ids, ...frame }] };
    case 'document':
      return { document: named };
    case 'voice':
      return { voice: { ...ids, mime_type: file.type, duration } };
    case 'audio':
      return { audio: { ...named, duration } };
    case 'video':
      return { video: { ...named, ...frame, duration } };
    case 'animation':
      return { animation: { ...named, ...frame, duration }, document: named };
  }
}
