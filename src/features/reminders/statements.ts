/** The statements of this room, checked at start to be all there. */
import { loadSql } from '../../storage/sql.ts';

export const statements = loadSql(new URL('./reminders.sql', import.meta.url), [
  'list',
  'one',
  'byWords',
  'overByWords',
  'taskByNumber',
  'ofTask',
  'nextNumber',
  'onWallClock',
  'openDelivery',
  'together',
  'unansweredOf',
  'snoozedAs',
  'allLive',
  'statistics',
  'snoozes',
]);
