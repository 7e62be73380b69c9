/** The composition root: takes a Config, builds every part, gives start and stop. The only place that knows all parts. */
import type { Directory } from './access/people.ts';
import type { Config } from './config/config.ts';
import { rateOf } from './config/rules.ts';
import type { Clock } from './core/clock.ts';
import { type BotId, randomCode } from './core/ids.ts';
import { boundTogether, type Loop } from './core/loop.ts';
import { builtAt, revision, version } from './core/version.ts';
import type { NotReady } from './http/probes.ts';
import { type HttpSide, startHttp } from './http/server.ts';
import { reportTextFaults } from './locales/translator.ts';
import { createHealth } from './observability/health.ts';
import { createHeartbeats } from './observability/heartbeats.ts';
import { errorFields, type Logger, withLogContext } from './observability/logger.ts';
import { createMetrics, type Metrics } from './observability/metrics.ts';
import { nextDue } from './outbox/ledger.ts';
import { type Queue, startQueue } from './queue/queue.ts';
import type { Database } from './storage/database.ts';
import { ownerName } from './storage/lease.ts';
import type { ErrorRecorder } from './storage/stored-errors.ts';
import { type Bot, startBot } from './telegram/bot.ts';
import { makeRouter } from './telegram/dispatch/router.ts';
import { type Background, startBackground } from './wiring/background.ts';
import { backupDeps } from './wiring/backups.ts';
import { backgroundErrors, botEvents, openTelegram } from './wiring/bot-events.ts';
import { type Errors, openErrors } from './wiring/errors.ts';
import { composeFeatures, filesDeps, openPeople, portabilityDeps } from './wiring/features.ts';
import { startGauges } from './wiring/gauges.ts';
import { settleGround } from './wiring/ground.ts';
import { healthChecks } from './wiring/health-checks.ts';
import { internalJobs } from './wiring/jobs.ts';
import { hideSecrets } from './wiring/secrets.ts';
import { openStorage, type Storage } from './wiring/storage.ts';

