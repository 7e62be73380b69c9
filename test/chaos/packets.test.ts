/** The database goes away at every packet of handling a message, refused or taken with its answer lost: each message has its effects once, and one answer. */
import { expect, it } from 'vitest';
import type { SandboxUser } from '../../src/sandbox/index.ts';
import { startWired } from '../e2e/database-wire.ts';
import { until } from '../e2e/steward.ts';

/** More packets than handling a message and sending its answer takes, the loops' own among them. */
const PACKETS = 10;

interface Counted {
  tasks: number;
  actions: number;
  reminders: number;
  /** messages of the bot */
  answers: number;
}

/** Steward's own question of whether it is quiet goes over the same wire. */
const yesOrNo = [() => true, () => false] as const;

it.concurrent.each([
  ['polling', 'refused'],
  ['polling', 'taken, its answer lost'],
  ['webhook', 'refused'],
  ['webhook', 'taken, its answer lost'],
] as const)('by %s, a packet %s', async (mode, how) => {
  const { steward, wire, end } = await startWired({ mode });
  const person = steward.person();
  const count = async (): Promise<Counted> => {
    const [row] = await steward.db.query<Omit<Counted, 'answers'>>(
      `SELECT (SELECT count(*) FROM tasks)::int AS tasks, (SELECT count(*) FROM actions)::int AS actions,
              (SELECT count(*) FROM reminders)::int AS reminders`,
    );
    return { ...{ tasks: 0, actions: 0, reminders: 0 }, ...row, answers: person.seen().length };
  };
  try {
    await person.say('/start');
    await person.say('a task that stays');
    for (const [before, act, answer, change] of [
      ['', (user) => user.send('call Bob tomorrow at 17:00'), 'Call Bob', { tasks: 1, actions: 1 }],
      ['call Ann on friday', (user) => user.send('/undo'), 'taken out again', { tasks: -1, actions: 1 }],
      ['', (user) => user.send('/remind 1 in 3 days'), 'a task that stays', { actions: 1, reminders: 1 }],
      ['remind me to stretch in 2 minutes', () => steward.clock.move(2 * 60_000), 'Stretch', {}],
    ] satisfies ReadonlyArray<[string, (user: SandboxUser) => void, string, Partial<Counted>]>)
      for (let packet = 0; packet < PACKETS; packet += 1) {
        const place = `${answer}, packet ${packet}`;
        if (before) await person.say(before);
        await steward.quiet();
        const was = await count();
        wire.stopAt(packet, how !== 'refused');
        act(person.user);
        await until(`${place}: it is answered`, async () => person.seen().length > was.answers);
        await until(`${place}: it is met`, () => wire.packets() > packet);
        // Whatever came twice would have come by now.
        await until(`${place}: it is over`, () => steward.quiet().then(...yesOrNo));
        const is = await count();
        const changed = Object.entries(is).map(([name, now]) => [name, now - was[name as keyof Counted]]);
        expect(Object.fromEntries(changed), place).toEqual({
          tasks: 0,
          actions: 0,
          reminders: 0,
          answers: 1,
          ...change,
        });
        expect(person.texts().at(-1), place).toContain(answer);
      }
    expect(await steward.db.query('SELECT kind, summary FROM stored_errors')).toEqual([]);
  } finally {
    await end();
  }
});
