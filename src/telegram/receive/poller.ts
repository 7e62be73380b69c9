/** Long polling by one replica at a time: the one that holds the lease. */
import type { BotId } from '../../core/ids.ts';
import { type Loop, startLoop } from '../../core/loop.ts';
import type { Database } from '../../storage/database.ts';
import { endLeasesOfTheDead, releaseLease, takeLease } from '../../storage/lease.ts';
import type { TelegramApi } from '../send/api.ts';
import { TelegramFailure } from '../send/api.ts';
import { ALLOWED_UPDATES } from './gate.ts';
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

/** Starts standing for election and, once elected, polling. */
export function startPoller(options: PollerOptions): Poller {
  const { db, api, botId, owner, intake } = options;
  const lease = `poller:${botId}`;
  let active = false;
  let problem: PollerState['problem'] = null;
  let offset: number | undefined;
  let conflicts = 0;
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

  async function onFailure(error: TelegramFailure): Promise<number> {
    const { outcome } = error;
    if (outcome.kind === 'refused' && outcome.code === 409) {
      if (/webhook/i.test(outcome.reason)) {
        await api.ask('deleteWebhook', { drop_pending_updates: false });
        options.tell('webhook-removed');
        return 0;
      }
      problem = 'conflict';
      conflicts += 1;
      options.tell('conflict');
      return Math.min(30_000, 500 * 2 ** conflicts);
    }
    if (outcome.kind === 'unauthorized') {
      problem = 'unauthorized';
      options.tell('unauthorized');
      return 30_000;
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
      let updates: Array<{ update_id: number }>;
      try {
        updates = await api.ask<Array<{ update_id: number }>>(
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
      problem = null;
      conflicts = 0;
      if (updates.length === 0) return 0;
      // Rejects while the database is away: the same updates are asked for again, as their offset was not passed.
      await intake.accept(updates);
      offset = Math.max(...updates.map((update) => update.update_id)) + 1;
      return 0;
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
