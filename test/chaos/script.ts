/** What the people of a chaos run do: the same for a run full of disturbances and for the quiet one it is compared with. */
import type { SandboxUser } from '../../src/sandbox/index.ts';
import { keyboardOf, type Sandbox, type SeenMessage } from '../../src/sandbox/index.ts';
import type { Database } from '../../src/storage/database.ts';
import { textOf } from '../e2e/steward.ts';

export const PEOPLE = [9001, 9002, 9003, 9004, 9005, 9006];
/** Reminders each person makes; half are answered by Done, half are put off. */
export const REMINDERS = 8;

/** The updates of one person, one after another. Each step is complete in itself, so that the order of the whole decides the outcome. */
export function* steps(user: SandboxUser, name: string, rounds: number): Generator<void> {
  for (let reminder = 0; reminder < REMINDERS; reminder += 1) {
    user.send(`remind me to ${name} ping ${reminder} in ${12 + reminder * 2} seconds`);
    yield;
  }
  for (let round = 0; round < rounds; round += 1) {
    const thing = `${name} thing ${round}`;
    const sent = user.send(thing);
    yield;
    if (round % 5 === 0) {
      user.edit(sent.message_id, `${thing} changed`);
      yield;
    }
    if (round % 2 === 0) {
      user.send(`done with ${thing}`);
      yield;
    }
    if (round % 4 === 0) {
      user.send('/undo');
      yield;
    }
    if (round % 3 === 0) {
      user.send(`/note ${REMINDERS + round + 1} remark ${round}`);
      yield;
    }
  }
}

/** The reminder's messages as the person sees them, oldest first. */
export function copies(sandbox: Sandbox, chat: number, title: string): SeenMessage[] {
  const wanted = title.toLowerCase();
  return sandbox.messages(chat).filter((seen) => {
    if (!seen.fromBot) return false;
    const first = (seen.edits[0]?.message.text ?? textOf(seen)).toLowerCase();
    return first.startsWith(`⏰ ${wanted}`) && !/#\d/.test(first.split('\n')[0] ?? '');
  });
}

/** Presses Done on even reminders and "1 hour" on odd ones, on the newest copy of each. */
export function answerReminders(sandbox: Sandbox): number {
  let pressed = 0;
  for (const id of PEOPLE)
    for (let reminder = 0; reminder < REMINDERS; reminder += 1) {
      const target = copies(sandbox, id, `u${id} ping ${reminder}`).at(-1);
      const label = reminder % 2 === 0 ? 'Done' : '1 hour';
      if (
        !target ||
        !keyboardOf(target.message)
          .flat()
          .some((button) => button.text === label)
      )
        continue;
      sandbox.user(id).press(target, label);
      pressed += 1;
    }
  return pressed;
}

/** Everything that should be equal in the end: tasks with their notes, reminders, and how their occurrences ended. */
export async function outcome(db: Database): Promise<unknown> {
  return {
    tasks: await db.query(
      `SELECT t.space_id, t.number, t.title, t.status, array_agg(n.body ORDER BY n.id) AS notes
         FROM tasks t LEFT JOIN notes n ON n.task_id = t.id GROUP BY t.id ORDER BY t.space_id, t.number`,
    ),
    reminders: await db.query(
      `SELECT r.space_id, r.number, r.text, r.status,
              (SELECT array_agg(d.state ORDER BY d.due_at) FROM deliveries d WHERE d.reminder_id = r.id) AS occurrences
         FROM reminders r ORDER BY r.space_id, r.number`,
    ),
    actions: await db.query('SELECT kind, count(*)::int AS count FROM actions GROUP BY kind ORDER BY kind'),
    updates: await db.query(
      "SELECT state, count(*)::int AS count FROM updates WHERE type <> 'my_chat_member' GROUP BY state",
    ),
  };
}

/** The answers of a chat without reminders, repeats and what differs by the hour: first lines, in order. */
export function answersOf(sandbox: Sandbox, chat: number): string[] {
  const lines: string[] = [];
  const whole = new Set<string>();
  for (const seen of sandbox.messages(chat)) {
    const text = seen.edits[0]?.message.text ?? textOf(seen);
    const [line = ''] = text.split('\n');
    if (!seen.fromBot || (line.startsWith('⏰') && !/#\d/.test(line))) continue;
    // A repeat of an answer that did arrive shows the same again; one that stands for an answer that never did counts as it.
    const words = text.replace(/\n\(repeat\)$/, '');
    if (words !== text && whole.has(words)) continue;
    whole.add(words);
    lines.push(line);
  }
  return lines;
}
