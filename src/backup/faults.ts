/** What can be wrong with an archive, each with its mend: told by the command line, kept in the run's row. */
import { Upstream } from '../core/errors.ts';

/**
 * empty, truncated, damaged: its bytes; foreign: no archive of ours; hostile: made by hand to do harm; locked: encrypted and no key,
 * or another's; newer: of a later Steward; absent: not there.
 */
export type ArchiveFaultKind =
  | 'empty'
  | 'truncated'
  | 'damaged'
  | 'foreign'
  | 'hostile'
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
