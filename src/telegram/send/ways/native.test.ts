/** A server that takes no native messages is left alone for a while; one refused list does not cost the others theirs. */
import { expect, test } from 'vitest';
import type { Outcome } from '../api.ts';
import { openNativeSupport, yieldsToPlain } from './native.ts';

const HOUR = 3_600_000;
const done: Outcome = { kind: 'done', result: {} };
const refused = (reason: string): Outcome => ({ kind: 'refused', code: 400, reason });
const unknown: Outcome = { kind: 'unauthorized', code: 404, reason: 'Not Found' };
const odd = refused("Bad Request: can't parse InputRichMessage: odd");

function open() {
  const told: string[] = [];
  return { told, support: openNativeSupport((reason) => told.push(reason)) };
}

test.each([
  unknown,
  refused('Bad Request: message text is empty'),
  refused('Bad Request: method not found'),
  refused('Bad Request: rich messages are not supported'),
])('$reason: none is tried for an hour, and that is told once', (outcome) => {
  const { told, support } = open();
  expect(support.isTaken(0)).toBe(true);
  expect(support.refused(outcome, done, 0)).toBeUndefined();
  support.refused(outcome, done, 5);
  expect([support.isTaken(HOUR - 1), support.isTaken(HOUR + 5)]).toEqual([false, true]);
  support.refused(outcome, done, HOUR + 5);
  expect(told).toHaveLength(1);
});

test('a clock that is set back does not prolong that', () => {
  const { support } = open();
  support.refused(unknown, done, 100 * HOUR);
  expect([support.isTaken(100 * HOUR), support.isTaken(HOUR)]).toEqual([false, true]);
});

test('one message that is refused for itself leaves the others their form, three in a row do not', () => {
  const { told, support } = open();
  expect(support.refused(odd, done, 0)).toContain("can't parse");
  support.refused(odd, done, 0);
  support.took();
  support.refused(odd, done, 0);
  support.refused(odd, done, 0);
  expect([support.isTaken(0), told.length]).toEqual([true, 0]);
  support.refused(odd, done, 0);
  expect([support.isTaken(0), told.length]).toEqual([false, 1]);
});

test('nothing is learned where the plain form had no answer, or none but that the bot is unknown', () => {
  const { told, support } = open();
  for (const plain of [
    unknown,
    { kind: 'lost', reason: 'ECONNRESET' },
    { kind: 'unreached', reason: 'ECONNREFUSED' },
  ] as const)
    support.refused(unknown, plain, 0);
  expect([support.isTaken(0), told]).toEqual([true, []]);
});

test('the plain form is sent at once only where Telegram certainly did not act, and for the form alone', () => {
  expect([unknown, odd].map(yieldsToPlain)).toEqual([true, true]);
  const others: Outcome[] = [
    done,
    { kind: 'lost', reason: 'ECONNRESET' },
    { kind: 'limited', retryAfterMs: 1000 },
    { kind: 'unreached', reason: '500 Internal Server Error' },
    { kind: 'unauthorized', code: 401, reason: 'Unauthorized' },
    { kind: 'refused', code: 403, reason: 'Forbidden: bot was blocked by the user' },
    { kind: 'refused', code: 400, reason: 'Bad Request: chat upgraded', migrateTo: -5 },
    refused('Bad Request: chat not found'),
    refused('Bad Request: message is not modified'),
    refused('Bad Request: message to edit not found'),
  ];
  expect(others.map(yieldsToPlain)).toEqual(others.map(() => false));
});
