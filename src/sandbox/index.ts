/** The stand-in for Telegram and the chats on it, in the terminal and in the browser: what other rooms may use. */

export { updateTypes } from './delivery/updates.ts';
export type { Fault } from './faults/faults.ts';
export { ChatPage } from './page/server.ts';
export { keyboardOf } from './rules/buttons.ts';
export { wordsOf } from './rules/words.ts';
export { Sandbox, startSandbox } from './server.ts';
export { type TerminalChatOptions, terminalChat } from './terminal/chat.ts';
export { type Person, personOf } from './terminal/person.ts';
export { type FileContent, type Pressed, SandboxUser } from './users.ts';
export type { Room, SandboxEvent, SeenMessage } from './world.ts';
