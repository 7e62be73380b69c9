/** The statements of handling an update, beside those of the inbox. */
import { loadSql } from '../../storage/sql.ts';

export const statements = loadSql(new URL('./dispatch.sql', import.meta.url), [
  'reachable',
  'startFlow',
  'endFlow',
  'answersTo',
  'dropAnswers',
  'firstAction',
  'piecesOf',
]);
