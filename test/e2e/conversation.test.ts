/** The main conversation, from a person's first words to a reminder answered, by polling and by webhook alike. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modes, OWNER, type Person, type Steward, startSteward, until } from './steward.ts';

const RUSSIAN = 7002;
const HOUR = 3_600_000;

describe.each(modes)('the conversation by %s', (mode) => {
  let steward: Steward;
  let owner: Person;
  beforeAll(async () => {
    steward = await startSteward({ mode, people: [OWNER, RUSSIAN] });
    owner = steward.person();
  });
  afterAll(() => steward?.end());

  it('echoes what it understood, with the ways to take back and correct', async () => {
    const echo = await owner.say('call Bob tomorrow 3pm');
    expect(echo).toContain('Call Bob');
    expect(owner.buttons()).toEqual(['Undo', 'Change time', 'Edit']);
    expect(await owner.press('Change time')).not.toBe('');
    expect(await owner.say('/list')).toContain('Call Bob');
  });

  it('completes, undoes and redoes, each told, the data following', async () => {
    const open = async () =>
      (await steward.db.query<{ title: string }>("SELECT title FROM tasks WHERE status = 'todo' ORDER BY id")).map(
        (row) => row.title,
      );
    await owner.say('water the ferns');
    expect(await open()).toContain('water the ferns');
    expect(await owner.say('done with water the ferns')).toContain('✅ water the ferns');
    expect(await open()).not.toContain('water the ferns');
    expect(await owner.say('/undo')).toContain('open again');
    expect(await open()).toContain('water the ferns');
    expect(await owner.press('Redo')).toContain('water the ferns');
    expect(await open()).not.toContain('water the ferns');
    const history = await owner.say('/history');
    expect(history).toContain('Done: "water the ferns"');
    expect(history).toContain('Added "water the ferns"');
  });

  it('makes nothing that the button Undo cannot take back', async () => {
    const before = await steward.db.query('SELECT id FROM tasks');
    await owner.say('buy a kite !high #fun');
    await owner.press('Undo');
    expect(await steward.db.query('SELECT id FROM tasks')).toEqual(before);
    expect(owner.texts().at(-1)).not.toContain('broke');
  });

  it('reminds when due, and Done ends it', async () => {
    await owner.say('remind me to stretch in 1 hour');
    steward.clock.move(HOUR + 500);
    await until('the reminder is there', () => owner.texts().some((text) => text === '⏰ Stretch'));
    expect(owner.buttons()).toEqual(expect.arrayContaining(['Done', '10 min', '1 hour', 'Tomorrow']));
    const { data, message } = owner.button('Done');
    expect(await owner.press('Done')).toContain('✅ Stretch');
    expect(await owner.pressData(data, message)).toContain('done already');
    const [row] = await steward.db.query<{ state: string; repeats: number }>(
      "SELECT state, repeats FROM deliveries WHERE occurrence LIKE 'reminder:%' ORDER BY id DESC LIMIT 1",
    );
    expect(row).toEqual({ state: 'acknowledged', repeats: 0 });
  });

  it('reminds again after a snooze, at the time it said', async () => {
    await owner.say('remind me to drink water in 30 minutes');
    steward.clock.move(HOUR / 2 + 500);
    await until('the reminder is there', () => owner.texts().at(-1) === '⏰ Drink water');
    expect(await owner.press('10 min')).toContain('Drink water: again');
    const count = () => owner.texts().filter((text) => text.startsWith('⏰ Drink water')).length;
    const before = count();
    steward.clock.move(9 * 60_000);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(count()).toBe(before);
    steward.clock.move(61_000);
    await until('it comes again', () => owner.texts().at(-1) === '⏰ Drink water');
    await owner.press('Done');
  });

  it('tells what fell due while it was away as late, with the time it was back, and /why explains', async () => {
    await owner.say('remind me to feed the cat in 1 hour');
    await steward.stop();
    steward.clock.move(3 * HOUR);
    await steward.start();
    await until('the late reminder', () => owner.texts().some((text) => text.includes('Feed the cat — was due')));
    expect(owner.texts().at(-1)).toMatch(/^⏰ Feed the cat — was due .+, I was offline until .+/);
    await steward.quiet();
    expect(await owner.say('/why')).toContain('Feed the cat');
    expect(owner.texts().filter((text) => text.includes('Feed the cat — was due'))).toHaveLength(1);
  });

  it('follows a changed zone: what is due by the wall stays by the wall', async () => {
    await owner.say('lunch tomorrow at 13:00');
    const due = () =>
      steward.db.query<{ dueDate: string; dueTime: string }>(
        "SELECT due_date, due_time FROM tasks WHERE title = 'Lunch'",
      );
    const before = await due();
    expect(before).toHaveLength(1);
    expect(await owner.say('/timezone Asia/Tokyo')).toContain('Tokyo');
    expect(await due()).toEqual(before);
    expect(await owner.say('/timezone Europe/Berlin')).toContain('Berlin');
    expect(await owner.say('/settings')).toContain('Europe/Berlin');
  });

  it('speaks Russian with a Russian, beside an English owner', async () => {
    const russian = steward.person(RUSSIAN, { first_name: 'Аня', language_code: 'ru' });
    await russian.say('/start');
    if (!russian.texts().join('').match(/[а-я]/)) await russian.say('/language ru');
    expect(await russian.say('позвонить маме завтра в 15:00')).toContain('Позвонить маме');
    expect(russian.buttons()[0]).toMatch(/[А-я]/);
    expect(await russian.say('/list')).toContain('Позвонить маме');
    expect(await owner.say('/list')).not.toContain('маме');
    await russian.say('напомни потянуться через 1 час');
    steward.clock.move(HOUR + 500);
    await until('the Russian reminder', () => russian.texts().some((text) => /^⏰ .*отянуться/.test(text)));
  });

  it('does not count the update that asks for the status among those that wait', async () => {
    expect(await owner.say('/status')).toContain('0 waiting, 0 put aside');
  });

  it('was refused nothing by Telegram, and kept no error', async () => {
    await steward.quiet();
    const refused = steward.sandbox.journal
      .calls()
      .filter((call) => call.code >= 400 && call.code !== 409 && call.code !== 429)
      .map((call) => `${call.method}: ${call.description}`);
    expect(refused).toEqual([]);
    expect(await steward.db.query('SELECT kind, summary FROM stored_errors')).toEqual([]);
  });
});
