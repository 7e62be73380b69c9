/** The chat as it stands on the screen: gathers what happens, decides what to print, knows what a typed number presses. */

import { pieces } from '../rules/pieces.ts';
import type { StandIn } from '../stand-in.ts';
import type { SandboxUser } from '../users.ts';
import type { SeenMessage } from '../world.ts';
import { type Key, keyRows } from './drawing/keyboard.ts';
import { type Page, renderMessage, summary } from './drawing/render.ts';
import { harmless } from './drawing/style.ts';

/** A keyboard on the screen, with the numbers it was printed with. */
export interface ShownKeyboard {
  readonly seen: SeenMessage;
  readonly keys: readonly Key[];
}

export interface TranscriptOptions {
  readonly server: StandIn;
  readonly user: SandboxUser;
  /** How to print now; asked anew each time, as a terminal may change its size. */
  readonly page: () => Page;
  /** Takes one block: a message or a remark. `over`: it replaces the block printed last. */
  readonly print: (lines: readonly string[], over: boolean) => void;
  /** A person looks on: edits are marked, edits of older messages only remarked. */
  readonly live: boolean;
  /** Called when there is something to flush. */
  readonly onChange: () => void;
}

interface Change {
  readonly seen: SeenMessage;
  readonly isNew: boolean;
}

export class Transcript {
  readonly #options: TranscriptOptions;
  readonly #changes = new Map<number, Change>();
  readonly #toasts: string[] = [];
  /** What was said elsewhere, not told yet. */
  readonly #heard: string[] = [];
  #saying = false;
  readonly #stop: () => void;
  #keyboards: ShownKeyboard[] = [];
  /** The message whose button was pressed last: its next edit is the answer. */
  #pressed: number | undefined;
  #query: string | undefined;
  /** The message at the bottom of the screen, when nothing was typed since. */
  #last: number | undefined;

  constructor(options: TranscriptOptions) {
    this.#options = options;
    const { id } = options.user;
    this.#stop = options.server.watch((event) => {
      switch (event.kind) {
        case 'message':
        case 'edit':
          if (event.seen.chatId !== id) return;
          if (!event.seen.fromBot) {
            // Said on the chat's page in a browser: who looks on here sees what the answers are to.
            if (!options.live || this.#saying || event.kind === 'edit') return;
            this.#heard.push(summary(event.seen.message, options.page().reader, 60));
            break;
          }
          if (!this.#changes.has(event.seen.order)) {
            this.#changes.set(event.seen.order, { seen: event.seen, isNew: event.kind === 'message' });
          }
          break;
        case 'toast':
          if (event.userId !== id || event.text === '') return;
          this.#toasts.push(event.text);
          break;
        default:
          return;
      }
      options.onChange();
    });
  }

  /** The newest keyboard on the screen that is still there. */
  get keyboard(): ShownKeyboard | undefined {
    return this.#keyboards.findLast(({ seen }) => seen.deletedAt === undefined && keysOf(seen).length > 0);
  }

  /** The last press was answered by the bot (or there was none). */
  get pressAnswered(): boolean {
    return this.#query === undefined || this.#options.server.world.queries.get(this.#query)?.answer !== undefined;
  }

  /**
   * Does what was typed: a number alone presses that button of `keyboard`, the rest is sent as a message, in pieces when it is long.
   * A backslash before a number sends the number.
   */
  say(typed: string, keyboard: ShownKeyboard | undefined = this.keyboard): void {
    const { user } = this.#options;
    this.#last = undefined;
    this.#pressed = undefined;
    this.#query = undefined;
    const number = /^\s*(\d{1,9})\s*$/.exec(typed)?.[1];
    const key = number === undefined ? undefined : keyboard?.keys.find((one) => one.number === number);
    if (key?.action && keyboard) {
      if (key.action.kind === 'say') this.#send(key.action.text);
      else {
        this.#pressed = keyboard.seen.order;
        this.#query = user.pressData(keyboard.seen, key.action.data).queryId;
      }
      return;
    }
    for (const piece of pieces(typed.trim().replace(/^\\(?=\d+$)/, ''))) this.#send(piece);
  }

  #send(text: string): void {
    this.#saying = true;
    this.#options.user.send(text);
    this.#saying = false;
  }

  /** Prints what happened since the last time, each message once and in its last state. */
  flush(): void {
    const changes = [...this.#changes.values()].filter(({ seen }) => seen.deletedAt === undefined);
    const toasts = this.#toasts.splice(0);
    this.#changes.clear();
    for (const heard of this.#heard.splice(0)) {
      this.#options.print([this.#remark(`in the browser: ${heard}`)], false);
      this.#last = undefined;
    }
    const quiet = !changes.some(({ isNew }) => isNew);
    const [only] = changes;
    if (this.#options.live && changes.length === 1 && only && only.seen.order === this.#last && toasts.length === 0) {
      this.#options.print(this.#shown(only.seen, undefined), true);
      return;
    }
    const blocks: string[][] = [];
    for (const { seen, isNew } of changes) {
      if (isNew) blocks.push(this.#shown(seen, undefined));
      else if (seen.order === this.#pressed) blocks.push(this.#shown(seen, this.#options.live ? 'updated' : undefined));
      else if (!this.#options.live) {
        // Into a pipe goes each answer once: an edit only when it is the answer.
        if (quiet) blocks.push(this.#shown(seen, undefined));
      } else if (seen.order === this.keyboard?.seen.order) blocks.push(this.#shown(seen, 'updated'));
      else blocks.push([this.#remark(`updated: ${summary(seen.message, this.#options.page().reader, 60)}`)]);
    }
    if (toasts.length > 0) {
      // A toast belongs to what the press brought about.
      const last = blocks.pop() ?? [];
      blocks.push([...last, ...toasts.map((toast) => this.#remark(toast))]);
    }
    for (const block of blocks) this.#options.print(block, false);
    if (blocks.length > 0) this.#last = toasts.length === 0 ? changes.at(-1)?.seen.order : undefined;
  }

  stop(): void {
    this.#stop();
  }

  #shown(seen: SeenMessage, mark: string | undefined): string[] {
    const keys = keysOf(seen);
    this.#keyboards = this.#keyboards.filter((shown) => shown.seen !== seen).slice(-99);
    if (keys.length > 0) this.#keyboards.push({ seen, keys });
    return renderMessage(seen, this.#options.page(), mark);
  }

  #remark(text: string): string {
    const { indent, paint } = this.#options.page();
    return `${indent}${paint(`· ${harmless(text).replaceAll('\n', ' ')}`, 'dim')}`;
  }
}

/** The buttons that can be pressed by number. */
function keysOf(seen: SeenMessage): Key[] {
  return keyRows(seen.message, seen.replyKeyboard)
    .flat()
    .filter((key) => key.number !== undefined);
}
