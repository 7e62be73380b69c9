/** What can be sent besides words and files: a place, a contact, something as it comes from somebody else. */
import { act } from '../connection.js';
import { h } from '../dom.js';
import { ask, tellFailure, toast } from '../notices.js';
import { words } from '../texts/index.js';

/** Sends where the person is, as the browser knows it; where it does not tell, the place is typed. */
export async function sendPlace() {
  const here = await position();
  if (here) {
    await act('location', here).catch(tellFailure);
    return;
  }
  toast(words.placeRefused);
  const numeric = { class: 'number', inputmode: 'decimal', required: true };
  const answer = await ask({
    title: words.placeTitle,
    content: [
      h(
        'label',
        { class: 'field' },
        words.latitude,
        h('input', { name: 'latitude', ...numeric, pattern: '-?\\d{1,2}([.,]\\d+)?' }),
      ),
      h(
        'label',
        { class: 'field' },
        words.longitude,
        h('input', { name: 'longitude', ...numeric, pattern: '-?\\d{1,3}([.,]\\d+)?' }),
      ),
    ],
    submit: words.send,
  });
  if (!answer) return;
  const number = (/** @type {string} */ name) => Number(String(answer.get(name)).replace(',', '.'));
  await act('location', { latitude: number('latitude'), longitude: number('longitude') }).catch(tellFailure);
}

const patienceMs = 10_000;

/** @returns {Promise<{ latitude: number, longitude: number } | undefined>} */
function position() {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) return resolve(undefined);
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => resolve({ latitude, longitude }),
      () => resolve(undefined),
      { timeout: patienceMs, maximumAge: 600_000 },
    );
  });
}

export const sendContact = () => act('contact', {}).catch(tellFailure);

/** Writes a message as it comes when it is forwarded from a third person. */
export async function forwardFromSomeone() {
  const answer = await ask({
    title: words.forwardTitle,
    content: [
      h(
        'label',
        { class: 'field' },
        words.forwardName,
        h('input', { name: 'name', required: true, maxlength: 64, autocomplete: 'off' }),
      ),
      h('label', { class: 'field' }, words.forwardText, h('textarea', { name: 'text', rows: 4, required: true })),
    ],
    submit: words.send,
  });
  if (!answer) return;
  await act('forward', { from_name: answer.get('name'), text: answer.get('text') }).catch(tellFailure);
}
