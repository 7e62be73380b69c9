/** The buttons that take changes back, and the one every other feature puts under what it did. */
import type { ActionId } from '../../core/ids.ts';
import type { Translator } from '../../locales/translator.ts';
import { declareButtons, id, int } from '../../telegram/buttons.ts';
import type { Button } from '../../telegram/view.ts';

export const buttons = declareButtons('h', {
  /** takes a change back, or an undo: then it is a redo; asks first when newer changes lie on top */
  undo: { action: id<ActionId>() },
  anyway: { action: id<ActionId>() },
  keep: {},
  page: { page: int },
  /** the page again, each change a button to take it back */
  choose: { page: int },
  /** takes back what one answer took back: its undos from the first to the last */
  again: { first: id<ActionId>(), last: id<ActionId>() },
});

/** The button that takes `action` back, at any time within the days of undo and by anyone of the space. */
export function undoButton(t: Translator, action: ActionId): Button {
  return { label: t.text('shared-undo-button'), data: buttons.undo({ action }) };
}