export interface AppOptions {
  /** with `telegram` set: the configured bot's, or the stand-in's */
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface App {
  /** Resolves when the program is ready. Rejects, with everything stopped again, when it cannot be. */
  start(): Promise<void>;
  /** Stops taking, finishes what is in hand within the drain time, closes. May be called twice and at any time. */
  stop(): Promise<void>;
  /** Resolves when every received update is handled and every answer is with Telegram. */
  settled(): Promise<void>;
  /** Whether something falls due, or waits to be sent, within `withinMs`. */
  anythingPlanned(withinMs: number): Promise<boolean>;
  ports(): { publicPort: number | undefined; metricsPort: number };
  /** Records an error that reached nobody. */
  unexpected(error: unknown, place: string): void;
}

/** Housekeeping gets this long to end; what it leaves half done is done again. */
const QUEUE_STOP_MS = 2_000;
/** Connections that no lane takes: for storing updates, the sender, the firing of deliveries, health and the queue, which are short. */
const CONNECTIONS_BESIDE_LANES = 3;

/** Puts the program together; nothing runs before `start`. */
export function createApp({ config, clock, log }: AppOptions): App {
  if (!config.telegram) throw new Error('an app needs a bot: the configured one or the stand-in');
  const telegram = config.telegram;
  const metrics: Metrics = createMetrics();
  const heartbeats = createHeartbeats(clock, metrics);
  const startedAt = clock.now();
  const starting = new AbortController();
  const roles = {
    web: config.roles.includes('web'),
    worker: config.roles.includes('worker'),
    poller: config.roles.includes('poller'),
  };

  let storage: Storage | undefined;
  let waitingFor: string | null = null;
  let errors: Errors | undefined;
  let directory: Directory | undefined;
  let bot: Bot | undefined;
  let queue: Queue | undefined;
  let queueStarting: Promise<void> | undefined;
  let http: HttpSide | undefined;
  let gauges: Loop | undefined;
  let background: Background | undefined;
  let ready = false;
  let beginning: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;
  const db = (): Database | undefined => storage?.db;
  const health = createHealth(
    clock,
    healthChecks({
      db,
      waitingFor: () => waitingFor,
      bot: () => bot,
      queue: () => queue,
      heartbeats,
      config,
      now: () => clock.now(),
      roles,
      webhook: telegram.mode === 'webhook',
    }),
  );

  function unexpected(error: unknown, place: string): string {
    if (errors) return errors.record(error, place);
    const ref = randomCode(4);
    log.error('unexpected error', { ref, place, ...errorFields(error) });
    return ref;
  }

  async function notReady(): Promise<NotReady[]> {
    if (stopping) return [{ part: 'draining' }];
    if (!ready) return [waitingFor === null ? { part: 'starting' } : { part: 'database', message: waitingFor }];
    const report = await health.report();
    return Object.entries(report.checks).flatMap(([part, { status, message = 'down' }]) =>
      status === 'down' && (part === 'database' || part === 'migrations') ? [{ part, message }] : [],
    );
  }

  function openHttp(): Promise<HttpSide> {
    return startHttp({
      host: config.http.host,
      port: roles.web ? config.http.port : undefined,
      metricsPort: config.http.metricsPort,
      db,
      clock,
      log: log.part('http'),
      metrics,
      trustedProxies: config.http.trustedProxies,
      forceHttps: config.http.forceHttps,
      publicUrl: config.http.publicUrl,
      onBug: unexpected,
      health: () => health.report(),
      notReady,
      version,
      info: () => ({
        name: 'steward',
        version,
        revision,
        builtAt,
        environment: config.environment,
        startedAt: new Date(startedAt).toISOString(),
        uptimeSeconds: Math.round((clock.now() - startedAt) / 1000),
        node: process.versions.node,
        mode: telegram.mode,
        roles: config.roles,
        schema: storage?.schema ?? null,
      }),
      webhook: telegram.webhook && {
        path: telegram.webhook.path,
        secret: telegram.webhook.secret,
        accept: async (update) => {
          // In a drain too: what is stored is handled by the next process.
          if (!bot) throw new Error('not ready to take updates');
          await bot.intake.accept([update]);
        },
        onFailure: (error) => log.warn('an update could not be stored', errorFields(error)),
      },
    });
  }

  async function openBot(opened: Storage, recorder: ErrorRecorder): Promise<Bot> {
    const botId = telegram.botId as BotId;
    const onError = backgroundErrors(log, recorder);
    const defaults = { language: config.language, timezone: config.timezone };
    const people = await openPeople(opened, { config, clock }, onError);
    directory = people;
    const composed = composeFeatures({
      db: opened.db,
      clock,
      health: () => health.report(),
      username: () => bot?.username(),
      commands: () => router.commands,
      expectInvitation: people.expectInvitation,
      startedAt,
      defaults,
      undoDays: config.undoDays,
      portability: portabilityDeps(config, () => background?.wakeImports()),
      wakeDeliveries: () => bot?.wakeDeliveries(),
      files: filesDeps(config, () => background?.wakeFiles()),
      contents: opened.contents,
      backup: backupDeps(config, clock, () => background?.wakeBackups()),
    });
    const router = makeRouter({
      features: composed.features,
      username: () => bot?.username(),
      unknownCommand: composed.unknownCommand,
      captured: (outcome) => metrics.count('steward_captures_total', { outcome }),
    });
    const { api, files } = openTelegram(telegram, metrics);
    const started = await startBot({
      db: opened.db,
      reached: opened.reached,
      contents: opened.contents,
      clock,
      api,
      botId,
      directory: people,
      features: composed.features,
      router,
      owner: ownerName(),
      roles,
      webhook: telegram.webhook && { url: telegram.webhook.url, secret: telegram.webhook.secret.reveal() },
      rate: rateOf(telegram),
      lanes: Math.max(1, config.database.poolMax - 1 - CONNECTIONS_BESIDE_LANES),
      acceptInvitation: composed.acceptInvitation,
      beat: heartbeats.beat,
      within: (updateId, work) => withLogContext({ updateId }, work),
      events: botEvents({ log, metrics, errors: recorder }),
    });
    if (roles.worker) {
      const shared = { db: opened.db, contents: opened.contents, clock, config, errors: recorder, onError };
      const own = { ...shared, botId, files, directory: people, log: log.part('backup'), beat: heartbeats.beat };
      background = startBackground({ ...own, connection: opened.connection });
      // Not awaited: what it does is housekeeping, and it may be minutes behind.
      const jobs = internalJobs({ ...shared, log, metrics, wakeDeliveries: () => bot?.wakeDeliveries() });
      queueStarting = startQueue({ db: opened.db, jobs, onError, signal: starting.signal }).then((made) => {
        queue = made;
      }, onError);
    }
    return started;
  }

  /** Opens one part after another; told to end, it opens no more. */
  async function begin(): Promise<void> {
    await hideSecrets(config);
    for (const warning of config.warnings) log.warn(warning);
    if (config.production)
      reportTextFaults(({ key, language, reason }) => log.error('a text is faulty', { key, language, reason }));
    await settleGround(config, log, clock.now());
    starting.signal.throwIfAborted();
    http = await openHttp();
    starting.signal.throwIfAborted();
    storage = await openStorage(config, log, metrics, starting.signal, (reason) => {
      waitingFor = reason;
    });
    starting.signal.throwIfAborted();
    errors = openErrors({ config, db: storage.db, clock, metrics, log });
    bot = await openBot(storage, errors);
    starting.signal.throwIfAborted();
    gauges = startGauges({
      db: storage.db,
      clock,
      metrics,
      errors,
      bot: () => bot,
      queue: () => queue,
      beat: heartbeats.beat,
      ready: () => ready,
      mode: telegram.mode,
      dataDir: config.dataDir,
    });
    ready = true;
    log.info('ready', { version, mode: telegram.mode, ms: clock.now() - startedAt });
  }

  async function stopAll(): Promise<void> {
    ready = false;
    starting.abort(new Error('told to end while it was starting'));
    // What hangs (a silent database, a bucket or disk under a backup) ends with the process and does not hold it.
    const drain = boundTogether(config.drainMs);
    // What is just being opened must be there before it can be closed.
    await drain.wait(beginning);
    // Requests in hand finish while the bot drains; new ones are refused by readiness and by the closed port.
    const closing = http?.stop(drain.leftMs());
    await drain.wait(bot?.stop(drain.leftMs()));
    await drain.wait(closing);
    await drain.wait(queueStarting, QUEUE_STOP_MS);
    await drain.wait(Promise.all([gauges?.stop(), background?.stop(), queue?.stop(QUEUE_STOP_MS), directory?.stop()]));
    await drain.wait(errors?.stop());
    await storage?.close();
  }

  const stop = (): Promise<void> => (stopping ??= stopAll());

  return {
    stop,
    unexpected: (error, place) => void unexpected(error, place),
    ports: () => ({ publicPort: http?.publicPort, metricsPort: http?.metricsPort ?? 0 }),
    settled: async () => bot?.settled(),
    async anythingPlanned(withinMs) {
      if (!storage) return false;
      const next = await nextDue(storage.db);
      return next !== null && next <= clock.now() + withinMs;
    },
    async start() {
      const begun = begin();
      beginning = begun.catch(() => {});
      try {
        await begun;
      } catch (error) {
        await stop().catch(() => {});
        await storage?.close().catch(() => {}); // the stop is bounded and may not have waited for it
        throw error;
      }
    },
  };
}
