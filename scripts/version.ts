/** `npm version NEW` runs this: the image's and the chart's version follow package.json's, in the same commit. */
import { readFileSync, writeFileSync } from 'node:fs';
import { version } from '../src/core/version.ts';

const places: ReadonlyArray<readonly [file: string, line: RegExp]> = [
  ['../Dockerfile', /^(ARG VERSION=).*$/gm],
  ['../charts/steward/Chart.yaml', /^((?:app)?[vV]ersion: ).*$/gm],
];
for (const [file, line] of places) {
  const url = new URL(file, import.meta.url);
  writeFileSync(url, readFileSync(url, 'utf8').replace(line, `$1${version}`));
}
