/** History and undo: what other features may use of it. */
export { actionText, historyFeature } from './bot.ts';
export { undoButton } from './buttons.ts';
export { doneRows, told } from './views.ts';
