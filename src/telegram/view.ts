/** What a feature hands out to be shown: a small tree of spans and buttons. The builder turns it into text and entities; never a parse mode. */
import type { EpochMs } from '../core/clock.ts';
import type { Translator } from '../locales/translator.ts';
import type { MessageSubject } from '../outbox/outbox.ts';

export type { MessageSubject };

/** A piece of text. Plain strings are shown as they are, whatever they hold. */
export type Span =
  | string
  | { readonly style: Style; readonly content: readonly Span[] }
  /** An instant shown natively in the reader's zone; `fallback` is what clients without `date_time` show (made by `dates.ts`). */
  | { readonly at: EpochMs; readonly fallback: string; readonly format?: InstantFormat }
  | { readonly href: string; readonly content: readonly Span[] }
  /** Somebody by Telegram's id: they are notified in a group they are in. */
  | { readonly mention: number; readonly content: readonly Span[] };

/**
 * How clients write an instant: 'r' relative, else any of w weekday, d/D short/long date, t/T time without/with seconds, in
 * that order. Empty: the fallback stands as it is, the instant is shown on a tap. Left out: 'wDt'.
 */
export type InstantFormat = 'r' | `${'w' | ''}${'d' | 'D' | ''}${'t' | 'T' | ''}`;

/** `quote` may be folded by the client when long; `code` is for references and commands to copy. */
export type Style = 'bold' | 'italic' | 'strike' | 'underline' | 'code' | 'pre' | 'quote' | 'folded' | 'spoiler';

/** Callback data made by a codec of `buttons.ts`, at most 64 bytes. */
export type CallbackData = string & { readonly __callback: true };

export type Button =
  /** `leaves`: the way out of the question that the message asks; /cancel takes it too */
  | { readonly label: string; readonly data: CallbackData; readonly leaves?: true }
  | { readonly label: string; readonly url: string };

/** One message; an empty line is `[]`. */
export interface View {
  readonly lines: ReadonlyArray<Line | Twofold>;
  readonly buttons?: ReadonlyArray<readonly Button[]>;
  /** Asks whether the reader's client draws native messages: sent as one, whoever reads it. */
  readonly asksNative?: true;
  /** What the message shows, so that a reply to it acts on that item and a later change can edit it. */
  readonly shows?: MessageSubject;
}

export type Line = readonly Span[];

/** Said in two ways: in lines everywhere, in blocks where somebody's client is known to draw native messages. */
export interface Twofold {
  readonly plain: readonly Line[];
  /** Made when it is wanted: most people read lines. */
  readonly native: () => readonly Block[];
}

/** A block of a native message. */
export type Block = { readonly line: Line } | Table | { readonly inside: readonly Button[] };

/** A column is left out when no row has anything in it. A cell is one line. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: ReadonlyArray<readonly Line[]>;
}

export interface Column {
  /** its header */
  readonly name: string;
  /** 'end': numbers and times */
  readonly align: 'start' | 'end';
}

/** The lines of a view as they are where nothing is drawn natively. */
export function plainLines(lines: View['lines']): Line[] {
  return lines.flatMap((line) => ('plain' in line ? line.plain : [line]));
}

/** The view of a group's items shown elsewhere: its buttons and replies to it act in the group's space. */
export function inSpace(view: View, space: number): View {
  const shows = view.shows ?? { role: 'prompt', entity: 'none', entityId: null };
  return { ...view, shows: { ...shows, data: { ...shows.data, space } } };
}

/** The way out of a question. */
export const cancelButton = (t: Translator, data: CallbackData): Button => ({
  label: t.text('shared-cancel-button'),
  data,
  leaves: true,
});

export const bold = (...content: Span[]): Span => ({ style: 'bold', content });
export const italic = (...content: Span[]): Span => ({ style: 'italic', content });
export const strike = (...content: Span[]): Span => ({ style: 'strike', content });
export const code = (text: string): Span => ({ style: 'code', content: [text] });
export const quote = (...content: Span[]): Span => ({ style: 'quote', content });
export const folded = (...content: Span[]): Span => ({ style: 'folded', content });
export const link = (href: string, ...content: Span[]): Span => ({ href, content });

/** Puts `separator` between the parts that are there: the middle-dot line of cards. */
export function joined(
  parts: ReadonlyArray<Span | readonly Span[] | null | undefined | false>,
  separator = ' · ',
): Span[] {
  const out: Span[] = [];
  for (const part of parts) {
    if (part === null || part === undefined || part === false) continue;
    if (out.length > 0) out.push(separator);
    if (Array.isArray(part)) out.push(...part);
    else out.push(part as Span);
  }
  return out;
}

/** Buttons two a row. */
export function inPairs(buttons: readonly Button[]): Button[][] {
  const rows: Button[][] = [];
  for (let first = 0; first < buttons.length; first += 2) rows.push(buttons.slice(first, first + 2));
  return rows;
}
