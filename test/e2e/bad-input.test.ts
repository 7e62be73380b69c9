/** What a person can get wrong, each with a clear outcome: nothing broken, nothing lost, no refusal by Telegram. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modes, OWNER, type Person, type Steward, startSteward, textOf, until, WEBHOOK_SECRET } from './steward.ts';

describe.each(modes)('bad input by %s', (mode) => {
  let steward: Steward;
  let owner: Person;
  beforeAll(async () => {
    steward = await startSteward({ mode });
    owner = steward.person();
    await owner.say('/language en');
  });
  afterAll(() => steward?.end());

  const titles = async () =>
    (await steward.db.query<{ title: string }>('SELECT title FROM tasks ORDER BY id')).map((row) => row.title);

  it('answers an unknown command and wrong arguments with the way that works', async () => {
    expect(await owner.say('/lsit')).toContain('/list');
    expect(await owner.say('/nosuchthing')).toContain('/nosuchthing');
    for (const wrong of [
      '/done',
      '/done 99999',
      '/task banana',
      '/undo minus one',
      '/snooze',
      '/due 99999 tomorrow',
      '/timezone',
      '/task 99999999999999999999',
      '/delete 0',
      '/undo 1000000',
      '/priority',
      '/list #nosuchtag',
      '/why 123456',
      '/skip -1',
    ])
      expect(await owner.say(wrong), wrong).not.toMatch(/^$|broke|undefined|NaN|\[object/);
  });

  it('tells what became of a deleted item when its old button is pressed', async () => {
    await owner.say('short lived task');
    const edit = owner.button('Edit');
    const undo = owner.button('Undo');
    await owner.press('Undo');
    const rows = await titles();
    expect(await owner.pressData(edit.data, edit.message)).not.toMatch(/^$|broke/);
    expect(await owner.pressData(undo.data, undo.message)).not.toMatch(/^$|broke/);
    expect(await titles()).toEqual(rows);
  });

  it('takes a press twice for one', async () => {
    await owner.say('press me twice');
    await owner.say('/task press me twice');
    const done = owner.button('Done');
    owner.user.pressData(done.message, done.data);
    await owner.pressData(done.data, done.message);
    const [row] = await steward.db.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM actions WHERE kind = 'task.complete'",
    );
    expect(row?.count).toBe(1);
  });

  it('meets hostile callback data with a short notice and changes nothing', async () => {
    await owner.say('a card to press on');
    const rows = await titles();
    const { data } = owner.button('Edit');
    const hostile = [
      '',
      ' ',
      'x',
      '0',
      'v0|old|1',
      '../../etc',
      "'; DROP TABLE tasks; --",
      data.slice(0, -1),
      `${data}x`,
      data.replace(/\d+/g, '999999999'),
      data.replace(/\d+/g, '-1'),
      data.replace(/\d+/g, '1e9'),
      data.replace(/\d+/g, '99999999999999999999'),
      '\u0000\u202e',
      '😀'.repeat(16),
      'a'.repeat(64),
    ];
    for (const one of hostile) expect(await owner.pressData(one), JSON.stringify(one)).not.toMatch(/broke/);
    expect(await titles()).toEqual(rows);
  });

  it('keeps texts of any kind as they came and shows them unharmed', async () => {
    const texts = [
      `${'<b>&amp;*_[x](y)`~||{}#+-=.!\\'.repeat(140)}`.slice(0, 4096),
      'я'.repeat(4096),
      '😀'.repeat(2048),
      '🔥🔥🔥',
      '👨‍👩‍👧‍👦',
      'a\u0000b\u0007c\u001b[31md',
      '\u202eright to left\u202c and \u2066isolated',
      '\u200b\u200b\u200b',
      'e\u0301'.repeat(300),
      'Z̸̡̛͔a̶̧l̷̢g̴̨o̵̢',
      'ﷺﷺﷺ',
      '\ud83d',
      '— -- — /',
      '@everyone #tag #tag #tag !high !low',
      'http://[::1]:99999/\nhttps://exa mple/<script>',
      '$(rm -rf /) `id` ; drop table tasks',
      '{ $title } { DATETIME($x) } {"brace"}',
    ];
    for (const text of texts) {
      const answer = await owner.say(text);
      expect(answer, JSON.stringify(text.slice(0, 40))).not.toMatch(/broke|undefined|\[object/);
      expect(answer.trim(), JSON.stringify(text.slice(0, 40))).not.toBe('');
    }
    expect(await owner.say('/list')).not.toBe('');
    expect(await owner.say('/history')).not.toBe('');
  });

  it('refuses days that are past, impossible or too far by word, and loses none of the words', async () => {
    for (const [words, told] of [
      ['pay rent on 1 January 2020', /past|is that the date/],
      ['see the dentist on 31 February', /no date|date/],
      ['open the capsule on 3 March 9999', /far/],
      ['celebrate on 30.02.2031', /no date|date/],
    ] as const) {
      const answer = await owner.say(words);
      expect(answer, words).toMatch(told);
      const kept = (await titles()).at(-1) ?? '';
      for (const word of words.split(' ').slice(0, 2)) expect(kept.toLowerCase(), words).toContain(word.toLowerCase());
    }
    for (const words of [
      'remind me to time travel on 1 January 2020',
      'remind me to wait on 31 February',
      'remind me to wait until 1 January 99999',
    ])
      expect(await owner.say(words), words).not.toMatch(/^$|broke/);
    expect(await owner.say('/timezone Middle/Earth')).toContain('Middle/Earth');
    const [person] = await steward.db.query<{ timezone: string }>('SELECT timezone FROM people');
    expect(person?.timezone).toBe('Europe/Berlin');
  });

  it('follows the edit of a message, before and after it was handled, and ignores edits of what made nothing', async () => {
    await owner.say('/cancel');
    const sent = owner.user.send('buy milk');
    await steward.quiet();
    const before = (await titles()).length;
    owner.edit(sent.message_id, 'buy oat milk tomorrow');
    await steward.quiet();
    expect((await titles()).length).toBe(before);
    expect((await titles()).at(-1)?.toLowerCase()).toContain('oat milk');
    const quick = owner.user.send('call Ann');
    owner.edit(quick.message_id, 'call Anna');
    await steward.quiet();
    expect((await titles()).at(-1)?.toLowerCase()).toBe('call anna');
    const list = owner.user.send('bread\nmilk');
    await steward.quiet();
    await owner.press('Add 2');
    owner.edit(list.message_id, 'bread\noat milk');
    await steward.quiet();
    expect((await titles()).slice(-2)).toEqual(['bread', 'oat milk']);
    const asked = owner.user.send('/list');
    await steward.quiet();
    owner.edit(asked.message_id, '/history');
    await steward.quiet();
    expect((await titles()).length).toBe(before + 3);
  });

  it('takes an album for one item, whatever its caption asks', async () => {
    const photo = (caption?: string) => ({ name: 'p.jpg', type: 'image/jpeg', bytes: Buffer.from('jpeg'), caption });
    const before = (await titles()).length;
    const answers = owner.texts().length;
    owner.sendAlbum('photo', [photo('receipts of the trip'), photo(), photo()]);
    await steward.quiet();
    expect((await titles()).slice(before)).toEqual(['receipts of the trip']);
    expect(owner.texts().length).toBe(answers + 1);
    owner.sendAlbum('photo', [photo('/task 424242'), photo(), photo()]);
    await steward.quiet();
    expect((await titles()).length).toBe(before + 1);
    expect(owner.texts().length).toBe(answers + 2);
  });

  it('is not moved by updates of unknown types and odd shapes from its own people', async () => {
    const chat = { id: OWNER, type: 'private', first_name: 'x' };
    const from = { id: OWNER, is_bot: false, first_name: 'x' };
    const rows = await titles();
    const odd: Array<Record<string, unknown>> = [
      { message: { message_id: 1, date: 1, chat, from } },
      { message: { message_id: 'x', date: 'y', chat, from, text: 5 } },
      { message: { message_id: 1, date: 1, chat, from, text: 'x', reply_to_message: 'no' } },
      { message: { message_id: 1, date: 1, chat, from, new_chat_title: 'x' } },
      { message: { message_id: 1, date: 1, chat, from, dice: { emoji: '🎲', value: 3 } } },
      { message: { message_id: 1, date: 1, chat, from, location: { latitude: 1e9, longitude: -1e9 } } },
      { message: { message_id: 2 ** 60, date: 2 ** 60, chat, from, contact: { phone_number: '1', first_name: '' } } },
      { callback_query: { id: 'no', from, chat_instance: '1', message: { message_id: 1, date: 0, chat } } },
      { callback_query: { id: 'no', from, chat_instance: '1', inline_message_id: 'x', data: 'y' } },
      { edited_message: { message_id: 999_999, date: 1, chat, from, text: 'never seen' } },
      { my_chat_member: { chat, from, date: 1, old_chat_member: {}, new_chat_member: {} } },
      { purchased_paid_media: { from, paid_media_payload: 'x' } },
      { something_new: { from, chat } },
    ];
    for (const update of odd) steward.sandbox.inject(update, String(OWNER));
    await steward.quiet();
    const made = (await titles()).slice(rows.length);
    // A die that was thrown is kept as the sign it is, as if it had been typed.
    expect(made.filter((title) => !/^(x|1|🎲)$/u.test(title))).toEqual([]);
    expect(await owner.say('/list')).not.toMatch(/broke/);
  });

  it('reads a list of many lines, and pages through hundreds of tasks', async () => {
    await steward.db.query(
      `INSERT INTO tasks (space_id, number, title, created_by, created_at)
       SELECT one.space_id, 100000 + n, 'Bulk ' || n, one.created_by, now() FROM (SELECT * FROM tasks LIMIT 1) one, generate_series(1, 400) n`,
    );
    expect(await owner.say('/list')).toContain('Tasks');
    expect(await owner.say(Array.from({ length: 150 }, (_, n) => `line ${n}`).join('\n'))).not.toMatch(/^$|broke/);
  });

  if (mode === 'webhook') {
    /** The status (0: cut off) and how many bytes were not taken by then. fetch would wait for the whole body to be taken. */
    function post(bytes: number, headers: Record<string, string>): Promise<{ status: number; left: number }> {
      const target = new URL(`${steward.publicUrl()}${steward.webhookPath}`);
      return new Promise((resolve, reject) => {
        const call = request(target, { method: 'POST', headers }, (response) => {
          response.resume();
          resolve({ status: response.statusCode ?? 0, left });
          call.destroy();
        });
        call.on('error', (error: NodeJS.ErrnoException) =>
          error.code === 'EPIPE' || error.code === 'ECONNRESET' ? undefined : reject(error),
        );
        call.on('close', () => resolve({ status: 0, left }));
        const chunk = Buffer.alloc(65_536, 'a');
        let left = bytes;
        const more = () => {
          while (left > 0) {
            left -= chunk.length;
            if (!call.write(chunk)) return void call.once('drain', more);
          }
          call.end();
        };
        more();
      });
    }
    const secret = { 'x-telegram-bot-api-secret-token': WEBHOOK_SECRET };

    it('refuses a body of 20 MB, with its length given or in chunks, and takes in no more of an endless one', async () => {
      expect((await post(20_000_000, { ...secret, 'content-length': '20054016' })).status).toBe(413);
      expect([413, 0]).toContain((await post(20_000_000, secret)).status);
      expect([401, 0]).toContain((await post(20_000_000, {})).status);
      expect((await post(500_000_000, secret)).left).toBeGreaterThan(0);
      expect(await owner.say('/list')).toContain('Tasks');
    });

    it('refuses what is no update without failing, and goes on', async () => {
      const hook = `${steward.publicUrl()}${steward.webhookPath}`;
      for (const body of [
        '',
        '{',
        'null',
        '[]',
        '5',
        '"x"',
        '{"update_id":"x"}',
        '{"update_id":-1}',
        '{"update_id":1e308}',
        `${'['.repeat(50_000)}`,
        '{"update_id":5,"message":{"__proto__":{"x":1}}}',
        '\ufeff{}',
        '{"update_id":7,"message":{"chat":{"id":7001,"type":"private"},"from":{"id":7001,"is_bot":false},"text":"\\u0000\\ud800"}}',
      ]) {
        const response = await fetch(hook, { method: 'POST', headers: secret, body });
        expect(response.status, body.slice(0, 60)).toBeLessThan(500);
      }
      await steward.quiet();
      expect(await owner.say('/list')).toContain('Tasks');
    });
  }

  it('kept nothing as a fault of its own, and Telegram refused nothing', async () => {
    await steward.quiet();
    const refused = steward.sandbox.journal
      .calls()
      .filter((call) => call.code >= 400 && call.code !== 409 && call.method !== 'answerCallbackQuery')
      .map((call) => `${call.method}: ${call.description} ${JSON.stringify(call.params['text'] ?? '').slice(0, 100)}`);
    expect(refused).toEqual([]);
    expect(await steward.db.query('SELECT kind, summary, count FROM stored_errors')).toEqual([]);
    expect(await steward.db.query("SELECT 1 FROM updates WHERE state = 'parked'")).toEqual([]);
    await until(
      'nothing waits',
      async () => (await steward.db.query("SELECT 1 FROM updates WHERE state = 'waiting'")).length === 0,
    );
    expect(
      owner
        .seen()
        .map(textOf)
        .filter((text) => text.includes('broke')),
    ).toEqual([]);
  });
});
