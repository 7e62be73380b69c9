/** Tasks of a group given to one of it: said, pressed, searched, told in private and done from there. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OWNER, type Person, type Steward, startSteward, textOf, until } from './steward.ts';

const ANNA = 7002;
const PETR = 7003;
const OLEG = 7004;
const GROUP = -1_001_000_900;

let steward: Steward;
let olga: Person;
let anna: Person;
let petr: Person;
/** the same in the group */
let there: { olga: Person; anna: Person; petr: Person };

beforeAll(async () => {
  steward = await startSteward({ mode: 'polling', people: [OWNER, ANNA, PETR, OLEG] });
  olga = steward.person(OWNER, { first_name: 'Olga', username: 'olga' });
  anna = steward.person(ANNA, { first_name: 'Anna', username: 'anna' });
  petr = steward.person(PETR, { first_name: 'Пётр', language_code: 'ru' });
  const oleg = steward.person(OLEG, { first_name: 'Oleg', username: 'oleg' });
  for (const person of [olga, anna, petr, oleg]) await person.say('/start');
  steward.sandbox.group(GROUP, 'Family', [olga.user, anna.user, petr.user], 'supergroup');
  steward.sandbox.addBot(GROUP, olga.user);
  await steward.quiet();
  there = {
    olga: steward.inGroup(OWNER, GROUP),
    anna: steward.inGroup(ANNA, GROUP),
    petr: steward.inGroup(PETR, GROUP),
  };
  await there.anna.say('/list');
  await there.petr.say('/list');
});
afterAll(() => steward?.end());

it('an @name of somebody in the group gives the task to them, told once in their own chat', async () => {
  const told = anna.texts().length;
  expect(await there.olga.say('@steward_bot buy milk tomorrow @anna')).toContain('🙋 Anna');
  await steward.quiet();
  expect(anna.texts().slice(told)).toEqual([expect.stringMatching(/^Olga gave you this in Family:\n\nbuy milk/i)]);
  expect(anna.seen().at(-1)?.message.reply_markup).toMatchObject({
    inline_keyboard: expect.arrayContaining([
      [{ text: 'Show there', url: expect.stringContaining('t.me/c/1000900/') }],
    ]),
  });
});

it('an @name of nobody there is a client, as everywhere', async () => {
  expect(await there.olga.say('@steward_bot send the offer @acme')).toContain('👤 Acme');
});

it('whom nobody knows here is explained, and no client is made of the name unless it is said to be one', async () => {
  const told = await there.olga.say('/assign 2 Zoe');
  expect(told).toContain('called "Zoe". I know those who have called me here once.');
  expect(told).toContain('/assign_client 2 Zoe');
  expect(await there.olga.say('/assign 2 nobody')).not.toContain('nobody');
  expect(await there.olga.say('/assign 2 acme')).toContain('👤 Acme');
});

it('somebody without an @name is named by their link', async () => {
  const text = '@steward_bot fix the lamp Пётр';
  const told = petr.texts().length;
  const entities = [{ type: 'text_mention' as const, offset: 26, length: 4, user: petr.user.profile }];
  expect(await there.olga.say(text, { entities })).toContain('🙋 Пётр');
  await steward.quiet();
  expect(petr.texts().slice(told)).toEqual([expect.stringContaining('Olga поручает вам в чате Family')]);
});

it('words give a task, take it and take it away; everybody allowed may, and history says who', async () => {
  await there.olga.say('@steward_bot paint the fence');
  const number = /paint the fence/i.test(await there.olga.say('/list')) ? 4 : 0;
  expect(await there.anna.say(`@steward_bot assign ${number} to Пётр`)).toContain('🙋 Пётр');
  expect(await there.petr.say(`@steward_bot назначь ${number} Анне`)).not.toContain('🙋 Anna');
  expect(await there.petr.say(`@steward_bot I'll take ${number}`)).toContain('🙋 Пётр');
  expect(await there.olga.say(`/assign ${number} Anna`)).toContain('🙋 Anna');
  expect(await there.olga.say('/history')).toMatch(/"Paint the fence" is for Anna|"paint the fence" is for Anna/);
  expect(await there.anna.say('/history')).toMatch(/fence.* is for Anna.*Olga/);
  expect(await there.anna.say('/undo')).toContain('whose it was before');
  expect(await there.olga.say(`/task ${number}`)).toContain('🙋 Пётр');
  expect(await there.olga.say(`/unassign ${number}`)).not.toContain('🙋');
});

