/** The statements of groups. */
import { loadSql } from '../../storage/sql.ts';

export const statements = loadSql(new URL('./groups.sql', import.meta.url), [
  'openTasks',
  'takeUntold',
  'concerned',
  'toldAgain',
]);
