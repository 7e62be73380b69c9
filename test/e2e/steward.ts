/** The whole of Steward in this process, as `steward start` puts it together, against the stand-in over HTTP and a database of its own. */
import { tmpdir } from 'node:os';
import { Writable } from 'node:stream';
import { type App, createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config/config.ts';
import type { Clock } from '../../src/core/clock.ts';
import { createLogger } from '../../src/observability/logger.ts';
import {
  keyboardOf,
  type Pressed,
  type Sandbox,
  type SandboxUser,
  type SeenMessage,
  startSandbox,
  wordsOf,
} from '../../src/sandbox/index.ts';
import type { Database } from '../../src/storage/database.ts';
import type { EmbeddedConnection } from '../../src/storage/embedded.ts';
import { testDatabase } from '../support/postgres.ts';
import { freePort } from '../support/steady/ports.ts';
import { ShiftedClock } from './shifted-clock.ts';

export const modes = ['polling', 'webhook'] as const;
export type Mode = (typeof modes)[number];

export const OWNER = 7001;
export const WEBHOOK_SECRET = 'planted_webhook_secret_3f9a7c51d2';
export const DATABASE_PASSWORD = 'planted-database-password-81c4';

export interface Steward {
  readonly mode: Mode;
  readonly sandbox: Sandbox;
  readonly clock: ShiftedClock;
  /** for the test's own questions, past everything that goes wrong on Steward's own connections */
  readonly db: Database;
  readonly log: string[];
  readonly webhookPath: string;
  app(): App;
  publicUrl(): string;
  metricsUrl(): string;
  /** The person, writing in the private chat with the bot. */
  person(id?: number, profile?: Parameters<Sandbox['user']>[1]): Person;
  /** The same person, writing in a group. */
  inGroup(id: number, chat: number): Person;
  /** Resolves when every update has come, is handled, and its answers are out. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
  /** `people`: who is configured this time, as at first when left out. */
  start(people?: readonly number[]): Promise<void>;
  /** Stops everything and removes the database. */
  end(): Promise<void>;
}

export interface Person extends Pick<SandboxUser, 'id' | 'edit' | 'sendAlbum' | 'sendFile' | 'block' | 'unblock'> {
  readonly user: SandboxUser;
  /** Writes and resolves to what the bot wrote in return, a message a line block. */
  say(text: string, options?: Parameters<SandboxUser['send']>[1]): Promise<string>;
  /** Presses a button of the newest message that has it; resolves to everything that changed by it: toast, edited and new messages. */
  press(button: string): Promise<string>;
  /** The newest message that has the button, and what the button sends. */
  button(button: string): { data: string; message: SeenMessage };
  /** Presses callback data as an old message might send it. */
  pressData(data: string, target?: SeenMessage): Promise<string>;
  /** The bot's messages in the chat, oldest first. */
  seen(): SeenMessage[];
  /** Their texts. */
  texts(): string[];
  /** The labels of the newest message's buttons. */
  buttons(): string[];
}

export function textOf(seen: SeenMessage): string {
  return wordsOf(seen.message);
}

export async function until(what: string, holds: () => boolean | Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** How long the answer to a press is waited for. */
const ANSWER_MS = 5_000;

function personOf(sandbox: Sandbox, user: SandboxUser, quiet: () => Promise<void>, chat = user.id): Person {
  const seen = () => sandbox.messages(chat).filter((one) => one.fromBot);
  /** Everything people see in the chat while `act` has its consequences. */
  async function watching(act: () => Pressed | undefined): Promise<string> {
    const told = new Map<string, string>();
    const stop = sandbox.watch((event) => {
      if (event.kind === 'toast' && event.userId === user.id) told.set(`toast ${event.queryId}`, event.text);
      if ((event.kind === 'message' || event.kind === 'edit') && event.seen.chatId === chat && event.seen.fromBot)
        told.set(`message ${event.seen.message.message_id}`, textOf(event.seen));
    });
    try {
      const pressed = act();
      await quiet();
      // The answer to a press is told past the outbox, a moment after the commit; a stranger's press has none.
      const answered = () => sandbox.world.queries.get(pressed?.queryId ?? '')?.answer !== undefined;
      for (const end = performance.now() + ANSWER_MS; pressed && !answered() && performance.now() < end; )
        await new Promise((resolve) => setTimeout(resolve, 2));
    } finally {
      stop();
    }
    return [...told.values()].filter((text) => text !== '').join('\n\n');
  }
  const buttonOf = (one: SeenMessage, label: string) =>
    keyboardOf(one.message)
      .flat()
      .find((each) => each.text === label);
  function offered(label: string): { data: string; message: SeenMessage } {
    const message = seen().findLast((one) => buttonOf(one, label));
    const found = message && buttonOf(message, label);
    if (!message || !found || !('callback_data' in found))
      throw new Error(`no message offers "${label}"; the newest says:\n${seen().map(textOf).at(-1)}`);
    return { data: found.callback_data, message };
  }
  return {
    user,
    id: user.id,
    edit: (...parts) => user.edit(...parts),
    sendAlbum: (...parts) => user.sendAlbum(...parts),
    sendFile: (...parts) => user.sendFile(...parts),
    block: () => user.block(),
    unblock: () => user.unblock(),
    say: (text, options) =>
      watching(() => {
        user.send(text, { chat, ...options });
        return undefined;
      }),
    button: offered,
    press(label) {
      const { message } = offered(label);
      return watching(() => user.press(message, label));
    },
    pressData(data, target = seen().at(-1)) {
      if (!target) throw new Error('there is no message to press on');
      return watching(() => user.pressData(target, data));
    },
    seen,
    texts: () => seen().map(textOf),
    buttons: () => {
      const newest = seen().at(-1);
      return newest
        ? keyboardOf(newest.message)
            .flat()
            .map((button) => button.text)
        : [];
    },
  };
}

export interface StewardOptions {
  /** further environment variables */
  readonly settings?: Readonly<Record<string, string>>;
  readonly mode: Mode;
  readonly people?: readonly number[];
  /** how the connection Steward uses is reached, made of the real one */
  readonly wire?: (connection: EmbeddedConnection) => Promise<EmbeddedConnection>;
  readonly env?: Readonly<Record<string, string>>;
  /** Telegram tells the bot of a group only what is meant for it; as with Telegram, unless switched off */
  readonly privacy?: boolean;
  /** Do not start yet. */
  readonly idle?: boolean;
  /** The time for Steward and the stand-in both; left out, Steward lives by `Steward.clock` and the stand-in by the machine's. */
  readonly clock?: Clock;
}

/** Brings a Steward up. */
export async function startSteward(options: StewardOptions): Promise<Steward> {
  const { mode, people = [OWNER] } = options;
  const database = await testDatabase();
  const db = database.database(3);
  const sandbox = await startSandbox({
    webhook: { retryMs: 100, retryMaxMs: 500 },
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    bot: { privacy: options.privacy ?? true },
  });
  const clock = new ShiftedClock();
  const log: string[] = [];
  const connection = (await options.wire?.(database.connection)) ?? database.connection;
  const port = await freePort();
  const webhookPath = '/telegram/hook';
  const configured = (ids: readonly number[]) =>
    loadConfig({
      cwd: tmpdir(),
      terminal: false,
      env: {
        TELEGRAM_BOT_TOKEN: sandbox.token,
        TELEGRAM_API_ROOT: sandbox.url,
        TELEGRAM_ALLOWED_USERS: ids.join(','),
        TELEGRAM_MODE: mode,
        ...(mode === 'webhook'
          ? {
              TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}${webhookPath}`,
              TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
            }
          : {}),
        // Tests that move the clock over nights want no backup of each.
        BACKUP_SCHEDULE: 'off',
        ...options.settings,
        DATABASE_HOST: connection.host,
        DATABASE_PORT: String(connection.port),
        DATABASE_NAME: connection.database,
        DATABASE_USER: connection.user,
        DATABASE_PASSWORD,
        HOST: '127.0.0.1',
        PORT: String(port),
        METRICS_PORT: '0',
        STEWARD_TIMEZONE: 'Europe/Berlin',
        STEWARD_DRAIN_SECONDS: '5',
        LOG_LEVEL: 'debug',
        ...options.env,
      },
    });
  const stream = new Writable({
    write(chunk, _encoding, done) {
      log.push(String(chunk));
      done();
    },
  });
  let app: App | undefined;
  const running = () => {
    if (!app) throw new Error('Steward is stopped');
    return app;
  };
  const quiet = async () => {
    await sandbox.updates.drained();
    await running().settled();
  };
  const steward: Steward = {
    mode,
    sandbox,
    clock,
    db,
    log,
    webhookPath,
    app: running,
    publicUrl: () => `http://127.0.0.1:${running().ports().publicPort}`,
    metricsUrl: () => `http://127.0.0.1:${running().ports().metricsPort}`,
    person: (id = OWNER, profile = {}) => personOf(sandbox, sandbox.user(id, profile), quiet),
    inGroup: (id, chat) => personOf(sandbox, sandbox.user(id), quiet, chat),
    quiet,
    async start(ids = people) {
      app = createApp({
        config: configured(ids),
        clock: options.clock ?? clock,
        log: createLogger({ level: 'debug', format: 'json', stream }),
      });
      await app.start();
      // In webhook mode nothing comes before Telegram knows the address; in polling mode a webhook may have to go first.
      if (mode === 'webhook') await until('the webhook is set', () => sandbox.delivery.webhookInfo().url !== '');
    },
    async stop() {
      const stopping = app;
      app = undefined;
      await stopping?.stop();
    },
    async end() {
      await steward.stop();
      await sandbox.stop();
      await database.drop();
    },
  };
  try {
    if (!options.idle) await steward.start();
    return steward;
  } catch (error) {
    await steward.end();
    throw error;
  }
}