it('a button on the card asks whose it is', async () => {
  await there.olga.say('/task 4');
  expect(await there.olga.press('Assign')).toContain('Whose is it?');
  expect(await there.olga.press('Anna')).toContain('🙋 Anna');
});

it('lists and searches know whose a task is', async () => {
  expect(await there.olga.say('/list @anna')).toMatch(/buy milk[\s\S]*fence|fence[\s\S]*buy milk/i);
  expect(await there.olga.say('/list @anna')).not.toContain('lamp');
  expect(await there.petr.say('/search assigned:me')).toContain('lamp');
  expect(await there.petr.say('/search assigned:anna milk')).toContain('milk');
  expect(await there.petr.say('/search assigned:nobody')).toContain('offer');
  expect(await there.petr.say('/mine')).toContain('lamp');
  expect(await there.petr.say('/mine')).not.toContain('milk');
});

it('many are given at once, told in one message with the list, and taken back as one', async () => {
  await there.olga.say('@steward_bot rake the leaves');
  await there.olga.say('@steward_bot clean the gutter');
  const numbers = /(\d+) {2}rake[\s\S]*?(\d+) {2}clean/i.exec(await there.olga.say('/list')) ?? [];
  const told = petr.texts().length;
  await there.olga.say(`/bulk ${numbers[1]},${numbers[2]}`);
  expect(await there.olga.press('Assign')).toContain('Who is to do them?');
  expect(await there.olga.press('Пётр')).toContain('Give 2 tasks to Пётр?');
  expect(await there.olga.press('Yes, all 2')).toContain('Changed: 2');
  await steward.quiet();
  expect(petr.texts().slice(told)).toEqual([
    expect.stringMatching(/^Olga поручает вам 2 задачи в чате Family:\n\n[\s\S]*rake[\s\S]*clean/i),
  ]);
  expect(await there.olga.say('/search assigned:Пётр')).toMatch(/rake[\s\S]*clean/i);
  expect(await there.olga.say('/undo')).toContain('as before');
  expect(await there.olga.say('/search assigned:Пётр')).not.toMatch(/rake/i);
  expect(await there.olga.say(`/bulk_assign ${numbers[1]},${numbers[2]} Anna`)).toContain('Give 2 tasks to Anna?');
  expect(await there.olga.say(`/bulk ${numbers[1]} assign Zoe`)).toContain('Nobody in this group');
  await there.olga.say(`/delete ${numbers[1]} ${numbers[2]}`);
});

it('what is given to one is seen and done from their own chat, and is the group’s all the same', async () => {
  await anna.say('something of my own');
  const mine = await anna.say('/mine');
  expect(mine).toContain('Family');
  expect(mine).toMatch(/buy milk/i);
  expect(mine).not.toContain('of my own');
  expect(await anna.press('1')).toMatch(/buy milk/i);
  expect(await anna.press('Done')).toContain('✅');
  expect(await there.olga.say('/list')).not.toMatch(/buy milk/i);
  expect(await there.olga.say('/history')).toMatch(/Done: "buy milk".*Anna/i);
  // A reply to what was told acts on the group's task too.
  const given = anna.seen().find((one) => textOf(one).startsWith('Olga gave you this'));
  expect(await anna.say('how much of it?', { replyTo: given?.message.message_id })).toMatch(/Noted on buy milk/i);
  expect(await anna.say('/list')).not.toMatch(/how much/);
  // A question about it is answered by a reply; what is said otherwise is one's own.
  await anna.say('/mine');
  await anna.press('4');
  await anna.press('Edit');
  expect(await anna.press('Title')).toContain('Reply to this message');
  const asked = anna.seen().findLast((one) => textOf(one).includes('Reply to this message'));
  expect(await anna.say('a thought of my own')).toContain('a thought of my own');
  expect(await anna.say('paint the gate', { replyTo: asked?.message.message_id })).toContain('paint the gate');
  expect(await there.olga.say('/list')).toContain('paint the gate');
  expect(await anna.say('/list')).toMatch(/a thought of my own/);
});

