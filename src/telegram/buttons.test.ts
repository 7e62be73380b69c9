/** Buttons survive any data, and none is without a handler. */

import { describe, expect, expectTypeOf, it } from 'vitest';
import fc from '../../test/support/steady/fast-check.ts';
import { Bug } from '../core/errors.ts';
import {
  checkScopes,
  date,
  declareButtons,
  decodeButton,
  flag,
  handleButtons,
  int,
  nullable,
  oneOf,
  routeButton,
  text,
  time,
} from './buttons.ts';
import type { CallbackData } from './view.ts';

const lists = ['open', 'today', 'week', 'overdue'] as const;
const buttons = declareButtons('t', {
  open: { task: int },
  page: { list: oneOf(...lists), page: int },
  refresh: {},
  move: { task: int, to: nullable(date), at: nullable(time), quiet: flag },
  search: { words: text(40) },
});

const noon = async () => {};
const table = handleButtons(buttons, {
  open: noon,
  page: noon,
  refresh: noon,
  move: noon,
  search: noon,
});

const anyDay = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map((parts) => parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('-'));
const anyTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const anyInt = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER));

describe('buttons', () => {
  it('every value comes back as it went, in at most 64 bytes', () => {
    const values = fc.record({
      task: anyInt,
      to: fc.option(anyDay),
      at: fc.option(anyTime),
      quiet: fc.boolean(),
    });
    fc.assert(
      fc.property(values, fc.constantFrom(...lists), (args, list) => {
        const data = buttons.move(args);
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
        expect(decodeButton(buttons, data)).toEqual({ kind: 'button', name: 'move', args });
        expect(decodeButton(buttons, buttons.page({ list, page: args.task }))).toEqual({
          kind: 'button',
          name: 'page',
          args: { list, page: args.task },
        });
      }),
    );
  });

  it('short text comes back whatever it holds, or is refused when it is made', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('_', ':', '%', '5', 'F', 'A', 'я', '😀', '\u0000', ' ') }),
        (words) => {
          let data: CallbackData;
          try {
            data = buttons.search({ words });
          } catch (error) {
            expect(error).toBeInstanceOf(Bug);
            expect(Buffer.byteLength(encodeURIComponent(words))).toBeGreaterThan(40);
            return;
          }
          expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
          expect(decodeButton(buttons, data)).toMatchObject({ args: { words } });
        },
      ),
    );
    expect(() => buttons.search({ words: '\uD83D' })).toThrow(Bug);
  });

  it('never throws on any string, and runs nothing for what it did not make', () => {
    const made = [buttons.open({ task: 12 }), buttons.refresh(), buttons.page({ list: 'today', page: 2 })];
    const any = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 70 }),
      fc.tuple(fc.constantFrom(...made), fc.nat(20), fc.string({ maxLength: 2 })).map(([data, at, put]) => {
        return data.slice(0, at) + put + data.slice(at + 1);
      }),
      fc
        .array(fc.constantFrom('t', 'open', ':', '__proto__', 'constructor', '1', '-', '_', '%', 'zzz'))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(any, (data) => {
        const route = routeButton([table], data);
        if (route.kind === 'unknown') return;
        // One written form for each value: what is accepted is exactly what we would have made.
        const decoded = decodeButton(buttons, data);
        if (decoded.kind !== 'button') throw new Error('routed but not decoded');
        switch (decoded.name) {
          case 'open':
            expect(buttons.open(decoded.args)).toBe(data);
            break;
          case 'page':
            expect(buttons.page(decoded.args)).toBe(data);
            break;
          default:
            expect(decoded.name === 'refresh' ? buttons.refresh() : data).toBe(data);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('a button of an older layout is told as such, not taken for a present one', () => {
    const older = declareButtons('t', {
      open: { task: int, page: int },
      page: { list: oneOf('open', 'today', 'overdue', 'week'), page: int },
      gone: {},
    });
    const route = (data: CallbackData) => routeButton([table], data);
    expect(route(older.open({ task: 1, page: 2 }))).toEqual({ kind: 'unknown', reason: 'older' });
    expect(route(older.page({ list: 'week', page: 2 })), 'the order of words changed').toEqual({
      kind: 'unknown',
      reason: 'older',
    });
    expect(route(older.gone())).toEqual({ kind: 'unknown', reason: 'older' });
  });

  it.each(['', 't', 't:', 'x:open:000:1', 'T:open', 'hello', ':::::'])('%j is none of our buttons', (data) => {
    expect(routeButton([table], data)).toEqual({ kind: 'unknown', reason: 'foreign' });
  });

  it('values that cannot be are malformed', () => {
    const head = buttons.open({ task: 1 }).slice(0, -1);
    for (const value of ['', '01', '-0', 'A', '1.5', 'zzzzzzzzzzzz', '1:1', ' 1', '--1']) {
      expect(routeButton([table], head + value)).toEqual({ kind: 'unknown', reason: 'malformed' });
    }
    const day = buttons.move({ task: 1, to: '2026-02-28', at: null, quiet: false });
    const impossible = day.replace((20_512).toString(36), 'zzzzz');
    expect(impossible, '20,512 days after 1970-01-01').not.toBe(day);
    expect(routeButton([table], impossible)).toEqual({ kind: 'unknown', reason: 'malformed' });
  });

  it('hands the handler its context and values', async () => {
    const seen: unknown[] = [];
    const noted = declareButtons('n', { snooze: { item: int, until: time } });
    const routed = routeButton(
      [
        table,
        handleButtons(noted, {
          snooze: async (context: string, args) => {
            seen.push(context, args);
          },
        }),
      ],
      noted.snooze({ item: -5, until: '00:00' }),
    );
    if (routed.kind !== 'handler') throw new Error('not routed');
    await routed.run('context');
    expect(routed.button).toBe('n:snooze');
    expect(seen).toEqual(['context', { item: -5, until: '00:00' }]);
  });

  it('a declaration that could exceed 64 bytes, or a scope used twice, does not start', () => {
    expect(() => declareButtons('t', { long: { words: text(64) } })).toThrow(Bug);
    expect(() => declareButtons('t', { long: { a: int, b: int, c: int, d: int, e: int } })).toThrow(Bug);
    expect(() => declareButtons('T:', {})).toThrow(Bug);
    expect(() => declareButtons('t', { 'a:b': {} })).toThrow(Bug);
    expect(() => checkScopes([table, table])).toThrow(Bug);
    expect(() => checkScopes([table])).not.toThrow();
  });

  it('values outside their field are refused when the button is made', () => {
    expect(() => buttons.open({ task: 1.5 })).toThrow(Bug);
    expect(() => buttons.open({ task: 2 ** 60 })).toThrow(Bug);
    expect(() => buttons.move({ task: 1, to: '2026-02-31', at: null, quiet: true })).toThrow(Bug);
    expect(() => buttons.move({ task: 1, to: null, at: '24:00', quiet: true })).toThrow(Bug);
  });

  it('does not compile with a handler missing, one too many, or values of another kind', () => {
    // @ts-expect-error: 'search' has no handler
    handleButtons(buttons, { open: noon, page: noon, refresh: noon, move: noon });
    // @ts-expect-error: 'other' is not declared
    handleButtons(buttons, { open: noon, page: noon, refresh: noon, move: noon, search: noon, other: noon });
    // @ts-expect-error: a task is a number
    expect(() => buttons.open({ task: 'x' })).toThrow(Bug);
    // @ts-expect-error: 'tomorrow' is none of the lists
    expect(() => buttons.page({ list: 'tomorrow', page: 1 })).toThrow(Bug);
    expectTypeOf(buttons.refresh).parameters.toEqualTypeOf<[]>();
    expectTypeOf(buttons.move).parameters.toEqualTypeOf<
      [{ readonly task: number; readonly to: string | null; readonly at: string | null; readonly quiet: boolean }]
    >();
  });
});
