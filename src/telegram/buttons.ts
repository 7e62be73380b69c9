/**
 * Buttons as typed values: a feature declares which it has and what they carry, and gets the callback data for views and
 * the table of handlers for the router from that one declaration. A button without a handler does not compile.
 *
 * Callback data reads "scope:name:layout:field:field": `layout` is three characters made from the field codecs, so a
 * press on a button that an older version drew is told from a press on a present one.
 */
import { Bug } from '../core/errors.ts';
import type { Field } from './render/fields.ts';
import { LONGEST_CALLBACK_DATA } from './render/keyboard.ts';
import type { CallbackData } from './view.ts';

export { date, type Field, flag, id, int, nullable, oneOf, text, time } from './render/fields.ts';

type Fields = Readonly<Record<string, Field<unknown>>>;
type Declared = Readonly<Record<string, Fields>>;

/** What a press on a button hands to its handler. */
export type ButtonArguments<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

type Encoder<F extends Fields> = keyof F extends never
  ? () => CallbackData
  : (args: ButtonArguments<F>) => CallbackData;

const declaration = Symbol('declaration');

interface Declaration {
  readonly scope: string;
  readonly names: ReadonlyMap<string, { readonly layout: string; readonly fields: Fields }>;
}

/** One function per button that makes its callback data, at most 64 bytes. */
export type Buttons<B extends Declared> = { readonly [N in keyof B]: Encoder<B[N]> } & {
  readonly [declaration]: Declaration;
};

/** One handler for each button of a declaration, given the context and what the button carries. */
export type ButtonHandlers<C, B extends Declared> = {
  readonly [N in keyof B]: (context: C, args: ButtonArguments<B[N]>) => Promise<void>;
};

/** The handlers that the buttons of type `T` (a `typeof buttons`) want: for a table put together from parts. */
export type HandlersOf<C, T> = T extends Buttons<infer B> ? ButtonHandlers<C, B> : never;

/** Takes a press to its handler. Made by `handleButtons`. */
export interface ButtonTable<C> {
  readonly scope: string;
  /** The names of its buttons, for metrics and help. */
  readonly names: readonly string[];
  /** What `data` asks for. Any string is taken; nothing is thrown. */
  route(data: string): ButtonRoute<C>;
}

export type ButtonRoute<C> =
  | {
      readonly kind: 'handler';
      readonly button: string;
      /** it ends what waits for the person's words */
      readonly movesOn: boolean;
      readonly run: (context: C) => Promise<void>;
    }
  | UnknownButton;

/** 'foreign': no button of ours; 'older': drawn by another version of Steward; 'malformed': one of ours, but its values cannot be. */
export interface UnknownButton {
  readonly kind: 'unknown';
  readonly reason: 'foreign' | 'older' | 'malformed';
}

/**
 * Declares the buttons of a feature. `scope` (one to four letters) is the feature's own; names are short because they travel.
 * Throws `Bug` at once when a button could need more than 64 bytes.
 */
export function declareButtons<const B extends Declared>(scope: string, buttons: B): Buttons<B> {
  if (!/^[a-z]{1,4}$/.test(scope)) throw new Bug(`'${scope}' is no scope of buttons: one to four letters a to z`);
  const names = new Map<string, { layout: string; fields: Fields }>();
  const encoders: Record<string, (args?: Readonly<Record<string, unknown>>) => CallbackData> = {};
  for (const [name, fields] of Object.entries(buttons)) {
    if (!/^[a-zA-Z][a-zA-Z0-9]*$/.test(name)) throw new Bug(`'${name}' is no name of a button: letters and digits`);
    const layout = layoutMark(fields);
    const head = `${scope}:${name}:${layout}`;
    const longest = Object.values(fields).reduce((bytes, field) => bytes + 1 + field.longest, head.length);
    if (longest > LONGEST_CALLBACK_DATA) {
      throw new Bug(`button ${scope}:${name} may take ${longest} bytes (${LONGEST_CALLBACK_DATA} allowed)`);
    }
    names.set(name, { layout, fields });
    encoders[name] = (args = {}) => {
      let data = head;
      for (const [key, field] of Object.entries(fields)) data += `:${field.encode(args[key])}`;
      return data as CallbackData;
    };
  }
  return { ...encoders, [declaration]: { scope, names } } as Buttons<B>;
}