it('somebody outside the group acts on nothing of it', async () => {
  const shown = anna.seen().find((one) => textOf(one).startsWith('Olga gave you this'));
  steward.sandbox.leave(GROUP, anna.user);
  await steward.quiet();
  expect(await anna.say('done', { replyTo: shown?.message.message_id })).toContain('not here any more');
  expect(await anna.say('/mine')).toContain('Nothing in your groups');
});

it('a reminder of a task names who is to do it', async () => {
  await there.olga.say('@steward_bot call the school in 10 minutes @olga');
  const number = /#(\d+)/.exec(await there.olga.say('/task call the school'))?.[1] ?? '';
  await there.olga.say(`/remind ${number} in 5 minutes`);
  steward.clock.move(6 * 60_000);
  await until('it is said', () => there.olga.texts().some((text) => /^⏰ call the school.*\n🙋 Olga/i.test(text)));
});

it('a task goes from one’s own list to the group and back, with all that hangs on it', async () => {
  await olga.say('redo bath 2031-05-05 at 10:00 #home');
  const number = /#(\d+)/.exec(await olga.say('/task redo bath'))?.[1] ?? '';
  await olga.say(`/subtask ${number} choose tiles`);
  await olga.say(`/note ${number} the blue ones`);
  await olga.say(`/remind ${number} 2031-05-05 at 9:00`);
  expect(await olga.say(`/move ${number} to group Family`)).toContain('Redo bath is in Family now');
  await steward.quiet();
  expect(there.olga.texts().at(-1)).toMatch(/^Olga moved this here:\n\nredo bath/i);
  expect(await there.petr.say('/search home')).toContain('edo bath');
  expect(await olga.say('/list')).not.toContain('edo bath');
  const rows = () =>
    steward.db.query<{ what: string; owner: string }>(
      `SELECT x.what, s.kind AS owner FROM spaces s JOIN (
         SELECT 'task' AS what, space_id FROM tasks WHERE title ILIKE ANY ('{redo bath,choose tiles}') UNION ALL
         SELECT 'note', space_id FROM notes WHERE body = 'the blue ones' UNION ALL
         SELECT 'reminder', r.space_id FROM reminders r JOIN tasks t ON t.id = r.task_id WHERE t.title ILIKE 'redo bath' UNION ALL
         SELECT 'delivery', d.space_id FROM deliveries d JOIN reminders r ON r.id = d.reminder_id JOIN tasks t ON t.id = r.task_id
          WHERE t.title ILIKE 'redo bath' AND d.state = 'due' AND d.chat_id = r.chat_id) x ON x.space_id = s.id`,
    );
  const all = (owner: string) => ['task', 'task', 'note', 'reminder', 'delivery'].map((what) => ({ what, owner }));
  expect(await rows()).toHaveLength(5);
  expect(await rows()).toEqual(expect.arrayContaining(all('group')));
  // Whoever moved it can take that back; or it goes to somebody's own list.
  expect(await olga.say('/undo')).toContain('is back here');
  expect(await rows()).toHaveLength(5);
  expect(await rows()).toEqual(expect.arrayContaining(all('person')));
  expect(await olga.say('/search bath')).toContain('edo bath');
  await olga.say(`/move ${number} Family`);
  const here = /#(\d+)/.exec(await there.petr.say('/task redo bath'))?.[1] ?? '';
  expect(await there.petr.say(`/move ${here} me`)).toContain('in your own list now');
  expect(await petr.say('/list')).toContain('edo bath');
  expect(await there.olga.say('/list')).not.toContain('edo bath');
});

it('groups are told their own commands, without what is private, in both languages', async () => {
  const of = (language: string) =>
    steward.sandbox.journal
      .calls({ method: 'setMyCommands' })
      .map(
        ({ params }) =>
          params as { scope?: { type?: string }; language_code?: string; commands?: Array<{ command: string }> },
      )
      .find(({ scope, language_code = '' }) => scope?.type === 'all_group_chats' && language_code === language)
      ?.commands?.map(({ command }) => command);
  for (const language of ['', 'ru']) {
    expect(of(language)).toEqual(expect.arrayContaining(['add', 'list', 'today', 'undo', 'help']));
    expect(of(language)).not.toEqual(expect.arrayContaining(['export']));
  }
});

