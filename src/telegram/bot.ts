/** One bot, alive: the door, the inbox's dispatcher, the sender and the firing of deliveries, by the roles of this process. */
import type { Directory, Person } from '../access/people.ts';
import type { Clock } from '../core/clock.ts';
import type { BotId } from '../core/ids.ts';
import { boundTogether } from '../core/loop.ts';
import { pendingMessages } from '../outbox/outbox.ts';
import type { Contents } from '../storage/contents/contents.ts';
import { fileContent } from '../storage/contents/transfer-files.ts';
import type { Database } from '../storage/database.ts';
import { type Dispatcher, type DispatcherOptions, startDispatcher } from './dispatch/dispatcher.ts';
import type { Router } from './dispatch/router.ts';
import type { DeliveryHandlers, Feature } from './feature.ts';
import { learnGaps } from './receive/gaps.ts';
import type { TelegramUser } from './receive/gate.ts';
import { inboxDepth } from './receive/inbox.ts';
import { type Intake, openIntake } from './receive/intake.ts';
import { type Poller, type PollerState, startPoller } from './receive/poller.ts';
import { knownUsername } from './receive/username.ts';
import type { TelegramApi } from './send/api.ts';
import { ensurePace } from './send/claims.ts';
import { type Firing, startFiring } from './send/firing.ts';
import { type Sender, type SenderEvents, startSender } from './send/sender.ts';
import { openNativeSupport } from './send/ways/native.ts';
import { type Setup, startSetup } from './setup.ts';

export interface BotOptions {
  readonly db: Database;
  /** does what a start needs of the database, again for as long as it is away */
  readonly reached: <T>(work: () => Promise<T>) => Promise<T>;
  /** the bytes of attachments */
  readonly contents: Pick<Contents, 'read'>;
  readonly clock: Clock;
  readonly api: TelegramApi;
  readonly botId: BotId;
  readonly directory: Directory;
  readonly features: readonly Feature[];
  readonly router: Router;
  /** random name of this process in leases */
  readonly owner: string;
  readonly roles: { readonly worker: boolean; readonly poller: boolean };
  /** absent: long polling */
  readonly webhook?: { readonly url: string; readonly secret: string } | undefined;
  /** messages a second at most; null: learned from refusals */
  readonly rate: number | null;
  /** lanes handled at once */
  readonly lanes: number;
  readonly acceptInvitation: (code: string, from: TelegramUser) => Promise<Person | undefined>;
  readonly beat: (name: string) => void;
  readonly within: DispatcherOptions['within'];
  readonly events: SenderEvents &
    DispatcherOptions['events'] & {
      update(type: string, outcome: string): void;
      fired(kind: string, state: 'queued' | 'skipped' | 'held', count: number): void;
      /** the Bot API server takes no native messages: they go as plain ones */
      noNative(reason: string): void;
      /** something to say in the log */
      told(event: string): void;
    };
}

export interface Bot {
  readonly intake: Intake;
  /** The bot's name once Telegram told it. */
  username(): string | undefined;
  state(): ReturnType<Setup['state']> & {
    readonly poller: PollerState;
    readonly sending: 'unreached' | 'unauthorized' | null;
  };
  /** Something new is planned in the ledger. */
  wakeDeliveries(): void;
  /** Resolves when nothing received waits to be handled and nothing waits to be sent. */
  settled(): Promise<void>;
  /** Stops taking, finishes what is in hand within `boundMs`, releases the poller. */
  stop(boundMs: number): Promise<void>;
}

const wakeChannel = 'steward_inbox';

/** What handles updates, fires deliveries and sends messages. */
interface Worker {
  readonly dispatcher: Dispatcher;
  readonly firing: Firing;
  readonly sender: Sender;
  stopListening(): Promise<void>;
}

