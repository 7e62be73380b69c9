/** The checks themselves: every line that makes pods safe, once taken away, is missed by one of them. */
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { danglingReferences } from './checks/references.ts';
import { schemaFaults } from './checks/schema.ts';
import { securityFaults } from './checks/security.ts';
import { chart, missingHelm, renderAnew } from './helm.ts';
import { beside } from './ways.ts';

const why = missingHelm();
beforeEach((context) => context.skip(why !== undefined, `no Helm: ${why}`));

const folder = mkdtempSync(path.join(tmpdir(), 'steward-mutation-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a safe pod says. */
const SAFE =
  /^\s*(?:- )?(?:runAsNonRoot|runAsUser|allowPrivilegeEscalation|readOnlyRootFilesystem|capabilities|seccompProfile|automountServiceAccountToken|enableServiceLinks)\b/;

interface Mutation {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const files = ['values.yaml', ...globSync('templates/*', { cwd: chart }).sort()];

const mutations: readonly Mutation[] = files.flatMap((file) =>
  readFileSync(path.join(chart, file), 'utf8')
    .split('\n')
    .flatMap((text, line) =>
      SAFE.test(text) && !/^kind: ServiceAccount$/m.test(readFileSync(path.join(chart, file), 'utf8'))
        ? [{ file, line, text }]
        : [],
    ),
);

/** A copy of the chart without one line. The schema is left out: it is about values, not about what comes of them. */
function without({ file, line }: Mutation): string {
  const copy = path.join(folder, `${file.replaceAll(/\W/g, '-')}-${line}`);
  cpSync(chart, copy, { recursive: true });
  const lines = readFileSync(path.join(copy, file), 'utf8').split('\n');
  lines.splice(line, 1);
  writeFileSync(path.join(copy, file), lines.join('\n'));
  rmSync(path.join(copy, 'values.schema.json'));
  return copy;
}

test('there are lines to take away', () => {
  expect(mutations.length).toBeGreaterThan(15);
});

test.each(mutations)('$file $line: $text', async (mutation) => {
  const rendered = await renderAnew({ ci: 'standalone', from: without(mutation) });
  // A line that cannot be left out at all is missed by Helm.
  if (!rendered.ok) return expect(rendered.error).toMatch(/YAML|parse|unmarshal/i);
  const faults = [
    ...securityFaults(rendered.objects),
    ...schemaFaults(rendered.objects, '1.34'),
    ...danglingReferences(rendered.objects, beside),
  ];
  expect(faults).not.toEqual([]);
});
