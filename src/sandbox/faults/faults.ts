/** Faults on demand: what goes wrong, for which calls, how often. */
import { badRequest, forbidden, Refusal, tooManyRequests, unauthorized } from '../wire/refusal.ts';

/** What happens to a call. `accepted` says whether it has its effect although the answer is lost. */
export type Effect =
  | { readonly kind: 'delay'; readonly ms: number }
  /** No answer; the connection stays open until the caller gives up. */
  | { readonly kind: 'silence'; readonly accepted: boolean }
  /** The connection is reset. */
  | { readonly kind: 'reset'; readonly accepted: boolean }
  /** An answer of 500 to 504. */
  | { readonly kind: 'status'; readonly code: number; readonly accepted: boolean }
  /** 429; until `seconds` are over, further calls get it too: of the same chat, or all with scope `global`. */
  | { readonly kind: 'flood'; readonly seconds: number; readonly scope: 'chat' | 'global' }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'chat_not_found' }
  /** The server is of a time before rich messages: it has no method for them, and looks for the text of an edit. */
  | { readonly kind: 'no_rich' }
  /** Any other refusal, worded as Telegram would. */
  | { readonly kind: 'refusal'; readonly code: number; readonly description: string };

export interface Fault {
  readonly effect: Effect;
  /** One method or several, in any case; absent: all but getUpdates. */
  readonly method?: string | readonly string[] | undefined;
  readonly chatId?: number | undefined;
  /** How many calls it strikes; absent: until removed. */
  readonly count?: number | undefined;
  /** How many matching calls pass unharmed first. */
  readonly after?: number | undefined;
  /** Chance in (0, 1] to strike a matching call. */
  readonly probability?: number | undefined;
}

interface ActiveFault {
  readonly id: number;
  readonly fault: Fault;
  readonly methods: ReadonlySet<string> | undefined;
  hits: number;
  seen: number;
}

export class Faults {
  readonly #random: () => number;
  readonly #active = new Map<number, ActiveFault>();
  #nextId = 1;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Sets a fault and returns the number to remove it by. */
  add(fault: Fault): number {
    const id = this.#nextId++;
    const named = typeof fault.method === 'string' ? [fault.method] : fault.method;
    const methods = named && new Set(named.map((name) => name.toLowerCase()));
    this.#active.set(id, { id, fault, methods, hits: 0, seen: 0 });
    return id;
  }

  remove(id: number): boolean {
    return this.#active.delete(id);
  }

  clear(): void {
    this.#active.clear();
  }

  /** The faults that may still strike, with how often each has. */
  list(): { id: number; fault: Fault; hits: number }[] {
    return [...this.#active.values()].map(({ id, fault, hits }) => ({ id, fault, hits }));
  }

  /** The effects that strike this call, in the order the faults were set. `method` is in lower case. */
  strike(method: string, chatId: number | undefined): readonly Effect[] {
    if (this.#active.size === 0) return none;
    const effects: Effect[] = [];
    for (const one of this.#active.values()) {
      const { fault } = one;
      if (one.methods ? !one.methods.has(method) : method === 'getupdates') continue;
      if (fault.chatId !== undefined && fault.chatId !== chatId) continue;
      one.seen += 1;
      if (fault.after !== undefined && one.seen <= fault.after) continue;
      if (fault.probability !== undefined && this.#random() >= fault.probability) continue;
      one.hits += 1;
      if (fault.count !== undefined && one.hits >= fault.count) this.#active.delete(one.id);
      effects.push(fault.effect);
    }
    return effects;
  }
}

const none: readonly Effect[] = [];

/** What a fault is asked about: a method in its own spelling, and whether the call brings a rich message and no text. */
export interface Struck {
  readonly method: string;
  readonly isRich: boolean;
}

/** The refusal an effect amounts to for a call, undefined for those that are no answer. */
export function refusalOf(effect: Effect, { method, isRich }: Struck): Refusal | undefined {
  switch (effect.kind) {
    case 'unauthorized':
      return unauthorized();
    case 'blocked':
      return forbidden('bot was blocked by the user');
    case 'chat_not_found':
      return badRequest('chat not found');
    case 'flood':
      return tooManyRequests(effect.seconds);
    case 'no_rich':
      if (method.startsWith('sendRichMessage')) return new Refusal(404, 'Not Found: method not found');
      return isRich ? badRequest('message text is empty') : undefined;
    case 'refusal':
      return new Refusal(effect.code, effect.description);
    default:
      return undefined;
  }
}

/** A repeatable source of chance in [0, 1) (mulberry32), so that a failed chaos run can be run again. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
