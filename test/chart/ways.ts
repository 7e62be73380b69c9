/** The supported ways to install, one file of `ci` each, and what is expected to be there beside the chart. */
import { globSync } from 'node:fs';
import path from 'node:path';
import { chart } from './helm.ts';

/** Names of the files in `ci`, without "-values.yaml". */
export const ways: readonly string[] = globSync('*-values.yaml', { cwd: path.join(chart, 'ci') })
  .map((name) => name.replace('-values.yaml', ''))
  .sort();

/** Secrets and the like that the operator makes. */
export const beside = { secrets: ['steward'] };
