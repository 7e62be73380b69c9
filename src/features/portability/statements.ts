/** The statements of taking a person's data in and out. */
import { loadSql } from '../../storage/sql.ts';

export const statements = loadSql(new URL('./portability.sql', import.meta.url), [
  'installation',
  'origins',
  'pageOfHistory',
  'pageOfDeliveries',
  'addOrigins',
  'lockNumbers',
  'setNumbers',
  'overdue',
  'settled',
  'addFile',
  'groupsAlone',
  'hasten',
  'addImport',
  'takeImport',
  'offerImport',
  'endImport',
  'offeredImport',
  'trimImports',
  'retryImport',
]);