it('an @name of somebody allowed who has not called Steward here is asked about, and is no client', async () => {
  expect(await there.olga.say('@steward_bot prune the vine @oleg')).toMatch(/prune the vine/i);
  const [made = '', asked = ''] = there.olga.texts().slice(-2);
  expect(made).not.toContain('👤');
  expect(asked).toMatch(
    /called "oleg".*called me here once\.\n[\s\S]*Whose is it\?\nA client\? \/assign_client \d+ oleg/i,
  );
  expect(await there.olga.press('Пётр')).toContain('🙋 Пётр');
});

it('lines sent at once are given to whom each names, who is told once of all of them', async () => {
  await there.olga.say('@steward_bot\nsand the door @Пётр\noil the hinges @Пётр');
  const told = petr.texts().length;
  await there.olga.press('Add 2');
  await steward.quiet();
  expect(petr.texts().slice(told)).toEqual([expect.stringContaining('вам 2 задачи в чате Family')]);
});

it('times of a group are told with their zone to whom lives by another clock, in their own chat', async () => {
  await petr.say('/timezone москва');
  const told = petr.texts().length;
  await there.olga.say('@steward_bot order pizza tomorrow 18:00');
  const number = /#(\d+)/.exec(await there.olga.say('/task pizza'))?.[1] ?? '';
  expect(await there.olga.say(`@steward_bot assign ${number} to Пётр`)).toContain('Tomorrow 18:00 ·');
  await steward.quiet();
  expect(petr.texts().slice(told).join('\n')).toContain('Завтра 18:00 (Berlin)');
  await petr.say('/timezone берлин');
});

it('the group’s quiet holds its reminders, whosever they are, and nobody’s own', async () => {
  await there.olga.say('@steward_bot remind us to breathe in 5 minutes');
  await there.olga.say('/quiet on');
  await olga.say('remind me to blink in 5 minutes');
  steward.clock.move(6 * 60_000);
  await until('the private one', () => olga.texts().some((text) => /^⏰ blink/i.test(text) && !text.includes('#')));
  const held = () =>
    steward.db.query("SELECT FROM deliveries WHERE chat_id = $1 AND state = 'held' AND reason = 'quiet'", [GROUP]);
  await until('it is held', async () => (await held()).length > 0);
  await there.olga.say('/quiet off');
  await until('it comes', () => there.olga.texts().some((text) => /breathe[\s\S]*🙋 Olga/i.test(text)));
});

it('who has themselves forgotten leaves the group its list without their name, and takes what was theirs alone', async () => {
  const alone = GROUP - 1;
  steward.sandbox.group(alone, 'Nobody else', [petr.user], 'supergroup');
  await steward.inGroup(PETR, alone).say('@steward_bot купить хлеб');
  await there.petr.say('@steward_bot water the roses');
  await there.petr.say('/remind rehearse every day at 12:00');
  await there.olga.say('/assign 3 Пётр');
  await petr.say('/forget_me');
  await petr.press('Удалить');
  await petr.say('УДАЛИТЬ');
  const titles = await steward.db.query<{ title: string; assigneeId: number | null }>(
    'SELECT title, assignee_id FROM tasks',
  );
  expect(titles).toContainEqual({ title: 'water the roses', assigneeId: null });
  expect(titles.filter(({ title }) => /хлеб/i.test(title))).toEqual([]);
  expect(titles.filter(({ assigneeId }) => assigneeId !== null).length).toBeGreaterThan(0);
  expect(await steward.db.query('SELECT FROM spaces WHERE chat_id = $1', [alone])).toEqual([]);
  const whose = await steward.db.query<{ name: string; planned: number }>(
    `SELECT p.name, (SELECT count(*)::int FROM deliveries d WHERE d.reminder_id = r.id AND d.state = 'due' AND d.person_id = p.id) AS planned
       FROM reminders r JOIN people p ON p.id = r.person_id WHERE r.text ILIKE 'rehearse'`,
  );
  expect(whose).toEqual([{ name: 'Olga', planned: 1 }]);
  expect(await there.olga.say('/history')).not.toContain('Пётр Пётр');
});
