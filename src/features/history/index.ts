/** History and undo: what other features may use of it. */
export { undoButton } from './buttons.ts';
