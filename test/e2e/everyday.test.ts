/** What people do every day beside the main conversation: small talk, second thoughts, numbers of anything, a question left open. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER, type Person, type Steward, startSteward, until } from './steward.ts';

const RUSSIAN = 7012;
const HOUR = 3_600_000;

let steward: Steward;
let owner: Person;
let russian: Person;
beforeAll(async () => {
  steward = await startSteward({ mode: 'polling', people: [OWNER, RUSSIAN] });
  owner = steward.person();
  russian = steward.person(RUSSIAN, { first_name: 'Аня', language_code: 'ru' });
});
afterAll(() => steward?.end());

/** The number in "Stretch  #12" of an echo or card. */
const numberIn = (text: string): string => /#(\d+)/.exec(text)?.[1] ?? '';
const titles = async (where = "status = 'todo'") =>
  (await steward.db.query<{ title: string }>(`SELECT title FROM tasks WHERE ${where} ORDER BY id`)).map(
    (row) => row.title,
  );

it('whose first words fail is told so in their own language', async () => {
  expect(await russian.say('/done 99')).toContain('Под номером #99 ничего нет');
  await russian.say('/list');
  expect(await russian.say('/done 99')).toContain('Под номером #99 ничего нет');
});

describe('a reminder called by its number or title where tasks usually are', () => {
  it('is over when done before it fired, and undo brings it back', async () => {
    const number = numberIn(await owner.say('remind me to buy milk in 5 hours'));
    expect(await owner.say(`done ${number}`)).toContain('✅ Buy milk');
    expect(await owner.press('Undo')).toContain('Buy milk is open again');
    expect(await owner.say(`/done ${number}`)).toContain('✅ Buy milk');
    await owner.say('/undo');
    expect(await owner.say('done with buy milk')).toContain('✅ Buy milk');
  });

  it('is acknowledged where it waits for an answer; a series between two of them says when it comes next', async () => {
    const number = numberIn(await owner.say('remind me to stretch every hour'));
    expect(await owner.say(`done ${number}`)).toContain('waits for no answer now');
    expect(owner.buttons()).toEqual(['Skip next', 'Delete']);
    steward.clock.move(HOUR + 1000);
    await until('it fired', () => owner.texts().some((text) => text.startsWith('⏰ Stretch') && !text.includes('#')));
    expect(await owner.say(`done ${number}`)).toContain('✅ Stretch');
    const [row] = await steward.db.query(
      'SELECT state FROM deliveries WHERE sent_at IS NOT NULL ORDER BY id DESC LIMIT 1',
    );
    expect(row).toEqual({ state: 'acknowledged' });
    expect(await owner.say(`delete ${number}`)).toContain('Reminder deleted: Stretch');
  });

  it('is one of several that are done or deleted in one breath, and come back by one undo', async () => {
    const [first, second] = [
      numberIn(await owner.say('remind me to air the room in 5 hours')),
      numberIn(await owner.say('remind me to fetch the post in 6 hours')),
    ];
    expect(await owner.say(`/delete ${first} ${second}`)).toBe(
      'Reminder deleted: Air the room.\nReminder deleted: Fetch the post.',
    );
    expect(owner.buttons()).toEqual(['Undo']);
    expect(await owner.press('Undo')).toContain('2 reminders are back');
    expect(await owner.say(`done ${first} and ${second}`)).toBe('✅ Air the room\n✅ Fetch the post');
    expect(await owner.say('/undo')).toContain('2 reminders are open again');
    expect(await owner.say(`/delreminder ${first} ${second}`)).toContain('Reminder deleted: Fetch the post.');
    expect(await owner.say('/undo')).toContain('2 reminders are back');
    await owner.say(`/delete ${first}, ${second}`);
  });

  it('gets another time and other words by the commands for tasks', async () => {
    const number = numberIn(await owner.say('remind me to ring Zoe tomorrow 9:00'));
    expect(await owner.say(`/due ${number} tomorrow 10:00`)).toContain('10:00');
    expect(await owner.say('move ring zoe to tomorrow 11:00')).toContain('11:00');
    expect(await owner.say(`/edit ${number} ring Zora`)).toContain('ring Zora');
    expect(await owner.say('delete ring zora')).toContain('Reminder deleted');
  });

  it('stands beside tasks in one message of several numbers', async () => {
    const reminder = numberIn(await owner.say('remind me to post a letter in 5 hours'));
    await owner.say('wash the car');
    const [task] = await steward.db.query<{ number: number }>("SELECT number FROM tasks WHERE title = 'wash the car'");
    const told = await owner.say(`done ${reminder} and ${task?.number}`);
    expect(told).toContain('✅ Post a letter');
    expect(told).toContain('✅ wash the car');
  });
});

