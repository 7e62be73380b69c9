/** Makes the backups that are due or asked for in chat, on one replica, and tells those who asked how it ended. */
import type pg from 'pg';
import { alone, Busy } from '../backup/alone.ts';
import { BackupFault, isArchiveBad } from '../backup/faults.ts';
import { askedBackup, takeUntoldRuns } from '../backup/runs.ts';
import { backupState, isDrillDue, isDue } from '../backup/state.ts';
import { openTarget } from '../backup/targets/open.ts';
import type { Target } from '../backup/targets/target.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../core/clock.ts';
import type { BotId } from '../core/ids.ts';
import { type Loop, startLoop, within } from '../core/loop.ts';
import { type BackupDeps, backupEndedNotice } from '../features/backup/index.ts';
import { errorFields, type Logger } from '../observability/logger.ts';
import { enqueue } from '../outbox/outbox.ts';
import { openStores } from '../storage/contents/contents.ts';
import type { Database } from '../storage/database.ts';
import { hasBinaries } from '../storage/postgres/binaries.ts';
import type { ErrorRecorder } from '../storage/stored-errors.ts';

export interface BackupsOptions {
  readonly db: Database;
  /** what is backed up */
  readonly connection: pg.ClientConfig;
  readonly config: Pick<Config, 'backup' | 's3' | 'timezone' | 'dataDir'>;
  readonly clock: Clock;
  readonly botId: BotId;
  readonly log: Logger;
  readonly errors: Pick<ErrorRecorder, 'record'>;
  readonly beat: (name: string) => void;
  readonly onError: (error: unknown) => void;
}

const EVERY_MS = 20_000;
/** A place that does not answer in this time is not to be reached from here. */
const PROBE_MS = 3_000;

/**
 * Whether this process can put archives where they belong. A folder counts where something else backs up only when it is there: in a pod
 * the real one may be a volume of another pod, and a folder made here would be lost with this one.
 */
async function reachable(config: Pick<Config, 'backup' | 's3'>, clock: Clock): Promise<boolean> {
  const { schedule, target } = config.backup;
  if (schedule !== 'off' && !target.startsWith('s3:')) return true;
  const probed = openTarget(config, clock)
    .then((opened) => opened.probe())
    .then(
      () => true,
      () => false,
    );
  return within(probed, PROBE_MS, false);
}

/** What /backup needs. */
export function backupDeps(config: BackupsOptions['config'], clock: Clock, wake: () => void): BackupDeps {
  const { target, schedule } = config.backup;
  return { target, timetable: { schedule, zone: config.timezone }, reachable: () => reachable(config, clock), wake };
}

/** One look: makes what is due or asked for. */
async function backUpIfDue(options: BackupsOptions, signal: AbortSignal): Promise<void> {
  const { db, config, clock, log } = options;
  const asked = await askedBackup(db);
  const timetable = { schedule: config.backup.schedule, zone: config.timezone };
  if (asked === undefined && !isDue(await backupState(db), timetable, clock.now())) return;
  if (asked !== undefined && !(await reachable(config, clock))) return;
  const target: Target = await openTarget(config, clock);
  // Loaded when first needed: most processes back up once a day.
  const { makeBackup } = await import('../backup/backup.ts');
  try {
    const made = await makeBackup({
      db,
      connection: { ...options.connection, application_name: 'steward-backup' },
      target,
      lend: db.lend,
      stores: openStores(config),
      backup: config.backup,
      clock,
      cause: asked === undefined ? 'schedule' : 'chat',
      asked,
      signal,
      stillDue: async () => asked !== undefined || isDue(await backupState(db), timetable, clock.now()),
      log: (message) => log.info(message),
    });
    if (made) log.info('backup made', { archive: made.archive, rows: made.manifest.rows, bytes: made.bytes });
  } catch (error) {
    if (error instanceof Busy || signal.aborted) return;
    log.error('the backup failed', errorFields(error));
    // Told to the operator once; whoever asked in chat is told by the row.
    if (asked === undefined || !(error instanceof BackupFault)) options.errors.record(error, 'backup');
  }
}

/**
 * Restores the newest archive on trial once a week, where Steward backs up by itself and has PostgreSQL's binaries at hand. Ended with
 * the process, it is begun again an hour later.
 */
async function drillIfDue(options: BackupsOptions, signal: AbortSignal): Promise<void> {
  const { db, config, clock, log } = options;
  const identity = config.backup.ageIdentity?.reveal();
  const isDueNow = async () => isDrillDue(await backupState(db), identity !== undefined, clock.now());
  // Told by the rows alone: the place of the archives, perhaps a paid service, is not asked at every look.
  if (config.backup.schedule === 'off' || !hasBinaries() || !(await isDueNow())) return;
  const target = await openTarget(config, clock);
  const newest = (await target.list()).find((one) => !one.beforeRestore);
  // The newest may be another than the one the rows tell of.
  if (!newest || (newest.encrypted && identity === undefined)) return;
  const { drill } = await import('../backup/drill.ts');
  const { name: archive } = newest;
  const read = () => target.read(archive);
  const told = { log: (message: string) => log.info(message), signal, cause: 'schedule', into: undefined } as const;
  try {
    // Under the same lease as a backup: replicas do not try one after another, nor one what another is removing.
    await alone(db, async () => {
      if (!(await isDueNow())) return;
      await drill({ db, clock, target: target.place, archive, read, identity, ...told });
      log.info('the archive restores', { archive });
    });
  } catch (error) {
    if (error instanceof Busy || signal.aborted) return;
    log.error(isArchiveBad(error) ? 'the archive does not restore' : 'the drill could not be made', {
      archive,
      ...errorFields(error),
    });
    options.errors.record(error, 'drill');
  }
}

/** Tells in chat how what was asked for there ended; the marks and the messages are one transaction. */
async function tellEnds({ db, clock, botId }: Pick<BackupsOptions, 'db' | 'clock' | 'botId'>): Promise<void> {
  await db.transaction(async (tx) => {
    const ended = await takeUntoldRuns(tx, clock.now());
    for (const run of ended)
      await enqueue(tx, botId, await backupEndedNotice(tx, run, clock.now()), { wake: () => {} });
  });
}

/** Starts looking. Stopping it ends a backup under way, which leaves nothing behind. */
export function startBackups(options: BackupsOptions): Loop {
  const loop = startLoop({
    name: 'backups',
    beat: options.beat,
    onError: options.onError,
    async turn(signal) {
      // A large backup takes longer than a turn may; it shows by itself that it goes on.
      const beating = setInterval(() => options.beat('backups'), EVERY_MS);
      try {
        await backUpIfDue(options, signal);
        await tellEnds(options);
        await drillIfDue(options, signal);
      } finally {
        clearInterval(beating);
      }
      return EVERY_MS;
    },
  });
  const stopListening = options.clock.onMove(() => loop.wake());
  return {
    wake: loop.wake,
    async stop() {
      stopListening();
      await loop.stop();
    },
  };
}
