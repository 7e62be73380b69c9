/** Where archives lie: a folder, or a bucket. What both promise, and how archives are named. */
import { type EpochMs, iso } from '../../core/clock.ts';
import { randomCode } from '../../core/ids.ts';

/** An archive as the place lists it. */
export interface Stored {
  readonly name: string;
  readonly bytes: number;
  /** epoch ms, by Steward's clock when it was made (its name says so) */
  readonly madeAt: EpochMs;
  /** epoch ms, by the clock of the place */
  readonly storedAt: EpochMs;
  readonly encrypted: boolean;
  /** of what a restore replaced: restored only when it is named */
  readonly beforeRestore: boolean;
}

/** An archive under a temporary name: nobody takes it for one until it is kept. */
export interface Draft {
  /** Writes it to its end and has the place put it on the disk. */
  write(source: AsyncIterable<Buffer>): Promise<void>;
  /** Reads back what was written. */
  read(): AsyncIterable<Buffer>;
  /** Gives it its name. */
  keep(): Promise<void>;
  /** Removes it. Never throws. */
  discard(): Promise<void>;
}

export interface Target {
  /** For people: the folder, or s3://bucket/prefix. No credentials. */
  readonly place: string;
  /** Archives, the newest first by `newestFirst`. Others' files are not among them. */
  list(): Promise<Stored[]>;
  read(name: string): AsyncIterable<Buffer>;
  draft(name: string): Promise<Draft>;
  remove(name: string): Promise<void>;
  /** Removes drafts whose maker died; returns how many. */
  removeLeftovers(): Promise<number>;
  /** Rejects, with the mend, when archives could not be put here. Makes nothing. */
  probe(): Promise<void>;
}

const NAMED = /^steward-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-[0-9A-Z]{4}(-before-restore)?\.tar\.gz(\.age)?$/;

/** A new archive's name: when it was made, and something that makes it unique. */
export function archiveName(now: EpochMs, options: { encrypted: boolean; beforeRestore: boolean }): string {
  const stamp = `${iso(now).slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  return `steward-${stamp}-${randomCode(4)}${options.beforeRestore ? '-before-restore' : ''}.tar.gz${options.encrypted ? '.age' : ''}`;
}

/** What a name says; undefined when it is none of an archive. */
export function nameSays(name: string): Pick<Stored, 'madeAt' | 'encrypted' | 'beforeRestore'> | undefined {
  const [, year, month, day, hour, minute, second, before, age] = NAMED.exec(name) ?? [];
  const madeAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(madeAt)
    ? undefined
    : { madeAt, encrypted: age !== undefined, beforeRestore: before !== undefined };
}

/** An archive dated later than this is from a clock that ran ahead. Milliseconds. */
const AHEAD_MS = 3_600_000;

/**
 * The newest first. One dated in the future was made while a clock ran ahead: it comes after all others, or it would pass for the
 * newest, and hide every later one, until its date comes.
 */
export function newestFirst(archives: readonly Stored[], now: EpochMs): Stored[] {
  const ahead = (one: Stored) => one.madeAt > now + AHEAD_MS;
  return [...archives].sort(
    (a, b) =>
      Number(ahead(a)) - Number(ahead(b)) ||
      b.madeAt - a.madeAt ||
      b.storedAt - a.storedAt ||
      (a.name < b.name ? 1 : -1),
  );
}
