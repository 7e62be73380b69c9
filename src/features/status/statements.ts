/** The statements of status: figures, failures, errors kept, versions told. */
import { loadSql } from '../../storage/sql.ts';

export const statements = loadSql(new URL('./status.sql', import.meta.url), [
  'ownDeliveries',
  'lastFailure',
  'missed',
  'unreachableChats',
  'errorCounts',
  'errorPage',
  'takeUntold',
  'errorByRef',
  'markSeen',
  'toldVersion',
  'firstVersion',
  'setToldVersion',
  'markTold',
]);
