/** Whatever is typed comes back unharmed: random hostile texts through echo, card, list and edit, against the stand-in's strict rules. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../src/sandbox/index.ts';
import fc from '../support/steady/fast-check.ts';
import { type Person, type Steward, startSteward, textOf, until } from './steward.ts';

const SEED = 20_261_122;

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '<b>',
      '</b>',
      '&amp;',
      '*',
      '_',
      '__',
      '`',
      '```',
      '~',
      '||',
      '[x](tg://user?id=1)',
      '\\',
      '👨‍👩‍👧‍👦',
      '🇩🇪',
      '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
      '\u202e',
      '\u2066',
      '\u2069',
      '\u200f',
      '\u0000',
      '\u001b[2J',
      '\u0301\u0301\u0301',
      '\ud83d',
      '\udc00',
      'e\u0301',
      'ﷺ',
      '𝕏',
      '\n',
      '\r\n',
      '\t',
      '\u2028',
      '\u00a0',
      '\ufeff',
      '@',
      '#',
      '!',
      '#tag',
      '@name',
      '!high',
      'http://x.y/z?a=b&c=d',
      '{ $x }',
      '%s',
      '$(x)',
      'tomorrow',
      'at 25:99',
      'every',
      '31 February',
      '12:00',
      'завтра',
      '/list',
      ' ',
      '  ',
      '-- ',
      '—',
      '"',
      "'",
    ),
  },
);
const text = fc
  .array(piece, { minLength: 1, maxLength: 30 })
  .map((pieces) => pieces.join(''))
  .filter((words) => words.trim() !== '' && words.length <= 4096);

/** Letters and digits of the words, in the form a search would compare: what must not get lost. */
const essence = (words: string) => [...words.normalize('NFC').matchAll(/[\p{L}\p{N}]/gu)].map(String);

describe('hostile text', () => {
  let steward: Steward;
  let owner: Person;
  beforeAll(async () => {
    steward = await startSteward({ mode: 'polling' });
    owner = steward.person();
    await owner.say('/language en');
  });
  afterAll(() => steward?.end());

  const refusals = () =>
    steward.sandbox.journal
      .calls()
      .filter((call) => call.code >= 400 && call.code !== 409 && call.code !== 429)
      .map((call) => `${call.method}: ${call.description} ${JSON.stringify(call.params['text'] ?? '').slice(0, 200)}`);

  it('is kept whole when it is to be kept as typed, and shown without a refusal in echo, card and list', async () => {
    for (const words of fc.sample(text, { numRuns: 150, seed: SEED })) {
      const line = words.replace(/[\n\r\u2028\u2029\u0085\v\f]+/g, ' ').trim();
      const before = (await steward.db.query<{ id: number }>('SELECT max(id) AS id FROM tasks'))[0]?.id ?? 0;
      const answer = await owner.say(`/add -- ${line}`);
      expect(answer, JSON.stringify(line)).not.toMatch(/broke|undefined|\[object/);
      const [task] = await steward.db.query<{ title: string; notes: string }>(
        'SELECT title, notes FROM tasks WHERE id > $1 ORDER BY id DESC',
        [before],
      );
      if (essence(line).length > 0) {
        expect(task, JSON.stringify(line)).toBeDefined();
        expect(essence(`${task?.title} ${task?.notes}`).join(''), JSON.stringify(line)).toContain(
          essence(line).join(''),
        );
      }
    }
    expect(await owner.say('/list')).not.toBe('');
    expect(refusals()).toEqual([]);
  });

  it('stands in native tables as well, every title of every page, and nothing of it becomes a link or a command', async () => {
    for (const step of ['Tables', 'Native tables', 'Table shows']) {
      if (step === 'Tables') await owner.say('/settings');
      await owner.press(step);
    }
    const titles = await steward.db.query<{ title: string }>("SELECT title FROM tasks WHERE status = 'todo'");
    let shown = '';
    await owner.say('/list');
    for (let page = 0; page < Math.ceil(titles.length / 8); page += 1) {
      if (page > 0) await owner.press('▶');
      const [, table] = owner.seen().at(-1)?.message.rich_message?.blocks ?? [];
      if (table?.type !== 'table') throw new Error(`page ${page} has no table`);
      const cells = table.cells.map((row) => row[1]?.text ?? '');
      expect(cells.filter((cell) => JSON.stringify(cell).includes('"type"'))).toEqual([]);
      shown += `${textOf(owner.seen().at(-1) as SeenMessage)}\n`;
    }
    for (const { title } of titles) {
      // Long ones are cut.
      const start = essence(title).slice(0, 20).join('');
      if (title.length < 70) expect(essence(shown).join(''), JSON.stringify(title)).toContain(start);
    }
    expect(refusals()).toEqual([]);
    await owner.say('/undo');
  });

  it('is answered without a refusal or a fault wherever it is typed', async () => {
    const ways = [
      '',
      '/add ',
      '/search ',
      'remind me to ',
      '/remind ',
      '/task ',
      '/note 1 ',
      '/edit 1 ',
      '/timezone ',
      '/tag 1 ',
      '/due 1 ',
      'done with ',
      '/undo ',
    ];
    for (const [index, words] of fc.sample(text, { numRuns: 260, seed: SEED + 1 }).entries())
      owner.user.send(`${ways[index % ways.length]}${words}`.slice(0, 4096));
    await steward.quiet();
    expect(refusals()).toEqual([]);
    expect(await steward.db.query('SELECT kind, summary, count FROM stored_errors')).toEqual([]);
    expect(owner.texts().filter((told) => told.includes('Something here broke'))).toEqual([]);
    await until(
      'nothing was put aside',
      async () => (await steward.db.query("SELECT 1 FROM updates WHERE state IN ('parked', 'waiting')")).length === 0,
    );
    const handled = await steward.db.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM updates WHERE state = 'handled'",
    );
    expect(handled[0]?.count).toBeGreaterThan(400);
  });

  it('is never in the log', () => {
    const log = steward.log.join('');
    for (const planted of [
      'tg://user',
      'http://x.y',
      '{ $x }',
      steward.sandbox.token.split(':')[1] ?? '?',
      'planted-database-password',
    ])
      expect(log.includes(planted), planted).toBe(false);
  });
});
