/** The pace of sending: a limit is kept, answers keep a reserve, refusals slow it and time heals it. */
import { describe, expect, it } from 'vitest';
import { allowance, type Pace, refill, slowed, spareAnswers, untilNext } from './pace.ts';

const start: Pace = { tokens: 0, rate: 30, ceiling: null, refilledAt: 0, pausedUntil: null, othersPausedUntil: null };

describe('the pace of sending', () => {
  it('never lets more leave than the configured rate, however long it rested', () => {
    let pace = start;
    let sent = 0;
    for (let ms = 0; ms <= 60_000; ms += 10) {
      pace = refill(pace, ms, 30);
      const { answers } = allowance(pace, ms);
      sent += answers;
      pace = { ...pace, tokens: pace.tokens - answers };
    }
    expect(sent).toBeLessThanOrEqual(30 * 60 + 30);
    expect(sent).toBeGreaterThan(30 * 58);
  });

  it('keeps a reserve for answers when reminders would take everything', () => {
    const full = refill({ ...start, tokens: 30 }, 0, 30);
    const { answers, others } = allowance(full, 0);
    expect(others).toBeLessThan(answers);
    expect(others).toBeGreaterThan(0);
  });

  it('rests when several chats are refused, goes on slower, and recovers no further than the configured rate', () => {
    const refused = slowed(refill({ ...start, tokens: 30 }, 1000, 30), 1000, 3000, 'all');
    expect(allowance(refused, 3999)).toEqual({ answers: 0, others: 0 });
    expect(untilNext(refused, 1000, 'answer')).toBe(3000);
    let pace = refused;
    for (let ms = 4000; ms < 300_000; ms += 1000) pace = refill(pace, ms, 30);
    expect(refused.rate).toBeLessThan(30);
    expect(pace.rate).toBe(30);
  });

  it('lets answers go on one by one while others rest, and others begin no sooner and with no burst', () => {
    const refused = slowed({ ...start, rate: null }, 1000, 3000, 'others');
    expect(allowance(refill(refused, 1010, null), 1010)).toEqual({ answers: 0, others: 0 });
    const soon = refill(refused, 1200, null);
    expect(allowance(soon, 1200)).toEqual({ answers: 1, others: 0 });
    expect(allowance(soon, 1200, true)).toEqual({ answers: 0, others: 0 });
    expect(spareAnswers(soon, 1200)).toBe(0);
    expect(untilNext(soon, 1200, 'other')).toBe(2800);
    expect(untilNext(soon, 1200, 'answer')).toBe(0);
    // However long the rest, and whether anybody looked meanwhile.
    expect(allowance(refill(refused, 4000, null), 4000)).toEqual({ answers: 5, others: 0 });
    expect(allowance(refill(soon, 4100, null), 4100).others).toBe(2);
  });

  it('has everything rest once an answer is refused in the rest of others', () => {
    const refused = slowed({ ...start, rate: null }, 1000, 3000, 'others');
    const again = slowed(refill(refused, 1200, null), 1200, 2800, 'all');
    expect(again.rate).toBe(refill(refused, 1200, null).rate);
    expect(allowance(refill(again, 3999, null), 3999)).toEqual({ answers: 0, others: 0 });
    expect(untilNext(again, 1200, 'answer')).toBe(2800);
  });

  it('without a configured rate knows none until Telegram refuses, and forgets it after a long time without refusal', () => {
    const free: Pace = { ...start, rate: null };
    expect(allowance(refill(free, 5, null), 5).others).toBeGreaterThan(100);
    let pace = slowed(free, 0, 1000, 'all');
    expect(pace.rate).not.toBeNull();
    for (let ms = 1000; ms < 1_000_000 && pace.rate !== null; ms += 1000) pace = refill(pace, ms, null);
    expect(pace.rate).toBeNull();
  });

  it('comes back near the rate at which it was refused within seconds, and tries beyond it only after minutes', () => {
    let pace = slowed({ ...start, rate: 30 }, 0, 1000, 'all');
    const rateAfter = (seconds: number) => {
      for (const until = pace.refilledAt + seconds * 1000; pace.refilledAt < until; )
        pace = refill(pace, pace.refilledAt + 1000, null);
      return pace.rate ?? Number.POSITIVE_INFINITY;
    };
    expect(rateAfter(15)).toBeGreaterThan(26.9);
    expect(rateAfter(60)).toBeLessThan(30);
    expect(rateAfter(600)).toBeGreaterThan(30);
  });

  it('lets answers leave before the common claim only while half of the second is left, and none during a rest', () => {
    expect(spareAnswers({ ...start, tokens: 30 }, 0)).toBe(15);
    expect(spareAnswers({ ...start, tokens: 14 }, 0)).toBe(0);
    expect(spareAnswers({ ...start, rate: null }, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(spareAnswers({ ...start, tokens: 30, pausedUntil: 5 }, 0)).toBe(0);
  });

  it('slows once for a burst that is refused as a whole, however many refusals it comes back with', () => {
    const free: Pace = { ...start, rate: null };
    const once = slowed(free, 0, 1000, 'all');
    let pace = once;
    for (let ms = 1; ms < 400; ms += 1) pace = slowed(pace, ms, 1000, 'all');
    expect(pace.rate).toBe(once.rate);
    expect(untilNext(pace, 400, 'other')).toBe(999);
  });

  it('comes back within a minute from a storm of refusals, however often it was refused', () => {
    let pace: Pace = { ...start, rate: null };
    for (let at = 0; at < 60_000; at += 2_000) pace = slowed(refill(pace, at, null), at, 1000, 'all');
    expect(allowance(refill(pace, pace.refilledAt + 2_000, null), pace.refilledAt + 2_000).answers).toBeGreaterThan(4);
    for (const until = pace.refilledAt + 60_000; pace.refilledAt < until; )
      pace = refill(pace, pace.refilledAt + 1000, null);
    expect(pace.rate).toBeGreaterThan(25);
  });

  it('lets reminders leave at the lowest rate too', () => {
    let pace: Pace = { ...start, rate: 1 };
    let others = 0;
    for (let ms = 0; ms <= 60_000; ms += 100) {
      pace = refill(pace, ms, 1);
      const may = allowance(pace, ms).others;
      others += may;
      pace = { ...pace, tokens: pace.tokens - may };
    }
    expect(others).toBeGreaterThan(50);
  });

  it('gives nothing for a clock that was set back', () => {
    const pace = refill({ ...start, tokens: 2, refilledAt: 10_000 }, 5_000, 30);
    expect(pace.tokens).toBe(2);
  });
});
