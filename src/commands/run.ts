/** Runs the program for `start` and `chat`: configuration, the stand-in where there is no token, signals, and a clean end. */
import { randomBytes } from 'node:crypto';
import { fstatSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type App, createApp } from '../app.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { type EpochMs, systemClock } from '../core/clock.ts';
import { Secret } from '../core/secret.ts';
import { createLogger, errorFields, type Logger } from '../observability/logger.ts';
import type { ChatPage, Sandbox } from '../sandbox/index.ts';
import { type FileLock, tryExclusive } from '../storage/postgres/lock.ts';
import { LOCAL_PERSON } from './person/who.ts';

export interface RunOptions {
  /** with piped input, milliseconds to stay after its end */
  readonly waitMs: number;
  /** ignore a configured token */
  readonly alwaysLocal: boolean;
  /** where the page of the local chat listens on loopback, 0 for any free port; undefined: there is no page */
  readonly pagePort: number | undefined;
}

/** The stand-in's bot: the same at every start, so that what waits in the outbox is its own. */
const LOCAL_BOT = 4_000_000_001;

/** Its token, new at each start: any page in the person's browser can reach the stand-in's port, and must not speak as the bot. */
export function localToken(): string {
  return `${LOCAL_BOT}:${randomBytes(30).toString('base64url')}`;
}

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
  const { personOf, startSandbox } = await import('../sandbox/index.ts');
  const token = localToken();
  const sandbox = await startSandbox({ token, ...firstIds(systemClock.now()) });
  // There before Steward is, as a person who has opened the chat: Telegram takes a menu only for a chat that it knows.
  const { firstName, languageCode } = personOf(process.env);
  sandbox.user(LOCAL_PERSON, { first_name: firstName, language_code: languageCode });
  return {
    sandbox,
    telegram: {
      token: new Secret(token),
      botId: LOCAL_BOT,
      apiRoot: sandbox.url,
      sendRate: 'auto',
      allowedUsers: [LOCAL_PERSON],
      mode: 'polling',
      webhook: undefined,
    },
  };
}

/**
 * One local chat on one data folder: two would each have a Telegram of their own, and answers would go to the wrong one. Held until the
 * process ends, however it ends. Throws when another process has it.
 */
function claimLocalChat(dataDir: string): FileLock {
  const folder = path.join(dataDir, 'run');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = tryExclusive(path.join(folder, 'local-chat.lock'));
  if (lock) return lock;
  throw new Error(
    `Another Steward without a Telegram token runs on the data in ${dataDir}. Mend: stop that one, or set STEWARD_DATA_DIR to another folder.`,
  );
}

/** A signal that comes again within this time is the same one. */
const ECHO_MS = 1_000;

/** Resolves with the signal's name when the process is told to end; a second signal ends it at once. */
function toldToEnd(log: Logger): Promise<string> {
  return new Promise((resolve) => {
    let toldAt: number | undefined;
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => {
        // One Ctrl-C or one closed terminal comes twice: from the terminal, and passed on by npm.
        if (toldAt !== undefined && performance.now() - toldAt > ECHO_MS) process.exit(1);
        if (toldAt !== undefined) return;
        toldAt = performance.now();
        log.info(`${signal}: finishing what is in hand`);
        resolve(signal);
      });
    }
  });
}

/**
 * Resolves when the other end of a standard stream is gone: the terminal was closed, the reader of a pipe left. Without this such an
 * error would end the process as a fault of ours. A service goes on without the reader of its log.
 */
function streamLost(): Promise<string> {
  return new Promise((resolve) => {
    for (const stream of [process.stdin, process.stdout, process.stderr]) stream.on('error', () => resolve('hang-up'));
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
  const told = toldToEnd(log);
  const lost = streamLost();
  const ending = chatting ? Promise.race([told, lost]) : told;
  const app = createApp({ config, clock: systemClock, log });
  process.on('unhandledRejection', (reason) => app.unexpected(reason, 'unhandled rejection'));
  process.on('uncaughtException', (error) => {
    // What the process is in now is unknown: the rest is left to the next one, which finds everything in the database.
    app.unexpected(error, 'uncaught exception');
    void app.stop().finally(() => process.exit(1));
    setTimeout(() => process.exit(1), 5_000).unref();
  });
  let claim: FileLock | undefined;
  let page: OpenPage | undefined;
  try {
    const started = await Promise.race([app.start().then(() => true), ending.then(() => false)]);
    if (!started) return 0;
    if (local) claim = claimLocalChat(config.dataDir);
    if (standIn && chatting) {
      if (kind === 'terminal') page = await openPage(standIn.sandbox, options.pagePort, log);
      const served = await chat(app, standIn.sandbox, options.waitMs, ending, page);
      if (served) return 0;
    }
    if (standIn) {
      page ??= await openPage(standIn.sandbox, options.pagePort, log);
      serveLocally(log, app, standIn.sandbox, page);
    }
    await ending;
    return 0;
  } finally {
    await page?.stop();
    await app.stop();
    await standIn?.sandbox.stop();
    claim?.release();
  }
}

/** The page of the local chat, and how its addresses reach the person. */
interface OpenPage {
  readonly address: string;
  /** Told a fresh address each time a used one was tried. */
  onFresh: (address: string) => void;
  stop(): Promise<void>;
}

/** Opens the page of the local chat; undefined without one, or when its port is taken: the chat goes on without it. */
async function openPage(sandbox: Sandbox, port: number | undefined, log: Logger): Promise<OpenPage | undefined> {
  if (port === undefined) return undefined;
  const { ChatPage } = await import('../sandbox/index.ts');
  const user = sandbox.user(LOCAL_PERSON);
  const page: ChatPage = new ChatPage({ server: sandbox, user, port, onFreshAddress: (fresh) => open.onFresh(fresh) });
  try {
    await page.start();
  } catch (error) {
    log.warn('the chat has no page in the browser: its port cannot be used. Mend: choose another by --page-port', {
      port,
      ...errorFields(error),
    });
    return undefined;
  }
  const open: OpenPage = { address: page.newAddress(), onFresh: () => {}, stop: () => page.stop() };
  return open;
}

/** The conversation; false when there was none (the pipe ended before a word) and the program should serve on. */
async function chat(
  app: App,
  sandbox: Sandbox,
  waitMs: number,
  ending: Promise<string>,
  page: OpenPage | undefined,
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
    userId: LOCAL_PERSON,
    signal: controller.signal,
    page: page && {
      address: page.address,
      onFresh: (tell) => {
        page.onFresh = tell;
      },
    },
  });
  const said = sandbox.messages(LOCAL_PERSON).some((seen) => !seen.fromBot);
  return said || process.stdin.isTTY === true || controller.signal.aborted;
}

function serveLocally(log: Logger, app: App, sandbox: Sandbox, page: OpenPage | undefined): void {
  const { publicPort, metricsPort } = app.ports();
  log.warn('no Telegram token and no terminal: nobody can write to Steward; serving until told to stop', {
    mend: 'set TELEGRAM_BOT_TOKEN and TELEGRAM_ALLOWED_USERS, or run `steward chat` in a terminal instead',
    health: `http://127.0.0.1:${publicPort}/health`,
    metrics: `http://127.0.0.1:${metricsPort}/metrics`,
    telegramStandIn: sandbox.url,
    ...(page ? { chat: page.address } : {}),
  });
  if (page)
    page.onFresh = (address) => log.info('the address of the chat was used already; a new one', { chat: address });
}
