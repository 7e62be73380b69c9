/** What goes wrong with the embedded server, in words that say how to mend it. */
import { ConfigurationError, errorCode, Upstream } from '../../core/errors.ts';

/** Every mend can end here: a PostgreSQL of one's own. */
const OWN_SERVER = 'or set DATABASE_URL to a PostgreSQL (14 to 18) of your own';

/** The place or the machine does not fit: mended by configuration. */
export function misplaced(what: string, mend: string): ConfigurationError {
  return new ConfigurationError([`${what}. Mend: ${mend}, ${OWN_SERVER}.`]);
}

/** Something still holds the data: another server, or for some seconds what is left of one that was killed. */
export class StillHeld extends Upstream {}

const HELD = /shared memory.*in use|lock file .* already exists/i;

/** The reason hidden in what the server wrote, or undefined when it is none we know. */
function knownReason(output: string): string | undefined {
  if (/No space left on device|Check free disk space|could not extend file/i.test(output))
    return 'the disk is full. Mend: free some space and start again';
  if (HELD.test(output)) return 'another PostgreSQL still holds this data. Mend: stop it and start again';
  if (/Permission denied|Operation not permitted/i.test(output))
    return `it may not use its folder. Mend: give the folder to the user that runs Steward, ${OWN_SERVER}`;
  if (/GLIBC|error while loading shared libraries|ld-linux|ld-musl/i.test(output))
    return `its binaries do not run on this machine. Mend: use a distribution with glibc 2.27 or newer, ${OWN_SERVER}`;
  return undefined;
}

/** The server failed at `doing`; `output` is what it wrote. */
export function serverFailure(doing: string, output: string, cause?: unknown): Upstream {
  const lines = output.trim().split('\n').slice(-6).join('\n');
  const reason = knownReason(output) ?? `it said:\n${lines || '(nothing)'}`;
  const Failure = HELD.test(output) ? StillHeld : Upstream;
  return new Failure('postgresql', `The embedded PostgreSQL could not ${doing}: ${reason}`, { cause });
}

/** A fault of the file system while using `folder`, as an error that says how to mend it. */
export function folderFailure(folder: string, error: unknown): Error {
  const code = errorCode(error);
  if (
    code === 'EACCES' ||
    code === 'EPERM' ||
    code === 'EROFS' ||
    code === 'ENOTDIR' ||
    code === 'ENOENT' ||
    code === 'ELOOP' ||
    code === 'EEXIST'
  )
    return misplaced(
      `The data folder ${folder} cannot be written (${code})`,
      'give it to the user that runs Steward or choose another in STEWARD_DATA_DIR',
    );
  if (code === 'ENOSPC' || code === 'EDQUOT') return serverFailure('use its folder', 'No space left on device', error);
  return error instanceof Error ? error : new Error(String(error));
}
