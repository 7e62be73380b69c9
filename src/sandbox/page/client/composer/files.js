/** Sending files: chosen, pasted or dropped, looked at once more with a caption, then sent one after another. */
import { sendFile } from '../connection.js';
import { h } from '../dom.js';
import { fileLabel, size } from '../log/media.js';
import { ask, tellFailure, toast } from '../notices.js';
import { words } from '../texts/index.js';

const limit = 20 * 1024 * 1024;
const albumLimit = 10;
const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** Lets the person choose files. @param {string} accept @returns {Promise<File[]>} */
export function choose(accept) {
  return new Promise((resolve) => {
    const input = h('input', { type: 'file', multiple: true, accept, hidden: true });
    /** @param {File[]} files */
    const done = (files) => {
      input.remove();
      resolve(files);
    };
    input.addEventListener('change', () => done([...(input.files ?? [])]));
    input.addEventListener('cancel', () => done([]));
    document.body.append(input);
    input.click();
  });
}

/**
 * Asks for a caption and sends. Resolves to whether anything was sent.
 * @param {readonly File[]} chosen
 * @param {{ caption: string, replyTo: number | undefined, kind?: 'voice' | 'document' }} options
 */
export async function sendFiles(chosen, { caption, replyTo, kind }) {
  const files = chosen.filter((file) => file.size <= limit && file.size > 0).slice(0, albumLimit);
  if (files.length < chosen.length) toast(words.tooBig);
  if (files.length === 0) return false;
  const drawn = await Promise.all(files.map(drawable));
  const allPictures = kind === undefined && drawn.every((address) => address !== undefined);
  const previews = files.map((file, index) => preview(file, drawn[index]));
  const text = h('textarea', { name: 'caption', rows: 2, maxlength: 1024, autofocus: true }, caption);
  text.addEventListener('keydown', (event) => {
    // As in the field for messages: Enter sends, Shift+Enter begins a line.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    text.form?.requestSubmit();
  });
  const answer = await ask({
    title: words.sendFiles,
    content: [
      h('ul', { class: 'previews' }, ...previews.map(({ element }) => element)),
      allPictures
        ? h(
            'label',
            { class: 'choice' },
            h('input', { type: 'checkbox', name: 'photos', checked: true }),
            words.asPhotos,
          )
        : '',
      h('label', { class: 'field' }, words.caption, text),
    ],
    submit: words.send,
  });
  for (const { forget } of previews) forget();
  if (!answer) return false;
  const asPhotos = answer.get('photos') !== null;
  const album = files.length > 1 ? String(crypto.getRandomValues(new Uint32Array(1))[0]) : undefined;
  for (const [index, file] of files.entries()) {
    const fields = {
      kind: kind ?? (asPhotos ? 'photo' : kindOf(file)),
      name: file.name,
      ...(index === 0 ? { caption: String(answer.get('caption') ?? '') } : {}),
      ...(index === 0 && replyTo !== undefined ? { reply_to: String(replyTo) } : {}),
      ...(album === undefined ? {} : { album }),
    };
    try {
      await sendFile(file, fields);
    } catch (error) {
      tellFailure(error);
      return index > 0;
    }
  }
  return true;
}

/** What Telegram's clients make of a file that is no photo. @param {File} file */
function kindOf({ type }) {
  if (type.startsWith('video/')) return 'video';
  return type.startsWith('audio/') ? 'audio' : 'document';
}

/** The address of a file that the browser can draw: a name that ends in .jpg makes no photo. @param {File} file @returns {Promise<string | undefined>} */
async function drawable(file) {
  if (!pictures.has(file.type)) return undefined;
  const address = URL.createObjectURL(file);
  const isDrawn = await new Promise((resolve) => {
    const image = new Image();
    image.addEventListener('load', () => resolve(true));
    image.addEventListener('error', () => resolve(false));
    image.src = address;
  });
  if (isDrawn) return address;
  URL.revokeObjectURL(address);
  return undefined;
}

/** @param {File} file @param {string | undefined} address as `drawable` gave it, let go by `forget` */
function preview(file, address) {
  const element = h(
    'li',
    {},
    address !== undefined && h('img', { src: address, alt: '' }),
    h('span', { class: 'file-name', dir: 'auto' }, fileLabel(file.name)),
    h('span', { class: 'dim' }, size(file.size)),
  );
  return { element, forget: () => address !== undefined && URL.revokeObjectURL(address) };
}

/** Takes files dropped anywhere on the page. @param {(files: File[]) => void} take */
export function acceptDrops(take) {
  const cover = h('div', { class: 'drop', hidden: true }, words.dropHere);
  document.body.append(cover);
  const hasFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files') === true;
  document.addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    cover.hidden = false;
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) cover.hidden = true;
  });
  document.addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    cover.hidden = true;
    take([...(event.dataTransfer?.files ?? [])]);
  });
}
