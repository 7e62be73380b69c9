/** Numbers for the buttons of a message, so that a number typed alone presses one. */
import type { Message } from '@grammyjs/types';
import { keyboardOf } from '../../rules/buttons.ts';
import { isObject, type JsonObject } from '../../wire/params.ts';
import { harmless } from './style.ts';

/** What a number does. */
export type KeyAction =
  | { readonly kind: 'press'; readonly data: string }
  /** A button of a custom keyboard: its text is sent. */
  | { readonly kind: 'say'; readonly text: string };

export interface Key {
  /** What is typed to press it; absent for buttons that only open or show something. */
  readonly number: string | undefined;
  readonly label: string;
  /** What a button without a number opens. */
  readonly opens: string | undefined;
  readonly action: KeyAction | undefined;
}

/**
 * The rows of buttons under a message. A button labelled by a number of its own (a task's) is pressed by that number; the others count up
 * from 1, leaving those out: within a keyboard a number means one button.
 */
export function keyRows(message: Message, replyKeyboard: JsonObject | undefined): Key[][] {
  const rows: Key[][] = keyboardOf(message).map((row) =>
    row.map((button): Key => {
      const label = harmless(button.text);
      if ('callback_data' in button) {
        return { number: undefined, label, opens: undefined, action: { kind: 'press', data: button.callback_data } };
      }
      const opens =
        'url' in button
          ? button.url
          : 'web_app' in button
            ? button.web_app.url
            : 'copy_text' in button
              ? button.copy_text.text
              : '';
      return { number: undefined, label, opens: harmless(opens), action: undefined };
    }),
  );
  rows.push(...customRows(replyKeyboard));
  const taken = new Set(rows.flat().flatMap(({ action, label }) => (action && ownNumber(label) ? [label] : [])));
  const used = new Set<string>();
  let next = 1;
  return rows.map((row) =>
    row.map((key) => {
      if (!key.action) return key;
      // The same number twice on a keyboard: the second is counted like any other.
      const own = ownNumber(key.label) && !used.has(key.label);
      while (!own && taken.has(String(next))) next += 1;
      const number = own ? key.label : String(next++);
      used.add(number);
      return { ...key, number };
    }),
  );
}

const ownNumber = (label: string): boolean => /^[1-9]\d{0,8}$/.test(label);

function customRows(keyboard: JsonObject | undefined): Key[][] {
  const rows = keyboard?.['keyboard'];
  if (!Array.isArray(rows)) return [];
  return (rows as readonly unknown[]).map((row) =>
    (Array.isArray(row) ? (row as readonly unknown[]) : []).flatMap((button): Key[] => {
      const text = typeof button === 'string' ? button : isObject(button) ? button['text'] : undefined;
      if (typeof text !== 'string') return [];
      return [{ number: undefined, label: harmless(text), opens: undefined, action: { kind: 'say', text } }];
    }),
  );
}

/** The buttons as one line a row: `[1] Done  [2] Snooze`, and `[12]` for a button that is labelled by its number. */
export function keyLabels(row: readonly Key[]): { readonly number: string; readonly label: string }[] {
  return row.map(({ number, label, opens }) => {
    if (number === undefined) return { number: '', label: opens ? `${label} ↗ ${opens}` : label };
    return { number: `[${number}]`, label: number === label ? '' : label };
  });
}
