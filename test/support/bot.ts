/** A bot on the stand-in for tests of the transport: real HTTP, real PostgreSQL, features of the test's own. */
import { randomBytes } from 'node:crypto';
import { ensureConfiguredPeople, openDirectory } from '../../src/access/people.ts';
import { type Clock, systemClock } from '../../src/core/clock.ts';
import type { BotId } from '../../src/core/ids.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { openContents } from '../../src/storage/contents/contents.ts';
import type { Database } from '../../src/storage/database.ts';
import { type Bot, type BotOptions, startBot } from '../../src/telegram/bot.ts';
import { makeRouter } from '../../src/telegram/dispatch/router.ts';
import type { Feature } from '../../src/telegram/feature.ts';
import { openTelegramApi } from '../../src/telegram/send/api.ts';

/** Bytes of attachments in the database, as they are where nothing else is configured. */
export const CONTENTS = {
  attachmentStore: 'database',
  dataDir: '/nonexistent',
  s3: {
    endpoint: undefined,
    region: undefined,
    accessKeyId: undefined,
    secretAccessKey: undefined,
    forcePathStyle: false,
  },
};

export interface TestBot {
  readonly bot: Bot;
  readonly botId: BotId;
  /** errors and events in the order they were told */
  readonly told: string[];
  readonly lateness: number[];
  stop(): Promise<void>;
}

export interface TestBotOptions {
  readonly db: Database;
  /** the Bot API server, the stand-in or another */
  readonly sandbox: Pick<Sandbox, 'token' | 'url'>;
  readonly features: readonly Feature[];
  readonly people: readonly number[];
  readonly clock?: Clock;
  readonly rate?: number | null;
  readonly webhook?: BotOptions['webhook'];
  readonly roles?: BotOptions['roles'];
  readonly lanes?: number;
}

/** Starts a bot for `people` (Telegram ids) whose features are `features`. */
export async function testBot(options: TestBotOptions): Promise<TestBot> {
  const { db, sandbox } = options;
  const clock = options.clock ?? systemClock;
  const told: string[] = [];
  const lateness: number[] = [];
  const botId = Number(sandbox.token.split(':')[0]) as BotId;
  const error = (thrown: unknown) => void told.push(`error: ${thrown instanceof Error ? thrown.stack : thrown}`);
  const follow = { back: async () => {}, left: async () => {} };
  await ensureConfiguredPeople(db, options.people, { language: 'en', timezone: 'UTC' }, follow);
  const directory = await openDirectory(db, clock, new Set(options.people), error);
  let bot: Bot | undefined;
  const router = makeRouter({
    features: options.features,
    username: () => bot?.username(),
    unknownCommand: (context, typed) => context.answer({ lines: [[`No /${typed} here.`]] }),
    captured: () => {},
  });
  bot = await startBot({
    db,
    reached: (work) => work(),
    contents: openContents(CONTENTS),
    clock,
    api: openTelegramApi({ token: sandbox.token, root: sandbox.url, observe: () => {} }),
    botId,
    directory,
    features: options.features,
    router,
    owner: randomBytes(6).toString('hex'),
    roles: options.roles ?? { worker: true, poller: true },
    webhook: options.webhook,
    rate: options.rate ?? null,
    lanes: options.lanes ?? 4,
    acceptInvitation: async () => undefined,
    beat: () => {},
    within: (_, work) => work(),
    events: {
      delivery: (kind, state) => void told.push(`delivery ${kind} ${state}`),
      lateness: (seconds) => void lateness.push(seconds),
      reply: () => {},
      limited: (scope) => void told.push(`limited ${scope}`),
      recovered: (count) => void told.push(`recovered ${count}`),
      rejected: (reason) => void told.push(`rejected ${reason}`),
      error,
      handled: (type, outcome) => void told.push(`${outcome} ${type}`),
      failed: async (thrown) => {
        error(thrown);
        return 'TEST';
      },
      update: (type, outcome) => void told.push(`update ${type} ${outcome}`),
      fired: () => {},
      noNative: (reason) => void told.push(`no native: ${reason}`),
      told: (event) => void told.push(event),
    },
  });
  const running = bot;
  return {
    bot: running,
    botId,
    told,
    lateness,
    stop: async () => {
      await running.stop(5_000);
      await directory.stop();
    },
  };
}

export { startSandbox };