async function startWorker(
  options: BotOptions,
  { gaps, username }: Pick<DispatcherOptions, 'gaps' | 'username'>,
): Promise<Worker> {
  const { db, clock, api, botId, directory, events, owner, beat } = options;
  const handlers: DeliveryHandlers = Object.assign({}, ...options.features.map((feature) => feature.deliveries ?? {}));
  const sender = startSender({
    db,
    clock,
    botId,
    owner,
    api,
    renderers: handlers,
    content: (file) => fileContent(db, file),
    kept: (sha256) => options.contents.read(db, sha256),
    native: openNativeSupport(events.noNative),
    rate: options.rate,
    beat,
    events,
  });
  const wakeSender = () => sender.wake();
  const firing = startFiring({
    db,
    clock,
    botId,
    handlers,
    wakeSender,
    counted: events.fired,
    beat,
    onError: events.error,
  });
  const dispatcher = startDispatcher({
    db,
    clock,
    botId,
    directory,
    username,
    router: options.router,
    lanes: options.lanes,
    gaps,
    wakeSender,
    ownClaims: sender.own,
    wakeDeliveries: () => firing.wake(),
    answerPress: (callbackId, text) => {
      void api.call('answerCallbackQuery', {
        callback_query_id: callbackId,
        ...(text === undefined ? {} : { text: text.slice(0, 200) }),
      });
    },
    events,
    within: options.within,
    beat,
  });
  const stopListening = await db.listen(wakeChannel, () => dispatcher.wake([]));
  return { dispatcher, firing, sender, stopListening };
}

/** Brings the bot to life. Telegram need not be reachable: what it must know is told to it as soon as it is. */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { db, reached, clock, api, botId, directory, events, owner } = options;
  const known = await reached(() => knownUsername(db, botId));
  if (options.roles.worker) await reached(() => ensurePace(db, options, clock.now()));
  const commandNames = new Set(
    options.router.commands.flatMap((command) => [command.name, ...(command.aliases ?? [])]),
  );
  /** until the bot is set up: as Telegram told it before */
  const username = () => setup?.username() ?? known;
  const addressee = {
    id: Number(botId),
    username,
    isCommand: (name: string) => commandNames.has(name),
  };
  let worker: Worker | undefined;
  let poller: Poller | undefined;
  let setup: Setup | undefined;

  const gaps = learnGaps(options.webhook !== undefined);
  const intake = openIntake({
    gaps,
    db,
    botId,
    directory,
    bot: addressee,
    acceptInvitation: options.acceptInvitation,
    count: events.update,
    wake: (lanes) => {
      if (worker) worker.dispatcher.wake(lanes);
      // Nobody here handles updates: those who do are told.
      else void db.query(`SELECT pg_notify('${wakeChannel}', '')`).catch(events.error);
    },
  });

  if (options.roles.worker) worker = await startWorker(options, { gaps, username });

  const keeping = startSetup({
    db,
    api,
    botId,
    directory,
    commands: options.router.commands,
    webhook: options.webhook,
    tells: options.roles.worker || options.roles.poller,
    username: known,
    beat: options.beat,
    onError: events.error,
    told: events.told,
  });
  setup = keeping;

  if (options.roles.poller && !options.webhook) {
    poller = startPoller({
      db,
      api,
      botId,
      owner,
      intake,
      beat: options.beat,
      onError: events.error,
      tell: (event) => events.told(`poller-${event}`),
    });
  }

  return {
    intake,
    username,
    wakeDeliveries: () => worker?.firing.wake(),
    state: () => ({
      poller: poller?.state() ?? { active: false, problem: null },
      sending: worker?.sender.problem() ?? null,
      ...keeping.state(),
    }),
    async settled() {
      for (let calm = 0; calm < 2; ) {
        const { waiting } = await inboxDepth(db);
        const pending = await pendingMessages(db, botId);
        calm =
          waiting + pending + (worker?.dispatcher.busy() ?? 0) + (worker?.sender.inFlight() ?? 0) === 0 ? calm + 1 : 0;
        if (calm < 2) await new Promise((resolve) => setTimeout(resolve, 15));
      }
    },
    async stop(boundMs) {
      // A database or a Telegram that says nothing holds up neither; what was not committed is left to the next process.
      const quarter = boundMs / 4;
      const drain = boundTogether(boundMs, quarter);
      // First no more comes in, then nothing new falls due, then what is in hand ends, last its answers leave.
      const receiving = [poller?.stop(), keeping.stop(), worker?.firing.stop(), worker?.stopListening()];
      await Promise.all(receiving.map((stopped) => drain.wait(stopped, quarter)));
      await drain.wait(worker?.dispatcher.stop(), drain.leftMs() - quarter);
      await worker?.sender.stop(drain.leftMs());
    },
  };
}
