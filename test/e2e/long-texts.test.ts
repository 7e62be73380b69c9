/** Texts longer than a message, which Telegram's clients send in pieces: each is one thing, whole, answered once; what was written apart stays apart. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keyboardOf } from '../../src/sandbox/index.ts';
import { OWNER, type Person, type Steward, startSteward, textOf, until, WEBHOOK_SECRET } from './steward.ts';

let steward: Steward;
let owner: Person;
beforeAll(async () => {
  steward = await startSteward({ mode: 'webhook' });
  owner = steward.person();
  await owner.say('/language en');
});
afterAll(() => steward?.end());

let updates = 500_000;
let messages = 10_000;
let date = 1_790_000_000;
/** A minute later: what comes is no piece of what came before. */
function later(): void {
  messages += 100;
  date += 60;
}
beforeEach(later);

type Content = Readonly<Record<string, unknown>>;

/** Posts an update as Telegram does; `update` given: the same one once more. */
async function post(kind: 'message' | 'edited_message', content: Content, update = ++updates): Promise<number> {
  const chat = { id: OWNER, type: 'private', first_name: 'Ada' };
  const from = { id: OWNER, is_bot: false, first_name: 'Ada', language_code: 'en' };
  await until('the post is taken', async () => {
    const answer = await fetch(`${steward.publicUrl()}${steward.webhookPath}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': WEBHOOK_SECRET },
      body: JSON.stringify({ update_id: update, [kind]: { chat, from, date, ...content } }),
    });
    await answer.arrayBuffer();
    return answer.ok;
  });
  return update;
}

/** Once nothing waits any more. */
async function settled(): Promise<void> {
  await until('all is handled', async () => {
    const waiting = await steward.db.query(`SELECT 1 FROM updates WHERE state = 'waiting' LIMIT 1`);
    return waiting.length === 0;
  });
  await steward.quiet();
}

/** Sends texts right behind one another, as a client does with the pieces of one; resolves to the messages' ids. */
async function send(texts: readonly string[], more: Content = {}): Promise<number[]> {
  const ids = texts.map(() => ++messages);
  for (const [index, text] of texts.entries()) await post('message', { message_id: ids[index], text, ...more });
  await settled();
  return ids;
}

const LIMIT = 4096;
const sentence = (index: number) => `Sentence ${index} of a long story has words of its own.`;
/** A text of sentences in one line. */
const story = (length: number) => {
  let text = 'The story of the lighthouse begins.';
  for (let index = 1; text.length < length; index += 1) text += ` ${sentence(index)}`;
  return text;
};
const cut = (text: string): string[] => {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > LIMIT) {
    const line = rest.lastIndexOf('\n', LIMIT);
    const end = line > LIMIT - 300 ? line : rest.lastIndexOf(' ', LIMIT);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end).trim();
  }
  return [...pieces, rest];
};

interface Row {
  readonly id: number;
  readonly title: string;
  readonly notes: string;
  readonly dueDate: string | null;
}
const newest = (since: number) =>
  steward.db.query<Row>('SELECT id, title, notes, due_date FROM tasks WHERE id > $1 ORDER BY id', [since]);
const last = async () =>
  (await steward.db.query<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM tasks'))[0]?.id ?? 0;
/** What the bot wrote since `from`, as it stands now. */
const cards = (from: number) => owner.seen().slice(from).map(textOf);

describe('a long text', () => {
  it('is one task with one card, as if it had come in one message, and one undo takes all of it back', async () => {
    const whole = story(10_500);
    const [since, from] = [await last(), owner.seen().length];
    await send(cut(whole));
    const [task, ...others] = await newest(since);
    expect(others).toEqual([]);
    expect(cards(from)).toHaveLength(1);
    const [card] = owner.seen().slice(from);
    if (!card) throw new Error('no card came');
    expect(textOf(card)).toMatch(/Put together from 3 messages\.$/);
    later();
    await send([whole]);
    const [, single] = await newest(since);
    expect({ ...task, id: 0 }).toEqual({ ...single, id: 0 });
    const [undo] = keyboardOf(card.message).flat();
    expect(undo?.text).toBe('Undo');
    await owner.pressData(undo && 'callback_data' in undo ? undo.callback_data : '', card);
    expect((await newest(since)).map(({ id }) => id)).toEqual([single?.id]);
  });

  it('stays one and whole when every piece comes twice and Steward is restarted between them', async () => {
    const whole = story(9_000);
    const pieces = cut(whole);
    const since = await last();
    for (const text of pieces) {
      const update = await post('message', { message_id: ++messages, text });
      await Promise.all([
        post('message', { message_id: messages, text }, update),
        post('message', { message_id: messages, text }, update),
      ]);
      await settled();
      await steward.stop();
      await steward.start();
    }
    await settled();
    const [task, ...others] = await newest(since);
    expect(others).toEqual([]);
    expect(task?.notes).toBe(whole);
  });

  it('has one card where its first piece could not be answered before the others came', async () => {
    const [since, from] = [await last(), owner.seen().length];
    steward.sandbox.faults.add({
      method: 'sendMessage',
      effect: { kind: 'status', code: 500, accepted: false },
      count: 2,
    });
    await send(cut(story(9_000)));
    expect(await newest(since)).toHaveLength(1);
    expect(cards(from)).toEqual([expect.stringMatching(/Put together from 3 messages\.$/)]);
  });

  it('of many lines is one question about all of them, answered as ever', async () => {
    const lines = Array.from({ length: 90 }, (_, index) =>
      `${index + 1}. item ${index + 1} ${'and so on '.repeat(9)}`.trim(),
    );
    const [since, from] = [await last(), owner.seen().length];
    const [first] = await send(cut(lines.join('\n')));
    expect(cards(from)).toHaveLength(1);
    expect(cards(from)[0]).toContain('90 tasks?');
    await owner.press('One task');
    await settled();
    const [task, ...others] = await newest(since);
    expect(others).toEqual([]);
    expect(`${task?.title}\n${task?.notes}`.split('\n')).toHaveLength(90);
    expect(task?.notes.endsWith(lines.at(-1) ?? '?')).toBe(true);
    await post('edited_message', {
      message_id: first,
      text: cut(lines.join('\n'))[0]?.replace('item 2 ', 'item two '),
      edit_date: date,
    });
    await settled();
    const [edited] = await newest(since);
    expect(edited?.notes).toBe(task?.notes.replace('item 2 ', 'item two '));
  });

  it('follows an edit of any of its messages, with the others as they are', async () => {
    const whole = story(9_000);
    const pieces = cut(whole);
    const since = await last();
    const ids = await send(pieces);
    for (const [index, id] of ids.entries()) {
      const text = (pieces[index] ?? '').replace('words of its own', 'words of another');
      await post('edited_message', { message_id: id, text, edit_date: date });
      await settled();
      pieces[index] = text;
      const [task, ...others] = await newest(since);
      expect(others).toEqual([]);
      expect(task?.notes).toBe(pieces.join(' '));
    }
  });

  it('is one task of what somebody else wrote where it is forwarded, with its source behind it', async () => {
    const forward_origin = { type: 'user', date: date - 600, sender_user: { id: 5, is_bot: false, first_name: 'Bea' } };
    const whole = story(9_000);
    const since = await last();
    await send(cut(whole), { forward_origin });
    const [task, ...others] = await newest(since);
    expect(others).toEqual([]);
    expect(task?.notes).toBe(`${whole}\n\nFrom Bea`);
  });

  it('is one note where it replies to an item, and an item’s notes where those were asked for', async () => {
    await owner.say('feed the cat');
    const card = owner.seen().at(-1)?.message.message_id;
    const whole = story(9_000);
    const since = await last();
    const from = owner.seen().length;
    await send(cut(whole), { reply_to_message: { message_id: card, chat: { id: OWNER, type: 'private' }, date } });
    const bodies = () => steward.db.query<{ body: string }>('SELECT body FROM notes');
    expect((await bodies()).map(({ body }) => body)).toEqual([whole]);
    expect(cards(from)).toEqual(['💬 Noted on feed the cat.']);
    await owner.press('Undo');
    expect(await bodies()).toEqual([]);
    await owner.press('Edit');
    await owner.press('Notes');
    later();
    await send(cut(whole));
    expect(await newest(since)).toEqual([]);
    const [task] = await newest(since - 1);
    expect(task?.notes).toBe(whole);
  });
});

describe('what was written apart', () => {
  it.each([
    ['short messages', ['buy milk', 'call Bob']],
    ['a long message and a short one that would have had room in it', [story(4_000).slice(0, 3_990), 'call Bob']],
  ])('stays apart: %s', async (_, texts) => {
    const since = await last();
    await send(texts);
    expect(await newest(since)).toHaveLength(texts.length);
  });

  it('stays apart when something stood between, when it came later, and when it is a command or replies to something', async () => {
    const full = story(4_200).slice(0, LIMIT - 1);
    const since = await last();
    await send([full]);
    messages += 1;
    await send(['call Bob about the boat']);
    expect(await newest(since)).toHaveLength(2);
    await send([full]);
    date += 10;
    await send(['call Bob about the boat']);
    expect(await newest(since)).toHaveLength(4);
    later();
    await send([full, '/undo']);
    expect(await newest(since)).toHaveLength(4);
  });

  it('stays when the first piece was taken back: the next is a task of its own, and nothing said is lost', async () => {
    const [first = '', second = ''] = cut(story(6_000));
    const since = await last();
    await send([first]);
    await owner.press('Undo');
    await settled();
    await send([second]);
    const [task, ...others] = await newest(since);
    expect(others).toEqual([]);
    expect(task?.notes).toBe(second);
  });
});
