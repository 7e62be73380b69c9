/** Steward in groups: who makes one, who is heard there, what it answers to, and where what it says goes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BotId } from '../../src/core/ids.ts';
import { keyboardOf } from '../../src/sandbox/index.ts';
import { tellOfAbsence } from '../../src/wiring/notices.ts';
import { OWNER, type Person, type Steward, startSteward, textOf, until } from './steward.ts';

const ANNA = 7002;
const EVE = 666_002;

let steward: Steward;
let owner: Person;
let anna: Person;
let groups = 0;

beforeAll(async () => {
  // Without privacy mode Telegram tells the bot everything: what it leaves alone, it leaves alone by itself.
  steward = await startSteward({ mode: 'polling', people: [OWNER, ANNA], privacy: false });
  owner = steward.person(OWNER, { first_name: 'Olga', username: 'olga' });
  anna = steward.person(ANNA, { first_name: 'Anna', username: 'anna' });
  steward.sandbox.user(EVE, { first_name: 'Eve', username: 'eve' });
  await owner.say('/start');
  await anna.say('/start');
});
afterAll(() => steward?.end());

/** A supergroup of the three; the bot is in it when `by` added it. */
async function group(by?: Person, type: 'group' | 'supergroup' = 'supergroup'): Promise<number> {
  groups += 1;
  const id = type === 'group' ? -500 - groups : -1_001_000_000 - groups;
  const eve = steward.sandbox.user(EVE);
  steward.sandbox.group(id, `Family ${groups}`, [owner.user, anna.user, eve], type);
  if (by) {
    steward.sandbox.addBot(id, by.user);
    await steward.quiet();
  }
  return id;
}

const heard = (chat: number): string[] =>
  steward.sandbox.messages(chat).flatMap((seen) => (seen.fromBot ? [textOf(seen)] : []));

async function spaces(chat: number): Promise<Array<{ id: number; title: string }>> {
  return steward.db.query('SELECT id, title FROM spaces WHERE chat_id = $1', [chat]);
}

async function stored(): Promise<number> {
  const [row] = await steward.db.query<{ count: number }>('SELECT count(*)::int AS count FROM updates');
  return row?.count ?? 0;
}

