/** Sending photos, documents and other media, albums of them, places and contacts; asking for files. */
import { randomInt } from 'node:crypto';
import type { Message } from '@grammyjs/types';
import { type MediaKind, mediaContent } from '../rules/media.ts';
import { captionText } from '../rules/text.ts';
import { isObject, Params, type UploadedFile } from '../wire/params.ts';
import { badRequest } from '../wire/refusal.ts';
import { type Call, type Method, sendContext } from './call.ts';
import { post } from './messages.ts';

const folders: Record<MediaKind, string> = {
  photo: 'photos',
  document: 'documents',
  voice: 'voice',
  audio: 'music',
  video: 'videos',
  animation: 'animations',
};

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
  return mediaContent(known, kind, params);
}

function stored(call: Call, upload: UploadedFile, kind: MediaKind): ReturnType<typeof mediaContent> {
  if (upload.bytes.length === 0) throw badRequest('file must be non-empty');
  return mediaContent(call.world.files.add(folders[kind], upload.name, upload.type, upload.bytes), kind, call.params);
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
  const media = call.params.json('media', 'media');
  if (!Array.isArray(media)) throw badRequest("can't parse media: expected an Array");
  if (media.length < 2 || media.length > 10) throw badRequest('expected from 2 to 10 media in the media group');
  const group = String(randomInt(10 ** 12, 10 ** 14));
  const contents = (media as readonly unknown[]).map((item) => {
    if (!isObject(item) || !isGroupKind(item['type'])) throw badRequest("can't parse InputMedia: unsupported type");
    const params = new Params({ ...item, [item['type']]: item['media'] });
    return {
      ...fileParam(call, params, item['type'], item['type']),
      ...caption(params),
      ...common,
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
