/** The statements of this room, checked at start to be all there. */
import { loadSql } from '../../storage/sql.ts';

export const statements = loadSql(new URL('./tasks.sql', import.meta.url), [
  'lock',
  'details',
  'byNumbers',
  'projectByName',
  'clientByName',
  'projects',
  'clients',
  'tags',
  'notesOf',
  'noteIds',
  'wordSources',
  'setWords',
  'dropWords',
  'unindexed',
  'search',
  'filter',
  'byTitle',
  'newestTitles',
  'byIds',
  'tasksOfNotes',
  'projectById',
  'clientById',
]);