describe('a group', () => {
  it('is greeted and gets a space when somebody allowed adds Steward, in their language and zone', async () => {
    const chat = await group(owner);
    expect(heard(chat)).toEqual([expect.stringContaining('I keep a list for this group')]);
    expect(heard(chat)[0]).toContain('@steward_bot buy milk');
    const [space] = await steward.db.query(
      'SELECT s.kind, s.title, g.language, g.timezone FROM spaces s JOIN groups g ON g.id = s.id WHERE s.chat_id = $1',
      [chat],
    );
    expect(space).toEqual({ kind: 'group', title: `Family ${groups}`, language: 'en', timezone: 'Europe/Berlin' });
  });

  it('gets its space when somebody allowed first addresses Steward there, and none before', async () => {
    const chat = await group();
    await steward.inGroup(OWNER, chat).say('hello everybody');
    expect(await spaces(chat)).toEqual([]);
    expect(await steward.inGroup(OWNER, chat).say('@steward_bot buy milk tomorrow 18:00')).toContain('Buy milk');
    expect(await spaces(chat)).toHaveLength(1);
  });

  it('of a stranger is none: no answer, no row, whoever is added, writes, presses or removes', async () => {
    const chat = await group();
    const before = await stored();
    const eve = steward.inGroup(EVE, chat);
    steward.sandbox.addBot(chat, eve.user);
    for (const words of ['/start', '/list@steward_bot', '@steward_bot buy milk', 'hello'])
      eve.user.send(words, { chat });
    steward.sandbox.kick(chat, eve.user);
    await steward.quiet();
    expect(heard(chat)).toEqual([]);
    expect(await spaces(chat)).toEqual([]);
    expect(await stored()).toBe(before);
  });

  it('with a stranger in it hears them no more than elsewhere', async () => {
    const chat = await group(owner);
    const list = await steward.inGroup(OWNER, chat).say('/list');
    expect(list).not.toBe('');
    const before = { rows: await stored(), said: heard(chat).length };
    const eve = steward.sandbox.user(EVE);
    eve.send('@steward_bot what is due', { chat });
    eve.send('/list@steward_bot', { chat });
    const answer = steward.sandbox.messages(chat).findLast((seen) => seen.fromBot);
    if (!answer) throw new Error('no answer');
    eve.send('delete 1', { chat, replyTo: answer.message.message_id });
    const [button] = keyboardOf(answer.message).flat();
    if (button && 'callback_data' in button) eve.pressData(answer, button.callback_data);
    await steward.quiet();
    expect(heard(chat)).toHaveLength(before.said);
    expect(await stored()).toBe(before.rows);
  });

  it('is heard only when Steward is meant, and what else is said is not stored', async () => {
    const chat = await group(owner);
    const there = steward.inGroup(OWNER, chat);
    const rows = await stored();
    for (const words of [
      'buy milk tomorrow',
      'remind me to stretch in 1 minute',
      '/list@other_bot',
      '/roll 20',
      'ask @steward_bot_fan about it',
      'mail me@steward_bot.example',
    ])
      expect(await there.say(words), words).toBe('');
    expect(await stored()).toBe(rows);
    for (const words of ['/list', '/list@Steward_Bot', '@STEWARD_BOT list', 'could you, @steward_bot, list'])
      expect(await there.say(words), words).not.toBe('');
    expect(await there.say('@steward_bot')).toBe(await there.say('/help'));
    const greeting = there.seen().at(0)?.message.message_id;
    expect(await there.say('pay the rent friday', { replyTo: greeting })).toContain('ay the rent');
  });

  it('is answered to the message that asked, without the name in what is kept', async () => {
    const chat = await group(owner);
    const there = steward.inGroup(ANNA, chat);
    expect(await there.say('Hey @steward_bot, buy 2 l milk')).toContain('Hey, buy 2 l milk');
    const answer = there.seen().at(-1);
    expect(answer?.message.reply_to_message?.text).toBe('Hey @steward_bot, buy 2 l milk');
    expect(await there.say('@steward_bot: pay rent')).toContain('pay rent');
  });

  it('leaves anonymous admins, channels and what they forward alone', async () => {
    const chat = await group(owner);
    const rows = await stored();
    const said = heard(chat).length;
    const message = { message_id: 900, date: 1_700_000_000, chat: { id: chat, type: 'supergroup', title: 'x' } };
    const text = '/list@steward_bot';
    const from = { id: OWNER, is_bot: false, first_name: 'Olga' };
    const inject = (extra: object) =>
      steward.sandbox.inject({ message: { ...message, text, from, ...extra } } as never, String(chat));
    inject({ from: { id: 1087968824, is_bot: true, first_name: 'Group' }, sender_chat: message.chat });
    inject({ sender_chat: message.chat });
    inject({
      from: { id: 777_000, is_bot: false, first_name: 'Telegram' },
      sender_chat: { id: -1009, type: 'channel', title: 'News' },
      is_automatic_forward: true,
    });
    await steward.quiet();
    expect(heard(chat)).toHaveLength(said);
    expect(await stored()).toBe(rows);
  });

  it('has a list of its own, with numbers of its own, that everybody allowed shares', async () => {
    const chat = await group(owner);
    const olga = steward.inGroup(OWNER, chat);
    const there = steward.inGroup(ANNA, chat);
    await olga.say('@steward_bot water the plants');
    await there.say('@steward_bot call the landlord');
    expect(await olga.say('/list')).toMatch(/1 {2}water the plants[\s\S]*2 {2}call the landlord/);
    expect(await there.say('/done 1')).toContain('water the plants');
    expect(await owner.say('/list')).not.toContain('plants');
    expect(await olga.say('/history')).toMatch(/plants.*Anna/);
    expect(await olga.say('/undo')).toMatch(/water the plants.*· Anna$/);
    expect(await there.say('/list')).toContain('water the plants');
  });

  it('keeps what is private private, and shows the way there', async () => {
    const chat = await group(owner);
    const there = steward.inGroup(OWNER, chat);
    await owner.say('a secret of mine');
    for (const command of ['export', 'import', 'forget_me', 'status', 'backup', 'errors', 'people', 'invite']) {
      expect(await there.say(`/${command}`), command).toBe('Not among people: ask me in our private chat.');
      const [button] = keyboardOf(there.seen().at(-1)?.message ?? ({} as never)).flat();
      expect(button).toMatchObject({ url: `https://t.me/steward_bot?start=${command}` });
    }
    expect(await owner.say('/start status')).toContain('Reminders waiting for you');
    expect(heard(chat).join('\n')).not.toMatch(/secret|INV-/);
  });

  it('takes answers to its questions by reply, from whom it asked', async () => {
    const chat = await group(owner);
    const there = steward.inGroup(OWNER, chat);
    const question = await there.say('/add');
    expect(question).toContain('Reply to this message');
    const asked = there.seen().at(-1)?.message.message_id;
    expect(await there.say('Repair the fence', { replyTo: asked })).toContain('Repair the fence');
  });

  it('has settings of its own that everybody there may change', async () => {
    const chat = await group(owner);
    const there = steward.inGroup(ANNA, chat);
    expect(await there.say('/settings')).toContain('Settings of this group');
    expect(await there.say('/language ru')).toContain('Настройки этой группы');
    expect(await steward.inGroup(OWNER, chat).say('/list')).toMatch(/[а-яё]/i);
    expect(await owner.say('/list')).not.toMatch(/[а-яё]/i);
    expect(await there.say('/undo')).toMatch(/language|язык/i);
    expect(await steward.inGroup(OWNER, chat).say('/list')).not.toMatch(/[а-яё]/i);
  });

  it('reads times by the clock of who speaks, and shows one instant to all', async () => {
    const chat = await group(owner);
    await anna.say('/timezone America/New_York');
    const there = steward.inGroup(ANNA, chat);
    await there.say('@steward_bot call the plumber on 2031-07-10 at 15:00');
    const instants = there
      .seen()
      .at(-1)
      ?.message.entities?.flatMap((one) => (one.type === 'date_time' ? one.unix_time : []));
    expect(instants).toEqual([Date.parse('2031-07-10T15:00:00-04:00') / 1000]);
    const [task] = await steward.db.query<{ dueDate: string; dueTime: string }>(
      "SELECT due_date, due_time FROM tasks WHERE title ILIKE '%plumber'",
    );
    expect(task).toMatchObject({ dueDate: '2031-07-10', dueTime: '21:00' });
    await there.say('/remind stand up every weekday at 20:00');
    const [reminder] = await steward.db.query<{ rrule: string }>(
      "SELECT rrule FROM reminders WHERE text ILIKE '%stand up'",
    );
    expect(reminder?.rrule).toBe('FREQ=WEEKLY;BYDAY=TU,WE,TH,FR,SA;BYHOUR=2;BYMINUTE=0');
    await anna.say('/timezone Europe/Berlin');
  });

  it('moves to a supergroup with everything in it', async () => {
    const chat = await group(owner, 'group');
    const there = steward.inGroup(OWNER, chat);
    await there.say('@steward_bot paint the door');
    const [before] = await spaces(chat);
    const moved = chat - 1_002_000_000;
    steward.sandbox.migrate(chat, moved);
    await steward.quiet();
    expect(await spaces(moved)).toEqual([{ ...before, title: expect.any(String) }]);
    expect(await steward.inGroup(ANNA, moved).say('/list')).toContain('aint the door');
    expect(heard(chat).at(-1)).not.toContain('paint the door soon');
  });

  it('with topics is answered and reminded in the topic; without that topic in the group', async () => {
    const chat = await group(owner);
    const thread = steward.sandbox.topic(chat, 'Garden', owner.user);
    const there = steward.inGroup(OWNER, chat);
    expect(await there.say('what a nice garden', { thread })).toBe('');
    expect(await there.say('@steward_bot mow the lawn', { thread })).toContain('ow the lawn');
    expect(there.seen().at(-1)?.message.message_thread_id).toBe(thread);
    await there.say('@steward_bot remind me to water in 5 minutes', { thread });
    await there.say('@steward_bot remind me to harvest in 10 minutes', { thread });
    steward.clock.move(5 * 60_000);
    const fired = (title: string) =>
      there.seen().find((one) => textOf(one).startsWith(`⏰ ${title}\n🙋 Olga`))?.message;
    await until('the reminder', () => fired('Water') !== undefined);
    expect(fired('Water')?.message_thread_id).toBe(thread);
    expect(fired('Water')?.entities).toContainEqual(expect.objectContaining({ type: 'text_mention' }));
    steward.sandbox.world.rooms.get(chat)?.topics.delete(thread);
    steward.clock.move(5 * 60_000);
    await until('the other', () => fired('Harvest') !== undefined);
    expect(fired('Harvest')?.message_thread_id).toBeUndefined();
  });

  it('that removes Steward lets its reminders rest, says so in private, and goes on when it is back', async () => {
    const chat = await group(owner);
    const there = steward.inGroup(ANNA, chat);
    await there.say('@steward_bot remind us to stretch in 5 minutes');
    await there.say('@steward_bot remind us to stretch daily at 12:00');
    steward.sandbox.kick(chat, owner.user);
    await steward.quiet();
    const own = { db: steward.db, clock: steward.clock, botId: steward.sandbox.world.me.id as BotId };
    for (let turns = 0; turns < 2; turns += 1) await tellOfAbsence(own);
    await steward.quiet();
    expect(anna.texts().filter((text) => text.includes(`I cannot write in Family ${groups} any more`))).toEqual([
      expect.stringContaining('2 reminders'),
    ]);
    expect(await anna.say('/status')).toContain(`Family ${groups}`);
    steward.clock.move(7 * 60_000);
    await until('it rests', async () => {
      const rows = await steward.db.query("SELECT FROM deliveries WHERE chat_id = $1 AND reason = 'group-away'", [
        chat,
      ]);
      return rows.length > 0;
    });
    steward.sandbox.addBot(chat, owner.user);
    await until('it goes on', () => heard(chat).some((text) => text.includes('was due')));
    expect(heard(chat).some((text) => text.includes('I am back'))).toBe(true);
  });

  it('shows nothing any more to somebody who left it', async () => {
    const chat = await group(owner);
    await steward.inGroup(ANNA, chat).say('@steward_bot feed the cat');
    const members = () =>
      steward.db.query('SELECT person_id FROM memberships m JOIN spaces s ON s.id = m.space_id WHERE s.chat_id = $1', [
        chat,
      ]);
    expect(await members()).toHaveLength(2);
    steward.sandbox.leave(chat, anna.user, steward.sandbox.user(EVE));
    await steward.quiet();
    expect(await members()).toHaveLength(1);
  });
});
