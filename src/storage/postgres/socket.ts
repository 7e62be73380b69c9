/** The folder of the server's Unix socket: 0700, owned by the server's user, its path short enough for the system. */
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Account } from './account.ts';
import { misplaced } from './failure.ts';

/** Bytes of a socket's path the systems allow, its closing zero not counted. */
const LONGEST = process.platform === 'darwin' ? 103 : 107;
const SOCKET_NAME = '.s.PGSQL.5432';

function fits(folder: string): boolean {
  return Buffer.byteLength(path.join(folder, SOCKET_NAME)) <= LONGEST;
}

function isPrivate(folder: string, account: Account): boolean {
  const there = lstatSync(folder, { throwIfNoEntry: false });
  return there?.isDirectory() === true && there.uid === account.uid && (there.mode & 0o777) === 0o700;
}

/**
 * The folder for the socket. Inside `runFolder` where its path is short enough and the server's user may walk there; else a folder
 * with a random name under the system's place for such things, remembered in `runFolder` so that every start finds it again.
 */
export function socketFolder(runFolder: string, account: Account): string {
  const near = path.join(runFolder, 'socket');
  if (!account.foreign && fits(near)) {
    if (!existsSync(near)) mkdirSync(near, { mode: 0o700 });
    chmodSync(near, 0o700);
    return near;
  }
  const note = path.join(runFolder, 'socket-folder');
  try {
    const known = readFileSync(note, 'utf8').trim();
    if (isPrivate(known, account) && fits(known)) return known;
  } catch {
    // The first start, or the note is gone.
  }
  const places = [account.foreign ? '/run' : process.env['XDG_RUNTIME_DIR'], tmpdir(), '/tmp'];
  for (const place of places) {
    if (!place || !fits(path.join(place, 'steward-XXXXXX'))) continue;
    try {
      const folder = mkdtempSync(path.join(place, 'steward-'));
      if (account.foreign) chownSync(folder, account.uid, account.gid);
      writeFileSync(note, `${folder}\n`, { mode: 0o600 });
      return folder;
    } catch {
      // Not writable: the next place.
    }
  }
  throw misplaced('There is no place for the database socket', 'set TMPDIR to a writable folder with a short path');
}

/** Removes a socket folder that lies outside the data folder, after the server stopped. */
export function removeSocketFolder(runFolder: string, folder: string): void {
  if (folder.startsWith(`${runFolder}${path.sep}`)) return;
  rmSync(folder, { recursive: true, force: true });
  rmSync(path.join(runFolder, 'socket-folder'), { force: true });
}
