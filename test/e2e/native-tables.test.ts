/** Lists as native tables: nobody gets one who has not proved that their client draws it, and whoever has gets them, or plain text where Telegram takes none. */
import type { RichBlock } from '@grammyjs/types';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import type { SeenMessage } from '../../src/sandbox/index.ts';
import { OWNER, type Person, type Steward, startSteward, textOf, until } from './steward.ts';

const GUEST = 7002;
const GROUP = -1_001_000_000_077;
const HOUR = 3_600_000;
const MORNING = Date.parse('2026-05-12T08:00:00Z');

let steward: Steward;
let owner: Person;
beforeAll(async () => {
  // What Telegram dates messages by is the same time: a morning, so that no day ends meanwhile.
  const clock = { now: () => (steward?.clock ?? systemClock).now(), onMove: () => () => {} };
  steward = await startSteward({ mode: 'polling', people: [OWNER, GUEST], idle: true, clock });
  steward.clock.move(MORNING - steward.clock.now());
  await steward.start();
  owner = steward.person();
  await owner.say('/language en');
  for (const line of [
    'call Bob tomorrow 3pm',
    'send the offer to Acme and ask about the dates of the fair today',
    '/list',
  ])
    await owner.say(line);
});
afterAll(() => steward?.end());
afterEach(() => steward.sandbox.faults.clear());

const newest = (of: Person = owner): SeenMessage => {
  const seen = of.seen().at(-1);
  if (!seen) throw new Error('no message yet');
  return seen;
};
const isNative = (seen: SeenMessage): boolean => seen.message.rich_message !== undefined;
const blocks = (seen: SeenMessage): readonly RichBlock[] => seen.message.rich_message?.blocks ?? [];
const tableOf = (seen: SeenMessage) => {
  const table = blocks(seen).find((block) => block.type === 'table');
  if (!table) throw new Error(`no table in\n${textOf(seen)}`);
  return table;
};
/** Switches native tables on or off as the owner would. */
async function look(native: boolean): Promise<void> {
  await owner.say('/settings');
  await owner.press('Tables');
  if (!native) return void (await owner.press(owner.buttons().find((label) => label.includes('Plain text')) ?? ''));
  await owner.press(owner.buttons().find((label) => label.includes('Native')) ?? '');
  await owner.press('Table shows');
}
const calls = (after = 0) => steward.sandbox.journal.calls({ after });
/** The methods called since `from` calls. */
const callsSince = (from: number) => calls(from).map(({ method }) => method);
const soFar = () => calls().at(-1)?.n ?? 0;

describe('before a table was seen', () => {
  test('no list is native, and neither is anything else', async () => {
    for (const line of ['/today', '/list', '/search offer', '/reminders', '/history', '/filters', '/settings'])
      await owner.say(line);
    await owner.press('Tables');
    expect(owner.seen().filter(isNative)).toEqual([]);
  });

  test('the sample is a message of its own; what stood there stays readable, and Keep leaves all as it was', async () => {
    await owner.say('/settings');
    await owner.press('Tables');
    await owner.press('Native tables');
    const [menu, sample] = owner.seen().slice(-2);
    expect(menu && isNative(menu)).toBe(false);
    expect(menu && textOf(menu)).toContain('If you see a table, press the button in it');
    expect(sample && isNative(sample)).toBe(true);
    // The proof stands inside the message alone: below it there is only the way back.
    const inside = blocks(newest()).find((block) => block.type === 'buttons');
    expect(inside?.buttons.map(({ text }) => text)).toEqual(['Table shows']);
    expect(
      newest()
        .message.reply_markup?.inline_keyboard.flat()
        .map(({ text }) => text),
    ).toEqual(['Keep text']);
    await owner.press('Keep text');
    expect(isNative(newest())).toBe(false);
    expect(textOf(newest())).toContain('Lists: plain text');
    await owner.say('/list');
    expect(isNative(newest())).toBe(false);
  });

  test('a Bot API server that knows none says so in the sample, in one message', async () => {
    steward.sandbox.faults.add({ effect: { kind: 'no_rich' } });
    await owner.say('/settings');
    await owner.press('Tables');
    const before = owner.seen().length;
    await owner.press('Native tables');
    expect(owner.seen()).toHaveLength(before + 1);
    expect(textOf(newest())).toBe('Telegram takes no native tables from me yet. Lists stay plain text.');
    steward.clock.move(HOUR);
  });
});

