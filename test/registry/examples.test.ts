/** Guards the registry of commands: each is explained and tried in both languages, and every line help offers does what it says in a real Steward. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { declaredCommands } from '../../scripts/reference/registry.ts';
import { examplesOf, usageOf } from '../../src/features/help/index.ts';
import { languages, translator } from '../../src/locales/translator.ts';
import { textOf } from '../e2e/steward.ts';
import { furnish, GUEST, type Stage, stage, tellsFailure } from './stage.ts';

const commands = declaredCommands();
/** Those that do something; what is not built yet has its own test. */
const asked = commands.filter((command) => !command.later);

/** Those that mean something only among several people. */
const OF_GROUPS: ReadonlySet<string> = new Set(['assign_to']);
const GROUP = -1_001_000_000_001;

/** What has to be there before a command can do anything. */
const BEFORE: ReadonlyArray<readonly [RegExp, readonly string[]]> = [
  [/^\/undo/, ['/add one', '/add two', '/add three', '/add four']],
  [/^\/reopen/, ['/done 12']],
  [/^\/depend .* -/, ['/depend 12 on 15']],
];

describe.each(languages)('in %s', (language) => {
  const t = translator(language);
  let present: Stage;
  beforeAll(async () => {
    present = await stage(language);
    await present.steward.db.query(
      `INSERT INTO stored_errors (fingerprint, kind, summary, first_seen, last_seen, last_ref, refs)
       VALUES ('f00d', 'Error', 'Error in job.trim', '2026-05-12T07:00:00Z', '2026-05-12T07:00:00Z', '7F3K', ARRAY['7F3K'])`,
    );
    await furnish(present, language);
    const invitation = /\/start (inv-\S+)/.exec(await present.owner.say('/invite'))?.[1];
    await present.steward.person(GUEST, { first_name: language === 'ru' ? 'Анна' : 'Ada' }).say(`/start ${invitation}`);
    await present.refusedSince();
  });
  afterAll(() => present?.steward.end());

  test.each(commands.map((command) => [command.name, command] as const))(
    '/%s has a description, usage and examples that fit a button',
    (name, command) => {
      expect(t.text(`command-${name}`)).toMatch(
        language === 'ru' && !command.later ? /^[А-ЯЁ].*[^.]$/ : /^\p{Lu}.*[^.]$/u,
      );
      expect(usageOf(t, command)).toContain(`/${name}`);
      if (language === 'ru') {
        // What is typed as it stands keeps its form; everything else is said in Russian.
        const foreign = usageOf(t, command)
          .slice(name.length + 1)
          .match(/\b(?!start|stop|switch|on|off|en|ru)[a-z]{2,}/gi);
        expect(foreign ?? []).toEqual([]);
      }
      const examples = examplesOf(t, command);
      expect(examples.length).toBeGreaterThan(0);
      for (const line of examples) {
        expect(line.split(' ')[0]).toBe(`/${name}`);
        // Telegram's buttons show about 40 signs: a longer example would be cut.
        expect(line.length, line).toBeLessThanOrEqual(40);
      }
    },
  );

  test('what works in groups alone works there', async () => {
    const { owner, steward } = present;
    const anna = steward.person(GUEST);
    steward.sandbox.group(GROUP, 'Family', [owner.user, anna.user], 'supergroup');
    steward.sandbox.addBot(GROUP, owner.user);
    await steward.quiet();
    anna.user.send('/list', { chat: GROUP });
    for (let n = 1; n <= 12; n += 1) owner.user.send(`/add thing ${n}`, { chat: GROUP });
    await steward.quiet();
    const heard = () => steward.sandbox.messages(GROUP).filter(({ fromBot }) => fromBot);
    for (const line of commands
      .filter(({ name }) => OF_GROUPS.has(name))
      .flatMap((command) => examplesOf(t, command))) {
      const before = heard().length;
      owner.user.send(line, { chat: GROUP });
      await steward.quiet();
      const answer = heard().slice(before).map(textOf).join('\n');
      expect(answer, line).not.toBe('');
      expect(tellsFailure(language, answer), `${line}: ${answer}`).toBe(false);
    }
    expect(await present.refusedSince()).toBe(0);
  });

  const own = commands.filter(({ name }) => !OF_GROUPS.has(name));
  test.each(own.flatMap((command) => examplesOf(t, command).map((line) => [line, command] as const)))(
    '%s does what it says, and is taken back',
    async (line, { name }) => {
      const { owner, steward } = present;
      const newest = async () =>
        (await steward.db.query<{ id: number }>('SELECT coalesce(max(id), 0)::int AS id FROM actions'))[0]?.id ?? 0;
      const from = await newest();
      for (const [lines, first] of BEFORE) if (lines.test(line)) for (const before of first) await owner.say(before);
      const [before, answer] = [await newest(), await owner.say(line)];
      expect(answer, line).not.toBe('');
      expect(tellsFailure(language, answer), `${line}: ${answer}`).toBe(false);
      expect(await present.refusedSince(), `${line}: ${answer}`).toBe(0);
      if (name === 'undo') return;
      // What changed nothing is nothing to take back.
      const made = await steward.db.query<{ id: number }>(
        `SELECT id FROM actions WHERE id > $1 AND undone_at IS NULL AND kind <> 'undo'
            AND EXISTS (SELECT FROM changes WHERE action_id = actions.id)`,
        [Math.min(from, before)],
      );
      if (made.length === 0) return;
      const undone = await owner.say(made.length === 1 ? '/undo' : `/undo ${made.length}`);
      expect(tellsFailure(language, undone), `/undo of ${line}: ${undone}`).toBe(false);
    },
  );

  test.each(
    asked
      .filter(({ name }) => !OF_GROUPS.has(name))
      .flatMap(({ name, aliases = [] }) => (language === 'en' ? [name, ...aliases] : [name]))
      .map((name) => [name]),
  )('/%s with nothing behind it asks or shows, and is never an error', async (name) => {
    // Nothing is left to take back when its turn comes otherwise.
    if (name === 'undo') await present.owner.say('/add one');
    const answer = await present.owner.say(`/${name}`);
    expect(answer, name).not.toBe('');
    expect(tellsFailure(language, answer), `/${name}: ${answer}`).toBe(false);
    expect(await present.refusedSince(), `/${name}: ${answer}`).toBe(0);
  });

  test('nothing of it troubled the operator', () => {
    expect(present.faults()).toEqual([]);
  });
});
