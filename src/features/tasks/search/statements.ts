/** The statements by which tasks are found, checked at start to be all there. */
import { loadSql } from '../../../storage/sql.ts';

export const statements = loadSql(new URL('./search.sql', import.meta.url), [
  'search',
  'filter',
  'completed',
  'byTitle',
  'titles',
  'newestTitles',
]);
