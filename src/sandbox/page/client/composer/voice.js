/** Records a voice message: a press begins, another sends, Escape or Cancel drops it. */
import { sendFile } from '../connection.js';
import { h, iconButton } from '../dom.js';
import { duration } from '../log/media.js';
import { tellFailure, toast } from '../notices.js';
import { words } from '../texts/index.js';

/** What Telegram takes first; browsers that cannot record it record what they can. */
const types = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'];

export const canRecord = 'MediaRecorder' in globalThis && 'mediaDevices' in navigator;

/**
 * Records until the person decides. Resolves when it is over, sent or not.
 * @param {HTMLElement} place where the controls are shown meanwhile
 * @returns {Promise<void>}
 */
export async function recordVoice(place) {
  /** @type {MediaStream} */
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    toast(words.noMicrophone);
    return;
  }
  const mimeType = types.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, mimeType === undefined ? {} : { mimeType });
  /** @type {Blob[]} */
  const parts = [];
  recorder.addEventListener('dataavailable', (event) => parts.push(event.data));
  const began = performance.now();
  const seconds = () => Math.max(1, Math.round((performance.now() - began) / 1000));
  const clock = h('span', { class: 'clock' }, duration(0));
  const ticking = setInterval(() => {
    clock.textContent = duration(seconds());
  }, 500);
  /** @type {boolean} */
  const wanted = await new Promise((resolve) => {
    const bar = h(
      'div',
      {
        class: 'recording',
        role: 'group',
        'aria-label': words.recordingNow,
        onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && resolve(false),
      },
      h('span', { class: 'dot', 'aria-hidden': 'true' }),
      clock,
      h('button', { type: 'button', class: 'quiet', onclick: () => resolve(false) }, words.cancel),
      iconButton('send', words.send, { class: 'round send', onclick: () => resolve(true) }),
    );
    place.append(bar);
    recorder.start();
    bar.querySelector('.send') instanceof HTMLElement &&
      /** @type {HTMLElement} */ (bar.querySelector('.send')).focus();
  });
  const lasted = seconds();
  clearInterval(ticking);
  place.querySelector('.recording')?.remove();
  await new Promise((resolve) => {
    recorder.addEventListener('stop', resolve);
    recorder.stop();
  });
  for (const track of stream.getTracks()) track.stop();
  if (!wanted) return;
  const file = new Blob(parts, { type: (mimeType ?? 'audio/ogg').split(';')[0] ?? '' });
  await sendFile(file, { kind: 'voice', name: 'voice.ogg', duration: String(lasted) }).catch(tellFailure);
}
