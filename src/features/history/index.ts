/** History and undo: what other features may use of it. */
export { actionText, type HistoryDeps, historyFeature } from './bot.ts';
export { undoButton } from './buttons.ts';
export { told } from './views.ts';
