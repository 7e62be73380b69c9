/** The buttons of files and what each carries. */
import { declareButtons, int } from '../../../telegram/buttons.ts';

export const buttons = declareButtons('tf', {
  /** the files of a task */
  list: { id: int, page: int },
  /** those of everything, newest first */
  all: { page: int },
  stats: {},
  /** one file; sent back into the chat */
  open: { file: int },
  send: { file: int },
  rename: { file: int },
  describe: { file: int },
  remove: { file: int },
  /** asks for a file to put to a task */
  add: { id: int },
});
