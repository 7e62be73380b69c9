/** What an owner says and presses: every command and the buttons pressed most, in an order in which each finds what it needs. */
import { type Summary, summary } from '../figures.ts';
import type { StandInProcess } from './standin.ts';

/**
 * Words to send, or a button to press on the newest message that has it. '{n}' is a number new in each round, '{t}' that of a task that is
 * there, '{u}' of another; '{new}' and '{r}' of the task and the reminder that the round made.
 */
export type Step = string | { readonly press: string };

const press = (label: string): Step => ({ press: label });

export const STEPS: readonly Step[] = [
  'repaint the garden shed {n} tomorrow 3pm #sales !high',
  press('Change time'),
  'buy milk {n}',
  press('Undo'),
  'позвонить маме про дачу {n} завтра в 15:00',
  '/add water the plants {n}',
  'remind me to stretch in {n} minutes',
  '/list',
  press('▶'),
  press('Today'),
  '/list #sales',
  '/list #rare',
  '/list in progress',
  '/list high',
  '/list done',
  '/today',
  '/week',
  '/overdue',
  '/someday',
  '/search call',
  press('▶'),
  '/search позвонить',
  '/search c',
  '/search repaint shed',
  '/search call status:done',
  '/search priority:urgent due:week',
  '/search nothinglikethis',
  '/task {t}',
  press('More'),
  press('History'),
  press('Back'),
  press('Edit'),
  '/task {t}',
  press('Done'),
  '/undo',
  '/task garden shed {n}',
  'done with repant the garden shed {n}',
  '/undo',
  'done with something that is not there',
  '/done {t}',
  '/reopen {t}',
  '/edit {t} Call Bobby {n}',
  '/due {t} tomorrow 15:00',
  '/due {t} friday',
  '/priority {t} high',
  '/priority {t} low',
  '/set_status {t} in progress',
  '/set_status {t} todo',
  '/tag {t} home',
  '/tag',
  '/project {t} Website',
  '/project',
  '/assign_client {t} Globex',
  '/estimate {t} 30m',
  '/defer {t} monday',
  '/note {t} asked for Friday',
  '/subtask {t} buy paint {n}',
  '/subtask {t}',
  '/depend {t} on {u}',
  '/depend {t} -{u}',
  '/bulk {t},{u} priority low',
  press('Change'),
  '/undo',
  '/bulk overdue priority high',
  press('Cancel'),
  '/filters',
  '/template',
  '/delete {t}',
  '/undo',
  '/undo',
  '/history',
  press('▶'),
  'remind me in 90 minutes to call {n}',
  press('Undo'),
  '/remind 45m stretch {n}',
  '/reminders',
  press('Statistics'),
  '/reminders stats',
  '/snooze stretch {n} 2h',
  '/why stretch {n}',
  '/pause stretch {n}',
  '/settings',
  '/language',
  '/timezone',
  '/quiet',
  '/help',
  '/status',
  '/start',
  '/cancel',
];

export interface Measured {
  readonly what: string;
  readonly times: Summary;
}

/** Goes through the steps `rounds` times, after some that do not count. A press that finds no button is left out of its round. */
export async function walk(standIn: StandInProcess, user: number, rounds: number, warm = 3): Promise<Measured[]> {
  const times = new Map<string, number[]>();
  for (let round = -warm; round < rounds; round += 1) {
    const n = round + warm + 11;
    const t = 1 + (n % 4);
    for (const step of STEPS) {
      const what = typeof step === 'string' ? step : `[${step.press}]`;
      const took =
        typeof step === 'string'
          ? await standIn.ask(
              user,
              step
                .replace('{n}', String(n))
                .replace('{t}', String(t))
                .replace('{u}', String(t + 4)),
            )
          : await standIn.press(user, step.press).catch(() => undefined);
      if (round >= 0 && took !== undefined) times.set(what, [...(times.get(what) ?? []), took]);
    }
  }
  return [...times].map(([what, each]) => ({ what, times: summary(each) }));
}
