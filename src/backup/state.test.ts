/** Guards when a backup is due: at its hour, after a gap, again after a failure, whatever the clock does; and what is told as wrong. */
import { describe, expect, test } from 'vitest';
import type { Run, RunKind, RunState } from './runs.ts';
import { isDrillDue, isDue, nextPlanned, stateOf, trouble } from './state.ts';

const daily = { schedule: '15 3 * * *', zone: 'Europe/Berlin' };
const off = { schedule: 'off', zone: 'UTC' };
const at = (text: string) => Date.parse(`${text}:00+01:00`);

function run(kind: RunKind, state: RunState, started: string): Run {
  const end = { startedAt: at(started), endedAt: at(started) + 1000, reason: state === 'succeeded' ? null : 'full' };
  const rest = { target: '/b', archive: 'a', bytes: 1, rows: 1, sha256: null, encrypted: false, warnings: [] };
  return { id: 1, kind, state, cause: 'schedule', ...end, ...rest };
}
const state = (runs: readonly Run[], installed = '2026-11-01T10:00') => stateOf(runs, at(installed));

describe('a backup is due', () => {
  const yesterday = run('backup', 'succeeded', '2026-11-24T03:15');

  test('once its hour in the configured zone has come, and not again until the next', () => {
    expect(isDue(state([yesterday]), daily, at('2026-11-25T03:14'))).toBe(false);
    expect(isDue(state([yesterday]), daily, at('2026-11-25T03:16'))).toBe(true);
    const today = run('backup', 'succeeded', '2026-11-25T03:16');
    expect(isDue(state([today]), daily, at('2026-11-25T23:59'))).toBe(false);
    expect(nextPlanned(daily, at('2026-11-25T04:00'))).toBe(at('2026-11-26T03:15'));
  });

  test('after a gap, as soon as something runs again', () => {
    expect(isDue(state([yesterday]), daily, at('2026-11-29T18:40'))).toBe(true);
  });

  test('on the day after the installation, not at the first start', () => {
    expect(isDue(state([], '2026-11-25T10:00'), daily, at('2026-11-25T10:01'))).toBe(false);
    expect(isDue(state([], '2026-11-25T10:00'), daily, at('2026-11-26T03:16'))).toBe(true);
  });

  test('again half an hour after a failure', () => {
    const failed = run('backup', 'failed', '2026-11-25T03:16');
    expect(isDue(state([yesterday, failed]), daily, at('2026-11-25T03:40'))).toBe(false);
    expect(isDue(state([yesterday, failed]), daily, at('2026-11-25T03:47'))).toBe(true);
  });

  test('although the last one or the last failure bears a date of a clock that ran ahead', () => {
    const ahead = run('backup', 'succeeded', '2031-01-01T03:15');
    expect(isDue(state([ahead]), daily, at('2026-11-25T12:00'))).toBe(true);
    const failed = run('backup', 'failed', '2031-01-01T03:15');
    expect(isDue(state([yesterday, failed]), daily, at('2026-11-25T12:00'))).toBe(true);
  });

  test('never where something else makes them', () => {
    expect(isDue(state([]), off, at('2026-12-25T12:00'))).toBe(false);
  });
});

describe('a drill is due', () => {
  const good = run('backup', 'succeeded', '2026-11-24T03:15');
  const due = (runs: readonly Run[], now: string, hasKey = true) => isDrillDue(state(runs), hasKey, at(now));

  test('a week after the last one, whether it found the archive good or bad', () => {
    expect(due([], '2026-11-24T04:00')).toBe(false);
    expect(due([good], '2026-11-24T04:00')).toBe(true);
    for (const end of ['succeeded', 'failed'] as const) {
      const drilled = run('drill', end, '2026-11-24T05:00');
      expect(due([good, drilled], '2026-12-01T04:59')).toBe(false);
      expect(due([good, drilled], '2026-12-01T05:00')).toBe(true);
    }
  });

  test('an hour after one that could not be made', () => {
    const hindered = run('drill', 'hindered', '2026-11-24T05:00');
    expect(due([good, hindered], '2026-11-24T05:59')).toBe(false);
    expect(due([good, hindered], '2026-11-24T06:00')).toBe(true);
  });

  test('of an encrypted archive only where its key is', () => {
    const encrypted = { ...good, encrypted: true };
    expect(due([encrypted], '2026-11-24T04:00')).toBe(true);
    expect(due([encrypted], '2026-11-24T04:00', false)).toBe(false);
    expect(due([good], '2026-11-24T04:00', false)).toBe(true);
  });
});

describe('what is told as wrong', () => {
  const good = run('backup', 'succeeded', '2026-11-24T03:15');
  const said = (runs: readonly Run[], now: string, timetable = daily) => trouble(state(runs), timetable, at(now))?.kind;

  test.each([
    ['nothing on the day itself', [good], '2026-11-24T20:00', undefined],
    ['nothing while the next is under way', [good], '2026-11-25T04:00', undefined],
    ['one that is overdue by two hours', [good], '2026-11-25T05:20', 'stale'],
    ['none at all', [], '2026-11-25T12:00', 'never'],
    ['a try that failed after it', [good, run('backup', 'failed', '2026-11-25T03:15')], '2026-11-25T03:20', 'failed'],
    [
      'not a try that failed before it',
      [good, run('backup', 'failed', '2026-11-23T03:15')],
      '2026-11-24T20:00',
      undefined,
    ],
    ['an archive found bad', [good, run('verify', 'failed', '2026-11-24T09:00')], '2026-11-24T20:00', 'found'],
    ['one that a drill found bad', [good, run('drill', 'failed', '2026-11-24T09:00')], '2026-11-24T20:00', 'found'],
    [
      'a drill that could not be made',
      [good, run('drill', 'hindered', '2026-11-24T09:00')],
      '2026-11-24T20:00',
      'hindered',
    ],
    [
      'not a verification that could not be made, which whoever asked for it has seen',
      [good, run('verify', 'hindered', '2026-11-24T09:00')],
      '2026-11-24T20:00',
      undefined,
    ],
    [
      'an archive found bad, although no later drill could be made',
      [good, run('drill', 'failed', '2026-11-24T09:00'), run('drill', 'hindered', '2026-11-24T10:00')],
      '2026-11-24T20:00',
      'found',
    ],
    [
      'nothing once a drill passed',
      [good, run('drill', 'hindered', '2026-11-24T09:00'), run('drill', 'succeeded', '2026-11-24T10:00')],
      '2026-11-24T20:00',
      undefined,
    ],
  ] as const)('%s', (_, runs, now, kind) => {
    expect(said(runs, now)).toBe(kind);
  });

  test('where something else makes them, two days without one', () => {
    expect(said([good], '2026-11-25T20:00', off)).toBeUndefined();
    expect(said([good], '2026-11-26T04:00', off)).toBe('stale');
  });
});
