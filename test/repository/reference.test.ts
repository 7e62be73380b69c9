/** The command reference is what the registry makes of it, in both languages. */
import { expect, test } from 'vitest';
import { referenceFiles } from '../../scripts/reference/page.ts';
import { declaredCommands } from '../../scripts/reference/registry.ts';
import { readText } from './source.ts';

test.each(Object.entries(referenceFiles()))('%s is what node scripts/configuration-docs.ts makes', (file, content) => {
  expect(readText(file)).toBe(content);
});

test.each(Object.entries(referenceFiles()))('%s names every command and every older name', (_, content) => {
  const names = declaredCommands().flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  expect(names.length).toBeGreaterThan(80);
  expect(names.filter((name) => !new RegExp(`\`/${name}[ \`]`).test(content))).toEqual([]);
});
