/** Rate limits counted in PostgreSQL, so that all replicas count together; in memory while the database is away. */
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { type ClientRateLimitInfo, ipKeyGenerator, MemoryStore, rateLimit, type Store } from 'express-rate-limit';
import { type Clock, iso } from '../core/clock.ts';
import type { Database } from '../storage/database.ts';
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

/** Fixed windows: one row a client and window. */
class DatabaseStore implements Store {
  readonly #db: () => Database | undefined;
  readonly #clock: Clock;
  readonly #name: string;
  readonly #memory = new MemoryStore();
  #windowMs = 60_000;

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

  async increment(key: string): Promise<ClientRateLimitInfo> {
    const start = this.#window();
    try {
      const [row] = (await this.#db()?.query<{ hits: number }>(hit, [`${this.#name}:${key}`, iso(start)])) ?? [];
      if (row) return { totalHits: row.hits, resetTime: new Date(start + this.#windowMs) };
    } catch {
      // The database is away: counting in this process alone is better than not counting.
    }
    return this.#memory.increment(key);
  }

  async decrement(key: string): Promise<void> {
    await this.#db()?.query(unhit, [`${this.#name}:${key}`, iso(this.#window())]);
  }

  async resetKey(key: string): Promise<void> {
    await this.#db()?.query(reset, [`${this.#name}:${key}`]);
  }
}

export interface LimitOptions {
  /** names the counters: 'api', 'signin', 'probe' */
  readonly name: string;
  readonly perMinute: number;
  /** absent while the database is not open yet */
  readonly db: () => Database | undefined;
  readonly clock: Clock;
}

/** Refuses a client's requests beyond `perMinute` with 429, `RateLimit-*` and `Retry-After`. Clients are told apart by address (IPv6 by /56). */
export function limit(options: LimitOptions): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: options.perMinute,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    store: new DatabaseStore(options.name, options.db, options.clock),
    keyGenerator: (request: Request) => ipKeyGenerator(request.ip ?? '', 56),
    handler: (_request: Request, response: Response, _next: NextFunction) =>
      problem(response, 429, 'Too many requests; see Retry-After.'),
  });
}

/** Forgets windows older than an hour. */
export async function trimLimits(db: Database, clock: Clock): Promise<void> {
  await db.query(trim, [iso(clock.now() - 3_600_000)]);
}
