/** Where unexpected errors go: into the log, the metrics and the database, and to the service of SENTRY_DSN where one is named. */
import type { Config } from '../config/config.ts';
import type { Clock } from '../core/clock.ts';
import { version } from '../core/version.ts';
import { openErrorReports } from '../observability/error-reports.ts';
import type { Logger } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { Database } from '../storage/database.ts';
import { type ErrorRecorder, openErrorRecorder } from '../storage/stored-errors.ts';

export interface Errors extends ErrorRecorder {
  /** Stores and sends what waits; what cannot be sent soon is let go. */
  stop(): Promise<void>;
}

/** The last errors get this long to reach the service that wants them. */
const REPORTS_STOP_MS = 1_500;

/** Opens the ways errors take. */
export function openErrors(options: {
  readonly config: Pick<Config, 'sentryDsn' | 'environment'>;
  readonly db: Database;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: Logger;
}): Errors {
  const { config, db, clock, metrics, log } = options;
  const reports =
    config.sentryDsn &&
    openErrorReports({
      dsn: config.sentryDsn,
      release: `steward@${version}`,
      environment: config.environment,
      clock,
      onTrouble: (reason) => log.warn('the service of SENTRY_DSN does not take reports', { reason }),
    });
  const recorder = openErrorRecorder({ db, clock, metrics, log, reports });
  return {
    ...recorder,
    async stop() {
      await recorder.flush().catch(() => {});
      await reports?.flush(REPORTS_STOP_MS);
    },
  };
}
