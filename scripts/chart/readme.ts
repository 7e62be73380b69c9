/** The table of values in the chart's README, made of values.yaml. */
import { type Json, leaves, type Value } from './values.ts';

const BEGIN = '<!-- values: made of values.yaml by scripts/configuration-docs.ts -->';
const END = '<!-- /values -->';

function cell(words: string): string {
  return words.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

function shown(fallback: Json | undefined): string {
  const written = JSON.stringify(fallback ?? null);
  return written === '""' ? '' : `\`${written.replaceAll('|', '\\|')}\``;
}

/** `readme` with its table of values anew. Throws when the marks are missing. */
export function withValues(readme: string, values: readonly Value[]): string {
  const [before, rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`the chart's README lacks ${BEGIN} … ${END}`);
  const rows = leaves(values).map((value) => `| \`${value.path}\` | ${shown(value.fallback)} | ${cell(value.help)} |`);
  return `${before}${BEGIN}\n| key | default | meaning |\n|---|---|---|\n${rows.join('\n')}\n${END}${after}`;
}
