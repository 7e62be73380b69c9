/** The stand-in for Telegram and the terminal chat on it: what other rooms may use. */
export type { Effect, Fault } from './faults.ts';
export type { Counters, RecordedCall } from './journal.ts';
export { checkEntities } from './rules/entities.ts';
export { type MessagePredicate, Sandbox, type SandboxOptions, startSandbox, type WaitOptions } from './server.ts';
export { type Disturbance, type UpdateContent, updateTypes } from './updates.ts';
export { type FileContent, type Pressed, SandboxMisuse, SandboxUser, type SendOptions } from './users.ts';
export { keyboardOf, makeToken, type Revision, type Room, type SandboxEvent, type SeenMessage } from './world.ts';
