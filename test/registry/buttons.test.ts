/** Guards the registry of buttons: in both languages each one is shown by some message of a real Steward, has a label that fits, and is pressed to an effect. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { declaredButtons } from '../../scripts/reference/registry.ts';
import { languages } from '../../src/locales/translator.ts';
import { keyboardOf } from '../../src/sandbox/index.ts';
import { GROUPS, scenes } from './scenes.ts';
import { furnish, type Stage, stage, tellsFailure } from './stage.ts';

const declared = declaredButtons();

interface Walk {
  /** 'scope:name' with the labels it was shown under */
  readonly labels: ReadonlyMap<string, ReadonlySet<string>>;
  readonly pressed: ReadonlySet<string>;
}

/** Plays every scene, and after each presses what was never pressed before, wherever in the chat it stands. */
async function walk(present: Stage, language: (typeof languages)[number]): Promise<Walk> {
  const { owner, steward } = present;
  const labels = new Map<string, Set<string>>();
  const pressed = new Set<string>();
  const tried = new Set<string>();
  /** what was pressed when a button was first seen */
  const opener = new Map<string, string>();
  let last = '';

  /** What was chosen in the settings: a language or quiet hours just pressed would change all that follows. */
  const settings = async () =>
    JSON.stringify(
      await steward.db.query(
        'SELECT language, locale, timezone, clock, quiet_hours, quiet_since, quiet_until, native_tables FROM people WHERE telegram_user_id = $1',
        [owner.id],
      ),
    );
  const offered = () =>
    [...GROUPS.flatMap((group) => steward.sandbox.messages(group)).filter(({ fromBot }) => fromBot), ...owner.seen()]
      .toReversed()
      .flatMap((seen) =>
        keyboardOf(seen.message)
          .flat()
          .flatMap((button) =>
            'callback_data' in button ? [{ seen, text: button.text, data: button.callback_data }] : [],
          ),
      );
  for (const scene of scenes(present, language)) {
    await scene();
    last = '';
    await steward.quiet();
    for (;;) {
      const all = offered();
      for (const { text, data } of all) {
        const name = nameOf(data);
        if (!labels.has(name) && last !== '') opener.set(name, last);
        labels.set(name, (labels.get(name) ?? new Set()).add(text));
      }
      const untried = (offer: (typeof all)[number]) =>
        !speaksOtherwise(offer.data, language) && !tried.has(`${offer.seen.message.message_id} ${offer.data}`);
      const fresh = all.find((offer) => !pressed.has(kindOf(offer.data)) && untried(offer));
      // A menu whose other button was pressed is gone: what opened it opens it again.
      const waiting = new Set([...labels.keys()].filter((name) => !pressed.has(name)).map((name) => opener.get(name)));
      const next = fresh ?? all.find((offer) => waiting.has(kindOf(offer.data)) && untried(offer));
      if (next === undefined) break;
      last = kindOf(next.data);
      tried.add(`${next.seen.message.message_id} ${next.data}`);
      const setting = /^[sh]:/.test(next.data);
      const before = setting ? await settings() : '';
      const answer = await owner.pressData(next.data, next.seen);
      // What the message was about may be gone since: another one will do.
      if (!tellsFailure(language, answer)) pressed.add(kindOf(next.data)).add(nameOf(next.data));
      if (setting && (await settings()) !== before) await owner.say('/undo');
    }
  }
  return { labels, pressed };
}

/** Whether a press would change the language. */
const speaksOtherwise = (data: string, language: (typeof languages)[number]): boolean =>
  data.startsWith('s:language:') && data.split(':')[3] !== String(languages.indexOf(language));

/** Buttons of one name that lead to different places are tried place by place. */
function kindOf(data: string): string {
  if (/^s:(?:open|quietSet):/.test(data)) return data;
  return nameOf(data);
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z]{3,}/g) ?? [];

const lettersOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}'’-]+/u)
    .filter((word) => /\p{L}/u.test(word));

const nameOf = (data: string): string => data.split(':').slice(0, 2).join(':');

const stages = new Map<(typeof languages)[number], Stage>();
const walks = new Map<(typeof languages)[number], Walk>();
beforeAll(async () => {
  // Both languages at once: a walk mostly waits for answers.
  const played = languages.map(async (language) => {
    const present = await stage(language);
    stages.set(language, present);
    await furnish(present, language);
    walks.set(language, await walk(present, language));
  });
  await Promise.all(played);
}, 400_000);
afterAll(async () => {
  for (const { steward } of stages.values()) await steward.end();
});

describe.each(languages)('in %s', (language) => {
  const present = () => stages.get(language) as Stage;
  const walked = () => walks.get(language) as Walk;

  test('every button is offered somewhere, and its press does something', () => {
    expect(declared.length).toBeGreaterThan(100);
    expect(declared.filter((name) => !walked().labels.has(name))).toEqual([]);
    expect(declared.filter((name) => !walked().pressed.has(name))).toEqual([]);
  });

  test('every label fits a phone and is in the language', () => {
    const all = [...walked().labels].flatMap(([name, labels]) => [...labels].map((label) => ({ name, label })));
    expect(all.filter(({ label }) => label.length > 40)).toEqual([]);
    // At most two words, as far as nobody's own words stand on it; `src/locales/labels.test.ts` reads what Steward writes there.
    const said = new Set(
      present()
        .steward.sandbox.messages(present().owner.id)
        .filter(({ fromBot }) => !fromBot)
        .flatMap(({ message }) => lettersOf(message.text ?? '')),
    );
    const long = all.filter(({ name, label }) => {
      const words = lettersOf(label);
      return words.length > 2 && name !== 's:example' && !GIVEN.test(label) && !words.some((word) => said.has(word));
    });
    expect(long).toEqual([]);
    if (language === 'ru') {
      const typed = new Set(
        present()
          .steward.sandbox.messages(present().owner.id)
          .filter(({ fromBot }) => !fromBot)
          .flatMap(({ message }) => wordsOf((message.text ?? '').replaceAll(/\/\w+/g, ''))),
      );
      const own = all.filter(
        ({ name, label }) =>
          /[a-z]{3}/i.test(label) &&
          !/[а-яё]/i.test(label) &&
          name !== 's:language' &&
          !GIVEN.test(label) &&
          !wordsOf(label).some((word) => typed.has(word)),
      );
      expect(own).toEqual([]);
    }
  });

  test('nothing of it troubled the operator', () => {
    expect(present().faults()).toEqual([]);
  });
});

/** Names that are the same in every language, and what the scenes made up. */
const GIVEN = /^(?:✓ )?(?:\/|Steward|AAA|Ada)/;
