/** What the commands about archives share: the database as it is, whatever its schema; which archive is meant; figures for people. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { InvalidArgumentError } from 'commander';
import type pg from 'pg';
import { ArchiveFault } from '../../backup/faults.ts';
import { fileArchive } from '../../backup/targets/folder.ts';
import { openTarget } from '../../backup/targets/open.ts';
import type { Stored, Target } from '../../backup/targets/target.ts';
import type { Config } from '../../config/config.ts';
import { Refused } from '../../config/placeholders.ts';
import { place } from '../../config/values.ts';
import { systemClock } from '../../core/clock.ts';
import type { Database } from '../../storage/database.ts';
import { reached } from '../arguments/database-wait.ts';
import { withPool, withServer } from '../open-database.ts';

/** Told apart from a Steward at work, which a restore refuses to disturb. */
const APPLICATION = 'steward-backup';

export interface Opened {
  readonly connection: pg.ClientConfig;
  readonly db: Database;
}

/**
 * Runs `work` on the configured database, or on the embedded one, which a running Steward shares. Makes no schema and asks for none.
 * A database that is away is waited for, `waitMs` at most.
 */
export function withStorage<T>(config: Config, waitMs: number, work: (opened: Opened) => Promise<T>): Promise<T> {
  return withServer(config, async (server) => {
    const connection = { ...server, application_name: APPLICATION };
    await reached(connection, waitMs);
    return withPool(connection, (db) => work({ connection, db }));
  });
}

/** An archive that was asked for. */
export interface Chosen {
  readonly name: string;
  /** for people and rows */
  readonly target: string;
  readonly read: () => AsyncIterable<Buffer>;
}

const inTarget = (target: Target, { name }: Pick<Stored, 'name'>): Chosen => ({
  name,
  target: target.place,
  read: () => target.read(name),
});

/** Every archive of the target, the newest first. */
export async function allArchives(target: Target): Promise<Chosen[]> {
  return (await target.list()).map((one) => inTarget(target, one));
}

/** What 'latest' may mean, the newest first. What a restore replaced is chosen by its name only: a second try would else undo the first. */
export async function latestArchives(target: Target): Promise<Chosen[]> {
  return (await target.list()).filter((one) => !one.beforeRestore).map((one) => inTarget(target, one));
}

/** 'latest', a name in the target, a path, or s3://bucket/prefix/name. @throws ArchiveFault when there is no such archive. */
export async function chooseArchive(config: Config, target: Target, asked: string): Promise<Chosen> {
  if (asked === 'latest') {
    const [newest] = await latestArchives(target);
    if (!newest) throw new ArchiveFault('absent', `cannot be chosen: there is none in ${target.place}`);
    return newest;
  }
  if (asked.startsWith('s3://')) {
    const cut = asked.lastIndexOf('/');
    return inTarget(await openTarget(config, systemClock, asked.slice(0, cut)), { name: asked.slice(cut + 1) });
  }
  const known = (await target.list()).find((one) => one.name === asked);
  if (known) return inTarget(target, known);
  const file = path.resolve(asked);
  if (!existsSync(file)) throw new ArchiveFault('absent', `${asked} is neither in ${target.place} nor a file`);
  return { name: path.basename(file), target: path.dirname(file), read: () => fileArchive(file) };
}

/** For --target: a folder, or s3://bucket/prefix. */
export function targetPlace(typed: string): string {
  try {
    const read = place(typed);
    return read.startsWith('s3:') ? read : path.resolve(read);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Refused ? `it ${error.message}` : 'it cannot be read.');
  }
}

/** 1234567 to '1,234,567'. */
export const figure = (value: number): string => value.toLocaleString('en');

/** Bytes for people: '812 B', '4.2 kB', '13.0 MB'. */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** Ends with the first of the signals that end a command. */
export function untilTold(): AbortSignal {
  const told = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => told.abort());
  return told.signal;
}

/** What the command is asked for: a line on standard output, for scripts. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** What a person may want to know beside it: a line on standard error. */
export const tell = (line: string): void => void process.stderr.write(`${line}\n`);
