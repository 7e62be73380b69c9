/** Short remarks that pass, and questions that wait for an answer. */

import { RequestFailed } from './connection.js';
import { h, iconButton, present } from './dom.js';
import { words } from './texts/index.js';

const toastMs = 4_500;
const toasts = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });

/** The place of remarks, once on the page. */
export const toastArea = toasts;

/** @param {string} text */
export function toast(text) {
  const shown = h('div', { class: 'toast', dir: 'auto' }, text);
  toasts.append(shown);
  while (toasts.children.length > 3) toasts.firstElementChild?.remove();
  setTimeout(() => shown.remove(), toastMs);
}

/** Says what became of a request that failed. @param {unknown} error */
export function tellFailure(error) {
  if (!(error instanceof RequestFailed)) throw error;
  if (error.status === 413) toast(words.tooBig);
  else if (error.status === 400 && error.message.includes('no longer there')) toast(words.gone);
  else toast(error.status === 0 || error.status === 403 ? words.unreachable : words.failed);
}

/**
 * A dialog with a title, a form and two buttons. Resolves with the form when it was sent, undefined when it was left.
 * @param {{ title: string, content: readonly (Node | string)[], submit: string, cancel?: boolean }} options
 * @returns {Promise<FormData | undefined>}
 */
export function ask({ title, content, submit, cancel = true }) {
  return new Promise((resolve) => {
    const form = h(
      'form',
      { method: 'dialog' },
      h(
        'header',
        {},
        h('h2', { id: 'dialog-title' }, title),
        cancel && iconButton('close', words.close, { onclick: () => dialog.close() }),
      ),
      ...content,
      h(
        'footer',
        {},
        ...present([
          cancel && h('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, words.cancel),
          h('button', { type: 'submit', class: 'primary' }, submit),
        ]),
      ),
    );
    const dialog = h('dialog', { 'aria-labelledby': 'dialog-title' }, form);
    /** @type {FormData | undefined} */
    let answer;
    form.addEventListener('submit', () => {
      answer = new FormData(form);
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Words that wait until they are read. @param {string} text */
export const alertDialog = (text) => ask({ title: text, content: [], submit: words.ok, cancel: false });

/** @param {string} text */
export function copyText(text) {
  navigator.clipboard.writeText(text).then(
    () => toast(words.copied),
    () => toast(words.failed),
  );
}
