/** The server's log, bounded: it is appended to by the server itself, so it is cut in place when it grew too long. */
import { copyFileSync, statSync, truncateSync } from 'node:fs';

const LARGEST_BYTES = 5_000_000;

/** Keeps at most one older part (`.1`) beside the log. What is written between copy and cut is lost: milliseconds of a server's log. */
export function boundLog(file: string): void {
  try {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) <= LARGEST_BYTES) return;
    copyFileSync(file, `${file}.1`);
    truncateSync(file, 0);
  } catch {
    // A full disk or a folder taken away: the log is not worth a failure.
  }
}
