/** The menu of a message, and any other short list of things to do: opened by a button, gone by Escape or a press elsewhere. */
/** @import { IconName } from '../dom.js' */
import { h, icon } from '../dom.js';

/** @typedef {{ icon: IconName, label: string, run: () => void }} MenuItem */

/** @param {HTMLElement} opener @param {readonly MenuItem[]} items */
export function openMenu(opener, items) {
  document.querySelector('.menu')?.remove();
  const menu = h(
    'div',
    { class: 'menu', role: 'menu', 'aria-label': opener.getAttribute('aria-label') },
    ...items.map((item) =>
      h(
        'button',
        {
          type: 'button',
          role: 'menuitem',
          tabindex: -1,
          onclick: () => {
            close(true);
            item.run();
          },
        },
        icon(item.icon),
        item.label,
      ),
    ),
  );
  /** @param {boolean} back the focus returns to the button */
  const close = (back) => {
    document.removeEventListener('pointerdown', onPointer, true);
    menu.remove();
    opener.removeAttribute('aria-expanded');
    if (back) opener.focus();
  };
  /** @param {PointerEvent} event */
  const onPointer = (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) close(false);
  };
  /** @param {number} step */
  const move = (step) => {
    /** @type {(Element | null)[]} */
    const buttons = [...menu.querySelectorAll('button')];
    const next = buttons.at((buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length);
    if (next instanceof HTMLElement) next.focus();
  };
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape' || event.key === 'Tab') close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.body.append(menu);
  place(menu, opener);
  opener.setAttribute('aria-expanded', 'true');
  menu.querySelector('button')?.focus();
  document.addEventListener('pointerdown', onPointer, true);
}

/** Beside the opener, inside the window. @param {HTMLElement} menu @param {HTMLElement} opener */
function place(menu, opener) {
  const gap = 8;
  const at = opener.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + gap + height <= innerHeight;
  menu.style.top = `${Math.max(gap, below ? at.bottom + gap : at.top - gap - height)}px`;
  menu.style.left = `${Math.max(gap, Math.min(at.left, innerWidth - width - gap))}px`;
}
