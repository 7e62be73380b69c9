/** Pictures, sound, files, places and contacts of a message. */
/** @import { Message } from '@grammyjs/types' */
import { fileAddress } from '../connection.js';
import { h, icon } from '../dom.js';
import { locale } from '../reader.js';
import { words } from '../texts/index.js';

/** @param {Message} message @returns {Node | undefined} */
export function mediaOf(message) {
  const { photo, voice, audio, video, animation, document, location, contact } = message;
  const largest = photo?.at(-1);
  if (largest) return picture(largest, message.caption);
  if (voice) return player(voice.file_id, words.voice, voice.duration);
  if (audio) return player(audio.file_id, audio.title ?? fileLabel(audio.file_name ?? words.audio), audio.duration);
  if (animation) return moving(animation, true);
  if (video) return moving(video, false);
  if (document) return file(document);
  if (location) return place(location);
  if (contact)
    return h('div', { class: 'plain-card' }, icon('person'), `${contact.first_name} ${contact.phone_number}`);
  return undefined;
}

/** The few words that stand for a message's content where only words fit. @param {Message} message */
export function mediaName(message) {
  if (message.photo) return words.photo;
  if (message.voice) return words.voice;
  if (message.audio) return fileLabel(message.audio.file_name ?? words.audio);
  if (message.video || message.animation) return words.video;
  if (message.document) return fileLabel(message.document.file_name ?? words.file);
  if (message.location) return words.place;
  return message.contact ? words.contact : '';
}

/** Pictures are shown no larger than this in either direction; CSS makes them smaller where there is no room. */
const shownSize = 420;

/** @param {{ file_id: string, width: number, height: number }} photo @param {string | undefined} caption */
function picture({ file_id, width, height }, caption) {
  const scale = Math.min(1, shownSize / width, shownSize / height);
  const address = fileAddress(file_id);
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
  const alt = caption ? `${words.photo}: ${caption}` : words.photo;
  return h(
    'a',
    { class: 'picture', href: address, target: '_blank', rel: 'noopener' },
    h('img', { src: address, alt, loading: 'lazy', decoding: 'async', ...size }),
  );
}

/** @param {string} id @param {string} label @param {number} seconds */
function player(id, label, seconds) {
  return h(
    'figure',
    { class: 'player' },
    h('figcaption', {}, `${label} · ${duration(seconds)}`),
    h('audio', { controls: true, preload: 'metadata', src: fileAddress(id), 'aria-label': label }),
  );
}

/** @param {{ file_id: string, width: number, height: number }} film @param {boolean} loop */
function moving({ file_id, width, height }, loop) {
  const scale = Math.min(1, shownSize / width, shownSize / height);
  return h('video', {
    controls: true,
    loop,
    preload: 'metadata',
    src: fileAddress(file_id),
    width: Math.round(width * scale),
    height: Math.round(height * scale),
    'aria-label': words.video,
  });
}

/** @param {{ file_id: string, file_name?: string, file_size?: number }} document */
function file({ file_id, file_name = words.file, file_size = 0 }) {
  const address = `${fileAddress(file_id)}?save`;
  return h(
    'a',
    { class: 'file', href: address, download: file_name.replace(turning, '') },
    h('span', { class: 'file-sign' }, icon('save')),
    h('span', { class: 'unseen' }, `${words.save}: `),
    h('span', { class: 'file-name', dir: 'auto' }, fileLabel(file_name)),
    h('span', { class: 'dim' }, size(file_size)),
  );
}

/** @param {{ latitude: number, longitude: number }} location */
function place({ latitude, longitude }) {
  const at = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  return h('div', { class: 'plain-card' }, icon('place'), `${words.place} · ${at}`);
}

/** Characters that turn the direction of what follows: by them "exe.jpg" is drawn where "gpj.exe" is meant. */
const turning = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
/** Characters of a name that are shown. */
const labelled = 80;

/** A file's name as it is shown: nothing in it turns round, and of a long one beginning and end. @param {string} name */
export function fileLabel(name) {
  const signs = [...name.replace(turning, '')];
  return signs.length <= labelled
    ? signs.join('')
    : `${signs.slice(0, labelled - 20).join('')}…${signs.slice(-19).join('')}`;
}

/** In thousands, as Steward tells it. @param {number} bytes */
export function size(bytes) {
  const [unit, divisor] = bytes < 1000 ? ['byte', 1] : bytes < 1_000_000 ? ['kilobyte', 1000] : ['megabyte', 1_000_000];
  const digits = divisor === 1_000_000 ? 1 : 0;
  const format = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: String(unit),
    // "8 byte" is short for nothing.
    unitDisplay: divisor === 1 ? 'long' : 'short',
    maximumFractionDigits: digits,
  });
  return format.format(bytes / Number(divisor));
}

/** @param {number} seconds */
export const duration = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
