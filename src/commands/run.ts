/** Runs the program for `start` and `chat`: configuration, the stand-in where there is no token, signals, and a clean end. */
import { fstatSync } from 'node:fs';
import { type App, createApp } from '../app.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { type EpochMs, systemClock } from '../core/clock.ts';
import { Secret } from '../core/secret.ts';
import { createLogger, type Logger } from '../observability/logger.ts';
import type { Sandbox } from '../sandbox/index.ts';

export interface RunOptions {
  /** with piped input, milliseconds to stay after its end */
  readonly waitMs: number;
  /** ignore a configured token */
  readonly alwaysLocal: boolean;
}

/** The person at the terminal, as the stand-in knows them. */
const LOCAL_PERSON = 1;
/** The stand-in's bot: the same at every start, so that what waits in the outbox is its own. */
const LOCAL_TOKEN = '4000000001:local-chat-without-telegram-no-secret';

/** 'terminal': a person types; 'piped': lines wait or will come; 'none': nobody there (closed, /dev/null, a service). */
function inputKind(): 'terminal' | 'piped' | 'none' {
  if (process.stdin.isTTY) return 'terminal';
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isSocket() || (stat.isFile() && stat.size > 0) ? 'piped' : 'none';
  } catch {
    return 'none';
  }
}

/**
 * Ids that no earlier session used, lest a message passes for one that was handled already: they grow with the milliseconds since
 * 2026, and no session sees a thousand messages in each second of its life.
 */
export function firstIds(now: EpochMs): { messagesBefore: number; firstUpdateId: number } {
  const first = now - Date.UTC(2026);
  return { messagesBefore: first, firstUpdateId: first };
}

async function startStandIn(): Promise<{ sandbox: Sandbox; telegram: NonNullable<Config['telegram']> }> {
  const { startSandbox } = await import('../sandbox/index.ts');
  const sandbox = await startSandbox({ token: LOCAL_TOKEN, ...firstIds(systemClock.now()) });
  return {
    sandbox,
    telegram: {
      token: new Secret(LOCAL_TOKEN),
      botId: Number(LOCAL_TOKEN.split(':')[0]),
      apiRoot: sandbox.url,
      sendRate: 'auto',
      allowedUsers: [LOCAL_PERSON],
      mode: 'polling',
      webhook: undefined,
    },
  };
}

/** Resolves with the signal's name when the process is told to end; a second signal ends it at once. */
function toldToEnd(log: Logger): Promise<string> {
  return new Promise((resolve) => {
    let told = false;
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (told) process.exit(1);
        told = true;
        log.info(`${signal}: finishing what is in hand`);
        resolve(signal);
      });
    }
  });
}

/** Runs until told to end, or until a local chat is over; returns the exit code. Throws ConfigurationError. */
export async function runSteward(options: RunOptions): Promise<number> {
  const loaded = loadConfig();
  const local = options.alwaysLocal || loaded.telegram === undefined;
  const kind = local ? inputKind() : 'none';
  const chatting = local && kind !== 'none';
  const log = createLogger({
    // A conversation is not interleaved with what goes well.
    level: chatting && !process.env['LOG_LEVEL'] ? 'warn' : loaded.log.level,
    format: chatting && !process.env['LOG_FORMAT'] ? 'pretty' : loaded.log.format,
    colors: process.stderr.isTTY === true && !process.env['NO_COLOR'],
  });
  const standIn = local ? await startStandIn() : undefined;
  const config: Config = standIn ? { ...loaded, telegram: standIn.telegram } : loaded;
  const ending = toldToEnd(log);
  const app = createApp({ config, clock: systemClock, log });
  process.on('unhandledRejection', (reason) => app.unexpected(reason, 'unhandled rejection'));
  process.on('uncaughtException', (error) => {
    // What the process is in now is unknown: the rest is left to the next one, which finds everything in the database.
    app.unexpected(error, 'uncaught exception');
    void app.stop().finally(() => process.exit(1));
    setTimeout(() => process.exit(1), 5_000).unref();
  });
  try {
    const started = await Promise.race([app.start().then(() => true), ending.then(() => false)]);
    if (!started) return 0;
    if (standIn && chatting) {
      const served = await chat(app, standIn.sandbox, config, options.waitMs, ending, kind === 'piped');
      if (served) return 0;
    }
    if (standIn) serveLocally(log, app, standIn.sandbox);
    await ending;
    return 0;
  } finally {
    await app.stop();
    await standIn?.sandbox.stop();
  }
}

/** The conversation; false when there was none (the pipe ended before a word) and the program should serve on. */
async function chat(
  app: App,
  sandbox: Sandbox,
  config: Config,
  waitMs: number,
  ending: Promise<string>,
  piped: boolean,
): Promise<boolean> {
  const { terminalChat } = await import('../sandbox/index.ts');
  const controller = new AbortController();
  void ending.then(() => controller.abort());
  await terminalChat({
    server: sandbox,
    input: process.stdin,
    output: process.stdout,
    settled: () => app.settled(),
    wait: waitMs,
    pending: () => app.anythingPlanned(waitMs),
    clock: systemClock,
    zone: config.timezone,
    userId: LOCAL_PERSON,
    signal: controller.signal,
  });
  const said = sandbox.messages(LOCAL_PERSON).some((seen) => !seen.fromBot);
  return said || !piped || controller.signal.aborted;
}

function serveLocally(log: Logger, app: App, sandbox: Sandbox): void {
  const { publicPort, metricsPort } = app.ports();
  log.info('no Telegram token and no terminal: serving until told to stop', {
    health: `http://127.0.0.1:${publicPort}/health`,
    metrics: `http://127.0.0.1:${metricsPort}/metrics`,
    telegramStandIn: sandbox.url,
  });
}