describe('second thoughts', () => {
  it.each(['cancel', 'Cancel.', 'never mind', 'отмена'])(
    '"%s" ends the question, and nothing is made of it',
    async (words) => {
      const before = await titles();
      await owner.say('/add');
      expect(await owner.say(words)).toContain('that is ended');
      expect(await titles()).toEqual(before);
    },
  );

  it('"cancel" with no question open offers to take back the last change', async () => {
    await owner.say('paint the fence');
    const told = await owner.say('cancel');
    expect(told).toContain('I am not asking anything right now');
    expect(told).toContain('Added "paint the fence"');
    await owner.press('Undo');
    expect(await titles()).not.toContain('paint the fence');
  });

  it('a finished recurring task that is opened again leaves one open instance', async () => {
    await owner.say('water the ficus every day');
    expect(await owner.say('done with water the ficus')).toContain('Next:');
    expect(await owner.say('/reopen water the ficus')).toContain('is taken back');
    expect(await titles("title ILIKE 'water the ficus' AND status = 'todo'")).toHaveLength(1);
    await owner.say('/undo');
    expect(await titles("title ILIKE 'water the ficus'")).toHaveLength(2);
  });
});

describe('words that name a command', () => {
  it.each([
    ['settings', 'Settings'],
    ['Status.', 'Telegram: connected'],
    ['history', 'History'],
    ['/настройки', 'No /настройки here'],
  ])('"%s" said alone is not a task', async (words, answer) => {
    const before = await titles();
    expect(await owner.say(words)).toContain(answer);
    expect(await titles()).toEqual(before);
  });

  it('finds reminders by their titles', async () => {
    await owner.say('remind me to blow the horn in 9 hours');
    expect(await owner.say('/snooze blow the horn 1h')).toContain('Blow the horn: again');
    expect(await owner.say('/pause blow the horn until 2099-01-01')).toContain('paused');
    expect(await owner.say('/pause blow the horn off')).toContain('goes on');
    await owner.say('/delreminder blow the horn');
  });
});

describe('a question about the zone', () => {
  it('takes places in any wording', async () => {
    await owner.say('/timezone');
    expect(await owner.say("I'm in Tokyo")).toContain('Tokyo');
    await owner.say('/timezone');
    expect(await owner.say('Berlin, Germany')).toContain('Berlin');
  });

  it.each(['call Paris office tomorrow', 'call Paris office', 'Rome trip', 'buy bread'])(
    'does not swallow "%s"',
    async (words) => {
      expect(await owner.say('/timezone xyzzy')).toContain('xyzzy');
      const before = await titles();
      await owner.say(words);
      expect(await titles()).toHaveLength(before.length + 1);
      expect(await owner.say('Berlin')).toContain('Berlin');
    },
  );

  it('keeps a word that is no place for a task', async () => {
    await owner.say('/timezone');
    expect(await owner.say('xylophone')).toContain('xylophone');
    await owner.press('Save task');
    expect(await titles()).toContain('xylophone');
  });
});

describe('people who leave the configuration', () => {
  it('are sent nothing while they are not in it, and what they asked for when they are back', async () => {
    await russian.say('напомни полить цветы через 1 час');
    await steward.stop();
    await steward.start([OWNER]);
    const before = russian.texts().length;
    steward.clock.move(2 * HOUR);
    await owner.say('remind me to blink in 1 minute');
    steward.clock.move(61_000);
    await until('somebody else is reminded', () => owner.texts().some((text) => text.startsWith('⏰ Blink')));
    expect(russian.texts()).toHaveLength(before);
    expect(await steward.db.query('SELECT state, reason FROM deliveries WHERE chat_id = $1', [RUSSIAN])).toEqual([
      { state: 'cancelled', reason: 'person-removed' },
    ]);
    await steward.stop();
    await steward.start();
    await until('they are reminded', () => russian.texts().some((text) => /^⏰ Полить цветы — срок был/.test(text)));
  });
});

describe('/cancel', () => {
  it.each([
    ['several lines', 'wash the car\nwax the car', 'Left as it was.'],
    ['a farewell for good', '/forget_me', 'Everything stays as it is.'],
  ])('leaves a question that is asked by buttons alone: %s', async (_, words, told) => {
    const before = await titles();
    await owner.say(words);
    expect(owner.buttons().length).toBeGreaterThan(1);
    expect(await owner.say('/cancel')).toBe(`${told}\n\nAll right, that is ended.`);
    expect(await titles()).toEqual(before);
    expect(await owner.say('/cancel')).toContain('I am not asking anything right now.');
  });

  it('finds no question in one that was answered, whatever the answer', async () => {
    await owner.say('sweep the yard\nrake the yard');
    await owner.press('Add 2');
    expect(await owner.say('/cancel')).toContain('I am not asking anything right now.');
    await owner.say('sweep the roof\nrake the roof');
    await owner.press('Cancel');
    expect(await owner.say('/cancel')).toContain('I am not asking anything right now.');
    expect(await titles("title LIKE '%roof'")).toEqual([]);
  });
});
