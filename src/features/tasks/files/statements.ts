/** The statements of attachments, checked at start to be all there. */
import { loadSql } from '../../../storage/sql.ts';

export const statements = loadSql(new URL('./files.sql', import.meta.url), [
  'addFile',
  'ofMessage',
  'wasBrought',
  'countOf',
  'spaceUse',
  'byKind',
  'filesOf',
  'newestFiles',
  'fileById',
  'idsOf',
  'tasksOfFiles',
  'takeWaiting',
  'stillTaken',
  'retryLater',
  'kept',
  'failed',
  'lockBatch',
  'untold',
]);
