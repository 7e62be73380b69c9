/** The stand-in for Telegram and the chats on it, in the terminal and in the browser: what other rooms may use. */

export { type Disturbance, type UpdateContent, updateTypes } from './delivery/updates.ts';
export type { Effect, Fault } from './faults/faults.ts';
export type { Counters, RecordedCall } from './journal.ts';
export { ChatPage, type ChatPageOptions } from './page/server.ts';
export { keyboardOf } from './rules/buttons.ts';
export { checkEntities } from './rules/entities.ts';
export { wordsOf } from './rules/words.ts';
export { Sandbox, startSandbox } from './server.ts';
export { type MessagePredicate, type SandboxOptions, StandIn, type WaitOptions } from './stand-in.ts';
export { type TerminalChatOptions, terminalChat } from './terminal/chat.ts';
export { type Person, personOf } from './terminal/person.ts';
export { type FileContent, type Pressed, SandboxMisuse, SandboxUser, type SendOptions } from './users.ts';
export { makeToken, type Revision, type Room, type SandboxEvent, type SeenMessage } from './world.ts';
