/** The statements of how tasks hang together, checked at start to be all there. */
import { loadSql } from '../../../storage/sql.ts';

export const links = loadSql(new URL('./links.sql', import.meta.url), [
  'lockSpace',
  'children',
  'childCount',
  'below',
  'above',
  'marks',
  'leftOpen',
  'readyWholes',
  'circlesOf',
  'blockers',
  'waiting',
  'freed',
  'reaches',
  'selfWaiting',
  'dependency',
  'dependenciesOf',
]);
