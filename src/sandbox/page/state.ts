/** The chat as a page finds it when it opens: its newest messages, older ones on demand, the keyboard that stands. */
import type { StandIn } from '../stand-in.ts';
import type { SandboxUser } from '../users.ts';
import type { SeenMessage } from '../world.ts';
import type { Feed } from './feed.ts';
import { type ChatState, nameOf, type OlderMessages, shown } from './wire.ts';

/** Messages handed out at once. */
const batch = 60;

/** Everything a page needs to show the chat and to follow it from there. */
export function chatState(server: StandIn, user: SandboxUser, feed: Feed): ChatState {
  const all = server.messages(user.id);
  const { world } = server;
  return {
    bot: { id: world.me.id, name: nameOf(world.me) },
    me: { id: user.id, name: nameOf(user.profile) },
    run: feed.run,
    now: world.clock.now(),
    messages: all.slice(-batch).map(shown),
    more: all.length > batch,
    keyboard: standingKeyboard(all),
    cursor: feed.cursor,
  };
}

/** The messages before the one at `order`, oldest first. */
export function olderMessages(server: StandIn, user: SandboxUser, order: number): OlderMessages {
  const before = server.messages(user.id).filter((seen) => seen.order < order);
  return { messages: before.slice(-batch).map(shown), more: before.length > batch };
}

function standingKeyboard(all: readonly SeenMessage[]): ChatState['keyboard'] {
  const last = all.findLast(({ replyKeyboard }) => replyKeyboard !== undefined);
  if (!last?.replyKeyboard || !('keyboard' in last.replyKeyboard)) return null;
  return { messageId: last.message.message_id, markup: last.replyKeyboard };
}