/** What `data` says, when it is a button of `buttons`; otherwise why not. Never throws. */
export function decodeButton<B extends Declared>(
  buttons: Buttons<B>,
  data: string,
):
  | { [N in keyof B]: { readonly kind: 'button'; readonly name: N; readonly args: ButtonArguments<B[N]> } }[keyof B]
  | UnknownButton {
  return decode(buttons[declaration], data) as ReturnType<typeof decodeButton<B>>;
}

/**
 * The table of a declaration: exactly one handler for each declared button, given the context and the button's values. By those in `movesOn` a
 * person goes on to something else, or answers otherwise: what waited for their words waits no more.
 */
export function handleButtons<C, B extends Declared>(
  buttons: Buttons<B>,
  handlers: ButtonHandlers<C, B>,
  movesOn: ReadonlyArray<keyof B & string> = [],
): ButtonTable<C> {
  const { scope, names } = buttons[declaration];
  const byName = new Map<string, (context: C, args: ButtonArguments<Fields>) => Promise<void>>(
    Object.entries(handlers),
  );
  const moving: ReadonlySet<string> = new Set(movesOn);
  return {
    scope,
    names: [...names.keys()],
    route(data) {
      const decoded = decode(buttons[declaration], data);
      if (decoded.kind === 'unknown') return decoded;
      const handler = byName.get(decoded.name);
      if (!handler) return { kind: 'unknown', reason: 'older' };
      return {
        kind: 'handler',
        button: `${scope}:${decoded.name}`,
        movesOn: moving.has(decoded.name),
        run: (context) => handler(context, decoded.args),
      };
    },
  };
}

/** The handler call that callback data asks for, among the tables of all features. Any string is taken; nothing is thrown. */
export function routeButton<C>(tables: readonly ButtonTable<C>[], data: string): ButtonRoute<C> {
  const scope = data.slice(0, data.indexOf(':'));
  return tables.find((table) => table.scope === scope)?.route(data) ?? { kind: 'unknown', reason: 'foreign' };
}

/** Throws `Bug` when two features took the same scope. Called once where the tables are put together. */
export function checkScopes(tables: readonly ButtonTable<never>[]): void {
  const taken = new Set<string>();
  for (const { scope } of tables) {
    if (taken.has(scope)) throw new Bug(`two features use the button scope '${scope}'`);
    taken.add(scope);
  }
}

type Decoded = { kind: 'button'; name: string; args: Record<string, unknown> } | UnknownButton;

function decode({ scope, names }: Declaration, data: string): Decoded {
  const [first, name, layout, ...values] = data.split(':');
  if (first !== scope || name === undefined || layout === undefined) return { kind: 'unknown', reason: 'foreign' };
  const button = names.get(name);
  if (button?.layout !== layout) {
    return { kind: 'unknown', reason: /^[0-9a-z]{3}$/.test(layout) ? 'older' : 'malformed' };
  }
  const fields = Object.entries(button.fields);
  if (values.length !== fields.length) return { kind: 'unknown', reason: 'malformed' };
  const args: Record<string, unknown> = {};
  for (const [index, [key, field]] of fields.entries()) {
    const value = field.decode(values[index] ?? '');
    if (value === undefined) return { kind: 'unknown', reason: 'malformed' };
    args[key] = value;
  }
  return { kind: 'button', name, args };
}

/** Three characters that differ (but for one chance in 46,656) when the fields do: FNV-1a over their names and layouts. */
function layoutMark(fields: Fields): string {
  let hash = 0x811c9dc5;
  for (const [key, field] of Object.entries(fields)) {
    for (const byte of Buffer.from(`${key}=${field.layout};`)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return (hash % 36 ** 3).toString(36).padStart(3, '0');
}
