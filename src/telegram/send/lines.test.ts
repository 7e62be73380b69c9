/** Answers of a chat keep their order, whether they were claimed by their own transaction or by the common claim. */
import { describe, expect, it } from 'vitest';
import type { ChatId } from '../../core/ids.ts';
import type { Claimed } from './claims.ts';
import { openLines } from './lines.ts';

const CHAT = 7 as ChatId;
const OTHER = 8 as ChatId;

function message(id: number, chatId = CHAT): Claimed {
  return {
    ...{ id, chatId, priority: 0, method: 'sendMessage', payload: {}, deliveryId: null, link: null },
    ...{ attempts: 1, repeat: false, orderAt: id, causedAt: null, delivery: null },
  };
}

/** Lines whose sending the test ends by hand. */
function held() {
  const sent: number[] = [];
  const givenBack: number[] = [];
  const ends = new Map<number, (open: boolean) => void>();
  const lines = openLines({
    send(one) {
      sent.push(one.id);
      return new Promise((resolve) => ends.set(one.id, resolve));
    },
    giveBack: (one) => void givenBack.push(one.id),
  });
  const end = async (id: number, open: boolean) => {
    ends.get(id)?.(open);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { lines, sent, givenBack, end };
}

describe('the line of a chat', () => {
  it('lets an answer leave only when the one before it has ended, and other chats at once', async () => {
    const { lines, sent, end } = held();
    const first = lines.follow(CHAT, [message(1), message(2)]);
    const second = lines.follow(CHAT, [message(3)]);
    void lines.follow(OTHER, [message(4, OTHER)]);
    await end(0, true);
    expect(sent).toEqual([1, 4]);
    await end(1, true);
    expect(sent).toEqual([1, 4, 2]);
    await end(2, true);
    expect(sent).toEqual([1, 4, 2, 3]);
    await end(3, true);
    expect(await Promise.all([first, second])).toEqual([true, true]);
  });

  it('gives back everything behind an answer that has to wait', async () => {
    const { lines, sent, givenBack, end } = held();
    const first = lines.follow(CHAT, [message(1), message(2)]);
    const second = lines.follow(CHAT, [message(3)]);
    await end(0, true);
    await end(1, false);
    expect(await Promise.all([first, second])).toEqual([false, false]);
    expect(sent).toEqual([1]);
    expect(givenBack).toEqual([2, 3]);
  });

  it('lets nothing pass an answer that had to wait after the database was asked whether something waits', async () => {
    const { lines, sent, givenBack, end } = held();
    const asked = performance.now();
    lines.waits(CHAT);
    expect(await lines.follow(CHAT, [message(2)], asked)).toBe(false);
    expect(await lines.follow(CHAT, [message(3)], performance.now())).toBe(false);
    lines.waitingWritten(CHAT);
    expect(await lines.follow(CHAT, [message(4)], asked)).toBe(false);
    expect(givenBack).toEqual([2, 3, 4]);
    await new Promise((resolve) => setTimeout(resolve, 2));
    const later = lines.follow(CHAT, [message(5)], performance.now());
    await end(0, true);
    expect(sent).toEqual([5]);
    await end(5, true);
    expect(await later).toBe(true);
  });
});
