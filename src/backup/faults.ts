/** What can be wrong with an archive, each with its mend: told by the command line, kept in the run's row. */
import { errorCode, Upstream } from '../core/errors.ts';

/**
 * empty, truncated, damaged: its bytes; foreign: no archive of ours; hostile: made by hand to do harm; unfit: what it restores to is
 * not ours; locked: encrypted and no key, or another's; newer: of a later Steward; absent: not there.
 */
export type ArchiveFaultKind =
  | 'empty'
  | 'truncated'
  | 'damaged'
  | 'foreign'
  | 'hostile'
  | 'unfit'
  | 'locked'
  | 'newer'
  | 'absent';

const ANOTHER = 'use another archive (`steward verify-backup --all` tells the good ones)';

const MENDS: Readonly<Record<ArchiveFaultKind, string>> = {
  empty: ANOTHER,
  truncated: ANOTHER,
  damaged: ANOTHER,
  foreign: 'give an archive that `steward backup` made',
  hostile: 'do not use it, and find out who made it',
  unfit: 'report this, and make another backup',
  locked: 'give the private key it was encrypted for in BACKUP_AGE_IDENTITY',
  newer: 'update Steward to the version that made it, or a newer one',
  absent: '`steward backup --list` tells what is there',
};

/** An archive that cannot be used. */
export class ArchiveFault extends Upstream {
  readonly fault: ArchiveFaultKind;

  constructor(fault: ArchiveFaultKind, message: string, cause?: unknown) {
    super('backup', `The archive ${message}. Mend: ${MENDS[fault]}.`, { cause });
    this.fault = fault;
  }
}

/** The place of archives, or a backup, cannot do its part. */
export class BackupFault extends Upstream {
  constructor(message: string, mend: string, cause?: unknown) {
    super('backup', `${message}. Mend: ${mend}.`, { cause });
  }
}

/** Those a good archive may have too: it wants a key, a newer Steward, or is elsewhere. */
const NOT_ITS_OWN: ReadonlySet<ArchiveFaultKind> = new Set(['locked', 'newer', 'absent']);

/**
 * Whether an error of a verification or a drill says that the archive cannot be relied on. Anything else (a full disk, a database that
 * is away, a missing key) says only that it could not be looked at.
 */
export function isArchiveBad(error: unknown): boolean {
  if (error instanceof ArchiveFault) return !NOT_ITS_OWN.has(error.fault);
  // The database refused its rows, or what is to be made of them: SQLSTATE classes 22, 23 and 42, but for a missing right.
  const code = errorCode(error) ?? '';
  return /^(?:22|23|42)[0-9A-Z]{3}$/.test(code) && code !== '42501';
}
