/** Rate limits counted in PostgreSQL, so that all replicas count together; in memory while the database is away. */
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { type ClientRateLimitInfo, ipKeyGenerator, MemoryStore, rateLimit, type Store } from 'express-rate-limit';
import { type Clock, iso } from '../core/clock.ts';
import { within } from '../core/loop.ts';
import type { Database, Queryable } from '../storage/database.ts';
import { problem } from './problem.ts';

const hit = {
  name: 'limits:hit',
  text: `INSERT INTO rate_limits (key, "window", hits) VALUES ($1, $2, 1)
         ON CONFLICT (key, "window") DO UPDATE SET hits = rate_limits.hits + 1 RETURNING hits`,
};
const unhit = {
  name: 'limits:unhit',
  text: `UPDATE rate_limits SET hits = greatest(0, hits - 1) WHERE key = $1 AND "window" = $2`,
};
const reset = { name: 'limits:reset', text: 'DELETE FROM rate_limits WHERE key = $1' };
const trim = { name: 'limits:trim', text: `DELETE FROM rate_limits WHERE "window" < $1` };

/** A request does not wait longer than this for its count. */
const BOUND_MS = 500;
/** After a failure the database is left alone for so long: a flood must not queue up before one that hangs. */
const AWAY_MS = 5_000;

/** Fixed windows: one row a client and window. */
class DatabaseStore implements Store {
  readonly #db: () => Database | undefined;
  readonly #clock: Clock;
  readonly #name: string;
  readonly #memory = new MemoryStore();
  #windowMs = 60_000;
  /** monotonic */
  #awayUntil = 0;

  constructor(name: string, db: () => Database | undefined, clock: Clock) {
    this.#name = name;
    this.#db = db;
    this.#clock = clock;
  }

  init(options: Parameters<MemoryStore['init']>[0]): void {
    this.#windowMs = options.windowMs;
    this.#memory.init(options);
  }

  #window(): number {
    return Math.floor(this.#clock.now() / this.#windowMs) * this.#windowMs;
  }

  /** The count over all replicas; undefined while it cannot be had. */
  async #shared(key: string, start: number): Promise<number | undefined> {
    const db = this.#db();
    if (!db || performance.now() < this.#awayUntil) return undefined;
    const counted = db.query<{ hits: number }>(hit, [`${this.#name}:${key}`, iso(start)]).catch(() => undefined);
    const rows = await within(counted, BOUND_MS, undefined);
    if (!rows) this.#awayUntil = performance.now() + AWAY_MS;
    return rows?.[0]?.hits;
  }

  async increment(key: string): Promise<ClientRateLimitInfo> {
    const start = this.#window();
    // Counted here as well, so that the limit goes on from where it was when the database goes.
    const own = await this.#memory.increment(key);
    const hits = await this.#shared(key, start);
    return hits === undefined ? own : { totalHits: hits, resetTime: new Date(start + this.#windowMs) };
  }

  async decrement(key: string): Promise<void> {
    await this.#memory.decrement(key);
    await this.#db()?.query(unhit, [`${this.#name}:${key}`, iso(this.#window())]);
  }

  async resetKey(key: string): Promise<void> {
    await this.#memory.resetKey(key);
    await this.#db()?.query(reset, [`${this.#name}:${key}`]);
  }

  /** Ends the timer of the counts in memory. */
  shutdown(): void {
    this.#memory.shutdown();
  }
}

export interface LimitOptions {
  /** names the counters: 'api', 'probe' */
  readonly name: string;
  readonly perMinute: number;
  /** absent while the database is not open yet, or where nothing shall be counted in it */
  readonly db: () => Database | undefined;
  readonly clock: Clock;
}

/** Refuses a client's requests beyond `perMinute` with 429, `RateLimit-*` and `Retry-After`. Clients are told apart by address (IPv6 by /56). */
export function limit(options: LimitOptions): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: options.perMinute,
    standardHeaders: 'draft-6',
    legacyHeaders: false,
    store: new DatabaseStore(options.name, options.db, options.clock),
    // Its checks of our set-up print to the console what a caller's headers provoke.
    validate: false,
    keyGenerator: (request: Request) => ipKeyGenerator(request.ip ?? '', 56),
    handler: (_request: Request, response: Response, _next: NextFunction) =>
      problem(response, 429, 'Too many requests; see Retry-After.'),
  });
}

/** Forgets windows older than an hour. */
export async function trimLimits(db: Queryable, clock: Clock): Promise<void> {
  await db.query(trim, [iso(clock.now() - 3_600_000)]);
}
