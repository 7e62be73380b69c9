/** Long polling by one replica at a time: the one that holds the lease. */
import type { BotId } from '../../core/ids.ts';
import { type Loop, startLoop } from '../../core/loop.ts';
import type { Database } from '../../storage/database.ts';
import { endLeasesOfTheDead, releaseLease, takeLease } from '../../storage/lease.ts';
import { type TelegramApi, TelegramFailure } from '../send/api.ts';
import { ALLOWED_UPDATES, isUpdate } from './gate.ts';
import type { Intake } from './intake.ts';

export interface PollerOptions {
  readonly db: Database;
  readonly api: TelegramApi;
  readonly botId: BotId;
  /** names this process in the lease */
  readonly owner: string;
  readonly intake: Intake;
  readonly beat: (name: string) => void;
  readonly onError: (error: unknown) => void;
  /** 'became' and 'lost' poller; 'webhook-removed'; 'conflict': another program polls with this token. */
  readonly tell: (event: 'became' | 'lost' | 'webhook-removed' | 'conflict' | 'unauthorized') => void;
}

export interface PollerState {
  readonly active: boolean;
  /** what keeps it from receiving, if anything */
  readonly problem: 'conflict' | 'unauthorized' | 'unreachable' | null;
}

export interface Poller {
  state(): PollerState;
  /** Stops asking, gives the lease up, and only then returns. */
  stop(): Promise<void>;
}

/** A dead poller's successor waits this long at most. */
const LEASE_MS = 8_000;
const RENEW_MS = 2_000;
/** How long Telegram may hold one request open. */
const POLL_SECONDS = 25;
/** Others look whether the lease is free this often. */
const STANDBY_MS = 1_000;
/** After an answer with something in it that is no update: it may come again. */
const MALFORMED_MS = 500;

/** Starts standing for election and, once elected, polling. */
export function startPoller(options: PollerOptions): Poller {
  const { db, api, botId, owner, intake } = options;
  const lease = `poller:${botId}`;
  let active = false;
  let problem: PollerState['problem'] = null;
  let offset: number | undefined;
  /** refusals in a row, by conflict or token */
  let refusals = 0;
  let request: AbortController | undefined;

  const setActive = (now: boolean) => {
    if (active === now) return;
    active = now;
    // A new poller begins without an offset: Telegram knows what was confirmed.
    offset = undefined;
    options.tell(now ? 'became' : 'lost');
    if (!now) request?.abort();
  };

  const election: Loop = startLoop({
    name: 'poller-lease',
    beat: options.beat,
    onError: (error) => {
      options.onError(error);
      setActive(false);
    },
    async turn() {
      if (!active) await endLeasesOfTheDead(db);
      setActive(await takeLease(db, lease, owner, LEASE_MS));
      if (active) polling.wake();
      return active ? RENEW_MS : STANDBY_MS;
    },
  });

  /** 1 s, 2 s, … up to half a minute: what was wrong for a moment costs a moment. */
  function patience(): number {
    refusals = Math.min(refusals + 1, 10);
    return Math.min(30_000, 500 * 2 ** refusals);
  }

  async function onFailure(error: TelegramFailure): Promise<number> {
    const { outcome } = error;
    if (outcome.kind === 'refused' && outcome.code === 409) {
      if (/webhook/i.test(outcome.reason)) {
        await api.ask('deleteWebhook', { drop_pending_updates: false });
        options.tell('webhook-removed');
        return 0;
      }
      problem = 'conflict';
      options.tell('conflict');
      return patience();
    }
    if (outcome.kind === 'unauthorized') {
      problem = 'unauthorized';
      options.tell('unauthorized');
      return patience();
    }
    if (outcome.kind === 'limited') return outcome.retryAfterMs;
    problem = 'unreachable';
    return 1_000;
  }

  const polling: Loop = startLoop({
    name: 'poller',
    beat: options.beat,
    onError: options.onError,
    async turn() {
      if (!active) return STANDBY_MS;
      request = new AbortController();
      let updates: unknown;
      try {
        updates = await api.ask(
          'getUpdates',
          {
            timeout: POLL_SECONDS,
            limit: 100,
            allowed_updates: ALLOWED_UPDATES,
            ...(offset === undefined ? {} : { offset }),
          },
          (POLL_SECONDS + 10) * 1000,
          request.signal,
        );
      } catch (error) {
        if (!active || request.signal.aborted) return 0;
        if (error instanceof TelegramFailure) return onFailure(error);
        throw error;
      }
      if (!Array.isArray(updates)) throw new Error('getUpdates was answered by something else than updates');
      problem = null;
      refusals = 0;
      // What was passed is confirmed by this answer. From here Telegram's own memory counts: after a quiet week its ids may begin lower.
      if (updates.length === 0) offset = undefined;
      // Rejects while the database is away: the same updates are asked for again, as their offset was not passed.
      await intake.accept(updates);
      const ids = updates.filter(isUpdate).map((update) => update.update_id);
      if (ids.length > 0) offset = Math.max(...ids) + 1;
      return ids.length === updates.length ? 0 : MALFORMED_MS;
    },
  });

  return {
    state: () => ({ active, problem }),
    async stop() {
      const stopped = Promise.all([election.stop(), polling.stop()]);
      request?.abort();
      await stopped;
      setActive(false);
      await releaseLease(db, lease, owner).catch(options.onError);
    },
  };
}