describe('once a table was seen', () => {
  beforeAll(() => look(true));

  test('a list has its title, a table with headers, and its keyboard as ever', async () => {
    await owner.say('/list');
    const seen = newest();
    expect(seen.message.text).toBeUndefined();
    expect(blocks(seen)[0]).toMatchObject({ type: 'paragraph' });
    const { cells } = tableOf(seen);
    expect(cells[0]).toEqual(
      [
        ['#', 'right'],
        ['Task', 'left'],
        ['When', 'right'],
      ].map(([text, align]) => ({ text, align, valign: 'top', is_header: true })),
    );
    // Whole titles: a cell has several lines.
    expect(cells.map((row) => row[1]?.text)).toContain('Send the offer to Acme and ask about the dates of the fair');
    // A time is the reader's own, a day without one is the same everywhere.
    const whens = cells.slice(1).map((row) => row[2]?.text);
    expect(whens).toContain('today');
    expect(whens).toContainEqual(expect.objectContaining({ type: 'date_time', text: 'tomorrow 15:00' }));
    expect(owner.buttons()).toEqual(['2', '1', 'Today', '＋ Add']);
    expect(calls().findLast(({ method }) => method === 'sendRichMessage')?.params['rich_message']).toMatchObject({
      skip_entity_detection: true,
    });
  });

  test('one living message goes from the table to a card and back, and through its pages', async () => {
    for (let n = 3; n <= 18; n += 1) await owner.say(`thing ${n}`);
    await owner.say('/list');
    const id = newest().message.message_id;
    expect(tableOf(newest()).cells).toHaveLength(9);
    await owner.press('▶');
    expect(newest().message.message_id).toBe(id);
    expect(textOf(newest())).toContain('thing');
    await owner.press(owner.buttons()[0] ?? '');
    expect(isNative(newest())).toBe(false);
    expect(textOf(newest())).toMatch(/#\d+/);
    await owner.press(owner.buttons().find((label) => label.startsWith('◀')) ?? '');
    expect(newest().message.message_id).toBe(id);
    expect(isNative(newest())).toBe(true);
    // The same again is no failure, and stays as it is.
    await owner.press('2/3');
    expect(isNative(newest())).toBe(true);
  });

  test('reminders, history and searches have tables too, an answer of one line has none', async () => {
    await owner.say('remind me to stretch in 3 hours');
    for (const line of ['/reminders', '/history', '/search thing', '/subtask 1 find the number', '/task 1']) {
      await owner.say(line);
      if (line.startsWith('/subtask')) continue;
      expect([line, tableOf(newest()).cells[0]?.every((cell) => cell.is_header)]).toEqual([line, true]);
    }
    await owner.say('/due 2 friday');
    expect(isNative(newest())).toBe(false);
  });

  test('an answer that was lost comes once more and says so, as a table', async () => {
    steward.sandbox.faults.add({ method: 'sendRichMessage', count: 1, effect: { kind: 'reset', accepted: true } });
    const before = owner.seen().length;
    owner.user.send('/list');
    await until('it is told again', () => owner.seen().length === before + 2);
    await steward.quiet();
    const [first, second] = owner.seen().slice(-2);
    expect([first && isNative(first), second && isNative(second)]).toEqual([true, true]);
    expect(first && textOf(first)).not.toContain('(repeat)');
    expect(second && textOf(second).split('\n').at(-1)).toBe('(repeat)');
  });

  test('a list that Telegram asks to wait with comes once, when it may', async () => {
    steward.sandbox.faults.add({
      method: 'sendRichMessage',
      count: 1,
      effect: { kind: 'flood', seconds: 1, scope: 'chat' },
    });
    const before = owner.seen().length;
    owner.user.send('/list');
    await until('it is told', () => owner.seen().length > before);
    await steward.quiet();
    expect(owner.seen()).toHaveLength(before + 1);
    expect(isNative(newest())).toBe(true);
  });

  test('a table whose message is gone comes as a new one, and one that Telegram fails at again and again comes plain', async () => {
    await owner.say('/list');
    const gone = { kind: 'refusal', code: 400, description: 'Bad Request: message to edit not found' } as const;
    steward.sandbox.faults.add({ method: 'editMessageText', count: 1, effect: gone });
    const before = owner.seen().length;
    await owner.press('▶');
    expect(owner.seen()).toHaveLength(before + 1);
    expect(isNative(newest())).toBe(true);
    expect(owner.buttons()).toContain('2/3');
    const broken = { kind: 'status', code: 500, accepted: false } as const;
    const fault = steward.sandbox.faults.add({ method: 'sendRichMessage', effect: broken });
    owner.user.send('/list');
    await until('it is told', () => owner.seen().length === before + 2);
    expect(isNative(newest())).toBe(false);
    expect(textOf(newest())).not.toContain('(repeat)');
    steward.sandbox.faults.remove(fault);
    await owner.say('/list');
    expect(isNative(newest())).toBe(true);
  });

  test('a form that Telegram refuses is sent plain at once, as one message, and that is told to the operator', async () => {
    const refusal = {
      kind: 'refusal',
      code: 400,
      description: "Bad Request: can't parse InputRichMessage: odd",
    } as const;
    steward.sandbox.faults.add({ method: 'sendRichMessage', count: 1, effect: refusal });
    const before = owner.seen().length;
    const from = soFar();
    await owner.say('/list');
    expect(owner.seen()).toHaveLength(before + 1);
    expect(textOf(newest())).toMatch(/^Tasks · /);
    expect(callsSince(from).filter((method) => /^send/.test(method))).toEqual(['sendRichMessage', 'sendMessage']);
    // Taken away: the notice of it would come in the middle of what follows.
    const planted = "DELETE FROM stored_errors WHERE summary LIKE '%RejectedByTelegram%' RETURNING 1";
    expect(await steward.db.query(planted)).toHaveLength(1);
    // The next is tried as ever.
    await owner.say('/list');
    expect(isNative(newest())).toBe(true);
  });

  test('a server that knows no native messages is not asked for an hour; every list comes, plain, in one message', async () => {
    await owner.say('/list');
    const native = newest();
    const isTold = /the Bot API server takes no native tables/;
    const told = () => steward.log.filter((line) => isTold.test(line)).length;
    const toldBefore = told();
    const fault = steward.sandbox.faults.add({ effect: { kind: 'no_rich' } });
    // An edit of what was native: such a server looks for its text.
    await owner.press('▶');
    expect(newest().message.message_id).toBe(native.message.message_id);
    expect(isNative(newest())).toBe(false);
    const before = owner.seen().length;
    const from = soFar();
    await owner.say('/list');
    await owner.say('/list');
    expect(owner.seen()).toHaveLength(before + 2);
    expect(owner.seen().slice(-2).filter(isNative)).toEqual([]);
    expect(callsSince(from)).not.toContain('sendRichMessage');
    expect(told()).toBe(toldBefore + 1);
    const [{ unreachable = null } = {}] = await steward.db.query<{ unreachable: string | null }>(
      'SELECT unreachable_since AS unreachable FROM chats WHERE chat_id = $1',
      [owner.id],
    );
    expect(unreachable).toBeNull();
    // An hour later it is asked again: it still knows none, then it was updated.
    steward.clock.move(HOUR);
    await owner.say('/list');
    expect(isNative(newest())).toBe(false);
    expect(told()).toBe(toldBefore + 1);
    steward.sandbox.faults.remove(fault);
    steward.clock.move(HOUR);
    await owner.say('/list');
    expect(isNative(newest())).toBe(true);
  });

  test('an unknown token is not taken for a server without native messages', async () => {
    const refusal = { kind: 'refusal', code: 404, description: 'Not Found' } as const;
    steward.sandbox.faults.add({ method: ['sendRichMessage', 'sendMessage'], count: 2, effect: refusal });
    const before = owner.seen().length;
    owner.user.send('/list');
    await until('it is told', () => owner.seen().length > before);
    await steward.quiet();
    expect(owner.seen()).toHaveLength(before + 1);
    expect(isNative(newest())).toBe(true);
  });

  test('whoever else reads the same lists, and everybody in a group, reads them plain', async () => {
    const guest = steward.person(GUEST);
    await guest.say('/language en');
    await guest.say('buy bread today');
    await guest.say('/list');
    expect(guest.seen().filter(isNative)).toEqual([]);
    steward.sandbox.group(GROUP, 'Family', [owner.user, guest.user], 'supergroup');
    steward.sandbox.addBot(GROUP, owner.user);
    await steward.quiet();
    const there = steward.inGroup(owner.id, GROUP);
    await there.say('/add mow the lawn today');
    expect(await there.say('/list')).toMatch(/mow the lawn/i);
    expect(there.seen().filter(isNative)).toEqual([]);
    expect(await there.say('/settings')).toContain('Settings of this group');
    expect(there.buttons()).not.toContain('Tables');
  });

  test('it is undone and done again like every setting', async () => {
    await look(false);
    await owner.say('/list');
    expect(isNative(newest())).toBe(false);
    expect(await owner.say('/undo')).toContain('Lists come as native tables again');
    await owner.say('/list');
    expect(isNative(newest())).toBe(true);
    await look(false);
    expect(await owner.press('Undo')).toContain('native tables again');
    await look(false);
  });
});
