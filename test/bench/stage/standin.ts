/** The handle on the stand-in's process. */
import type { ChildProcess } from 'node:child_process';
import { end, environment, startModule } from './children.ts';

/** A reminder as it arrived. */
export interface Reminded {
  /** epoch ms */
  readonly due: number;
  /** ms */
  readonly late: number;
  readonly chat: number;
}

export interface Load {
  readonly users: readonly number[];
  /** '{n}' becomes a running number */
  readonly text: string;
  /** unanswered messages of each person */
  readonly outstanding: number;
  readonly warmSeconds: number;
  readonly seconds: number;
}

export type Order =
  | { readonly do: 'ask'; readonly user: number; readonly text: string }
  | { readonly do: 'press'; readonly user: number; readonly label: string }
  | ({ readonly do: 'load' } & Load)
  | { readonly do: 'burst'; readonly user: number; readonly texts: readonly string[] }
  | { readonly do: 'people'; readonly users: readonly number[] }
  | { readonly do: 'reminded' | 'takeReminded' | 'counters' };

export interface StandInProcess {
  readonly url: string;
  readonly token: string;
  readonly process: ChildProcess;
  /** Writes as `user`; milliseconds until the next message of the bot in their chat. */
  ask(user: number, text: string): Promise<number>;
  /** Presses the button with this label on the newest message that has it; milliseconds until the bot's next message or edit. */
  press(user: number, label: string): Promise<number>;
  load(load: Load): Promise<{ answers: number; seconds: number; replies: number[] }>;
  /** Writes all at once; milliseconds until the last answer. */
  burst(user: number, texts: readonly string[]): Promise<number>;
  /** Makes people known, so that the bot may write to them. */
  people(users: readonly number[]): Promise<void>;
  /** how many reminders arrived so far */
  reminded(): Promise<number>;
  takeReminded(): Promise<Reminded[]>;
  stop(): Promise<void>;
}

const LONGEST_MS = 240_000;

/** Starts it on a free port. */
export async function startStandIn(options: { limits?: boolean } = {}): Promise<StandInProcess> {
  const child = startModule(new URL('./standin-process.ts', import.meta.url), {
    ...environment({ LIMITS: options.limits ? 'on' : 'off' }),
  });
  const pending = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let last = 0;
  child.on('message', (message: { id: number; result?: never; error?: string }) => {
    const call = pending.get(message.id);
    pending.delete(message.id);
    if (message.error === undefined) call?.resolve(message.result as never);
    else call?.reject(new Error(`stand-in: ${message.error}`));
  });
  child.on('exit', (code) => {
    for (const call of pending.values()) call.reject(new Error(`the stand-in ended (${code})`));
    pending.clear();
  });
  const answer = <T>(id: number, what: string): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`stand-in: no answer to ${what}`)), LONGEST_MS);
      const settle = (then: () => void) => {
        clearTimeout(timer);
        then();
      };
      pending.set(id, {
        resolve: (value) => settle(() => resolve(value)),
        reject: (error) => settle(() => reject(error)),
      });
    });
  const tell = <T>(order: Order): Promise<T> => {
    last += 1;
    const told = answer<T>(last, order.do);
    child.send({ id: last, order });
    return told;
  };
  const { url, token } = await answer<{ url: string; token: string }>(0, 'start');
  return {
    url,
    token,
    process: child,
    ask: (user, text) => tell({ do: 'ask', user, text }),
    press: (user, label) => tell({ do: 'press', user, label }),
    load: (load) => tell({ do: 'load', ...load }),
    burst: (user, texts) => tell({ do: 'burst', user, texts }),
    people: (users) => tell({ do: 'people', users }),
    reminded: () => tell({ do: 'reminded' }),
    takeReminded: () => tell({ do: 'takeReminded' }),
    stop: () => end(child),
  };
}
