/** Tasks: what other features and the composition root may use of them. */

export { addTask } from './bot/add.ts';
export { showCard as showTaskCard, type TasksDeps } from './bot/chat.ts';
export { setSaid } from './bot/replies.ts';
export { parseChoices } from './bot/when.ts';
export { tasksFeature } from './bot.ts';
export { afterCompletion } from './closing/closing.ts';
export type { TaskReminders } from './closing/contract.ts';
export { keepFiles } from './files/chat.ts';
export { type FileFetching, startFetching } from './files/fetching.ts';
export { extensionFor, mediaTypeOf } from './files/media-type.ts';
export { safeName } from './files/name.ts';
export { spaceUse } from './files/service.ts';
export { leftToday } from './lists/lists.ts';
export { numbersIn } from './lists/numbers.ts';
export { addNote } from './notes.ts';
export { type Found, findByWords } from './search/matching.ts';
export { openTaskNamed } from './search/named.ts';
export { searchTasks } from './search/search.ts';
export { indexMissing } from './search/search-index.ts';
export { seriesOfTasks } from './series/chat.ts';
export { fellDue } from './series/everything.ts';
export { shiftedRule } from './series/rule.ts';
export { taskService } from './service.ts';
export { isOpen } from './task.ts';
export { keptWords } from './views/questions.ts';
