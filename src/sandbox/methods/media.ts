/** Sending photos, documents and other media, albums of them, places and contacts; asking for files. */
import { randomInt } from 'node:crypto';
import type { Message } from '@grammyjs/types';
import { type MediaKind, mediaContent, mediaFolders } from '../rules/media.ts';
import { pictureOf } from '../rules/picture.ts';
import { captionText } from '../rules/text.ts';
import { isObject, Params, type UploadedFile } from '../wire/params.ts';
import { badRequest } from '../wire/refusal.ts';
import { type Call, type Method, sendContext } from './call.ts';
import { post } from './messages.ts';

/** The file a parameter gives: an upload, `attach://name`, or the id of a file that is here. */
function fileParam(call: Call, params: Params, name: string, kind: MediaKind): ReturnType<typeof mediaContent> {
  const upload = call.params.files.get(name);
  const text = params.text(name);
  if (upload) return stored(call, upload, kind);
  if (text === undefined || text === '') throw badRequest(`there is no ${kind} in the request`);
  const attached = /^attach:\/\/(.+)$/.exec(text)?.[1];
  if (attached !== undefined) {
    const file = call.params.files.get(attached);
    if (!file) throw badRequest(`file "${attached}" not found in the request`);
    return stored(call, file, kind);
  }
  if (/^https?:/i.test(text)) throw badRequest('the sandbox does not fetch files by URL: upload them');
  const known = call.world.files.byId(text);
  if (!known) throw badRequest('wrong file identifier/HTTP URL specified');
  // Sent again by its id a file stays what it was.
  if (!known.path.startsWith(`${mediaFolders[kind]}/`)) throw badRequest('type of file mismatch');
  return mediaContent(known, kind, params);
}

function stored(call: Call, upload: UploadedFile, kind: MediaKind): ReturnType<typeof mediaContent> {
  if (upload.bytes.length === 0) throw badRequest('file must be non-empty');
  if (kind === 'photo') checkPhoto(upload);
  return mediaContent(
    call.world.files.add(mediaFolders[kind], upload.name, upload.type, upload.bytes),
    kind,
    call.params,
  );
}

const photoLimit = 10 * 1024 * 1024;

/** A photo is a picture of at most 10 MB, whose sides sum to at most 10,000 pixels and are at most 20 times as long as one another. */
function checkPhoto({ bytes }: UploadedFile): void {
  if (bytes.length > photoLimit) {
    throw badRequest(
      `file of size ${bytes.length} bytes is too big for a photo; the maximum size is ${photoLimit} bytes`,
    );
  }
  const picture = pictureOf(bytes);
  if (!picture) throw badRequest('IMAGE_PROCESS_FAILED');
  const { width, height } = picture;
  if (width + height > 10_000 || Math.max(width, height) > 20 * Math.min(width, height)) {
    throw badRequest('PHOTO_INVALID_DIMENSIONS');
  }
}

type Captioned = Pick<Message, 'caption' | 'caption_entities'>;

function caption(params: Params): Captioned {
  const { text, entities } = captionText(params);
  return { ...(text === '' ? {} : { caption: text }), ...(entities.length > 0 ? { caption_entities: entities } : {}) };
}

function send(kind: MediaKind): Method {
  return (call) => {
    const captioned = caption(call.params);
    const { room, common, replyKeyboard } = sendContext(call);
    const media = fileParam(call, call.params, kind, kind);
    return post(call, room, { ...media, ...captioned, ...common }, replyKeyboard);
  };
}

const groupKinds = new Set(['photo', 'document', 'audio', 'video']);

function isGroupKind(type: unknown): type is MediaKind {
  return typeof type === 'string' && groupKinds.has(type);
}

const sendMediaGroup: Method = (call) => {
  const { room, common } = sendContext(call);
  // An album has no keyboard: one that is given anyway is passed over.
  const { reply_markup: _, ...shared } = common;
  const media = call.params.json('media', 'media');
  if (!Array.isArray(media)) throw badRequest("can't parse media: expected an Array");
  if (media.length < 2 || media.length > 10) throw badRequest('expected from 2 to 10 media in the media group');
  const group = String(randomInt(10 ** 12, 10 ** 14));
  const kinds = new Set((media as readonly unknown[]).map((item) => (isObject(item) ? item['type'] : undefined)));
  for (const alone of ['document', 'audio']) {
    if (kinds.has(alone) && kinds.size > 1) throw badRequest(`${alone}s can't be mixed with other media types`);
  }
  const contents = (media as readonly unknown[]).map((item) => {
    if (!isObject(item) || !isGroupKind(item['type'])) throw badRequest("can't parse InputMedia: unsupported type");
    const params = new Params({ ...item, [item['type']]: item['media'] });
    return {
      ...fileParam(call, params, item['type'], item['type']),
      ...caption(params),
      ...shared,
      media_group_id: group,
    };
  });
  return contents.map((content) => post(call, room, content));
};

const sendLocation: Method = (call) => {
  const { room, common, replyKeyboard } = sendContext(call);
  const latitude = call.params.number('latitude');
  const longitude = call.params.number('longitude');
  if (latitude === undefined || longitude === undefined) throw badRequest('latitude and longitude must be specified');
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw badRequest('wrong latitude or longitude specified');
  return post(call, room, { location: { latitude, longitude }, ...common }, replyKeyboard);
};

const sendContact: Method = (call) => {
  const { room, common, replyKeyboard } = sendContext(call);
  const phone = call.params.text('phone_number');
  const name = call.params.text('first_name');
  if (!phone) throw badRequest('phone number is empty');
  if (!name) throw badRequest('first name is empty');
  return post(call, room, { contact: { phone_number: phone, first_name: name }, ...common }, replyKeyboard);
};

const getFile: Method = ({ world, params }) => world.files.describe(params.text('file_id') ?? '');

export const mediaMethods = {
  sendPhoto: send('photo'),
  sendDocument: send('document'),
  sendVoice: send('voice'),
  sendAudio: send('audio'),
  sendVideo: send('video'),
  sendAnimation: send('animation'),
  sendMediaGroup,
  sendLocation,
  sendContact,
  getFile,
} satisfies Record<string, Method>;
