/** Health: checks that are cached, bounded in time and never run twice at once, so that an answer comes quickly even when everything hangs. */

import type { Clock, EpochMs } from '../core/clock.ts';
import { within } from '../core/loop.ts';
import { safeMessage } from './redaction.ts';

export type HealthStatus = 'ok' | 'degraded' | 'down';

export interface CheckResult {
  readonly status: HealthStatus;
  /** in words for the operator; no secret, no personal data */
  readonly message?: string;
}

export interface HealthCheck {
  readonly name: string;
  /** a critical check that is down takes the whole down (503) */
  readonly critical: boolean;
  readonly run: () => Promise<CheckResult>;
}

export interface CheckReport extends CheckResult {
  readonly latencyMs: number;
  /** ISO 8601; since when the status is what it is */
  readonly since: string;
}

export interface HealthReport {
  readonly status: HealthStatus;
  readonly checks: Readonly<Record<string, CheckReport>>;
}

export interface Health {
  report(): Promise<HealthReport>;
}

/** A result is good for this long. */
const FRESH_MS = 2_000;
/** A check that takes longer counts as down (critical) or degraded until it answers. */
const BOUND_MS = 800;
/** A run that never answers is given up, or a half-open connection would hide for ever that all is well again. */
const GIVEN_UP_MS = 10_000;

interface Kept {
  result: CheckResult;
  latencyMs: number;
  since: EpochMs;
  /** monotonic */
  at: number;
}

/** Makes the health of a process out of its checks. */
export function createHealth(clock: Clock, checks: readonly HealthCheck[]): Health {
  const kept = new Map<string, Kept>();
  const running = new Map<string, { result: Promise<CheckResult>; started: number }>();

  function keep(check: HealthCheck, result: CheckResult, latencyMs: number): Kept {
    const before = kept.get(check.name);
    const entry: Kept = {
      result,
      latencyMs,
      since: before && before.result.status === result.status ? before.since : clock.now(),
      at: performance.now(),
    };
    kept.set(check.name, entry);
    return entry;
  }

  /** Starts the check unless it is still running from before. */
  function run(check: HealthCheck): Promise<CheckResult> {
    const known = running.get(check.name);
    const started = performance.now();
    if (known && started - known.started < GIVEN_UP_MS) return known.result;
    const result = Promise.resolve()
      .then(check.run)
      .catch(
        (error): CheckResult => ({
          status: check.critical ? 'down' : 'degraded',
          message: safeMessage(error).slice(0, 200),
        }),
      )
      .then((outcome) => {
        if (running.get(check.name) !== entry) return outcome;
        running.delete(check.name);
        keep(check, outcome, performance.now() - started);
        return outcome;
      });
    const entry = { result, started };
    running.set(check.name, entry);
    return result;
  }

  async function latest(check: HealthCheck): Promise<Kept> {
    const before = kept.get(check.name);
    if (before && performance.now() - before.at < FRESH_MS) return before;
    const outcome = await within(run(check), BOUND_MS, 'late');
    const now = kept.get(check.name);
    if (outcome !== 'late' && now) return now;
    return keep(
      check,
      { status: check.critical ? 'down' : 'degraded', message: `no answer within ${BOUND_MS} ms` },
      BOUND_MS,
    );
  }

  return {
    async report() {
      const entries = await Promise.all(checks.map(async (check) => [check, await latest(check)] as const));
      const down = entries.some(([check, entry]) => check.critical && entry.result.status === 'down');
      const ok = entries.every(([, entry]) => entry.result.status === 'ok');
      return {
        status: down ? 'down' : ok ? 'ok' : 'degraded',
        checks: Object.fromEntries(
          entries.map(([check, entry]) => [
            check.name,
            {
              ...entry.result,
              latencyMs: Math.round(entry.latencyMs * 10) / 10,
              since: new Date(entry.since).toISOString(),
            },
          ]),
        ),
      };
    },
  };
}
