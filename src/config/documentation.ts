/** What people read about the variables, made of their declarations: `.env.example` and the reference table. */
import { configurationSpec } from './variables.ts';

function sections(): Map<string, Array<(typeof configurationSpec)[number]>> {
  return Map.groupBy(configurationSpec, (variable) => variable.section);
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The content of `.env.example`: everything commented out, so that a copy of it is a valid configuration. */
export function environmentExample(): string {
  const lines = [
    '# Every setting of Steward. All are optional: without any, `npm start` opens a chat in the terminal.',
    '# Copy what you need to .env and protect it (chmod 600 .env); `steward init` does both.',
    '# Precedence: process environment, .env.production (with NODE_ENV=production), .env.',
    '# A secret may be given as NAME_FILE, the path of a file that holds it. This file is generated: node scripts/configuration-docs.ts',
  ];
  for (const [section, variables] of sections()) {
    lines.push('', `# --- ${section} ${'-'.repeat(Math.max(3, 90 - section.length))}`);
    for (const variable of variables) {
      const given = variable.defaultText ? ` Default: ${variable.defaultText}.` : '';
      const secret = variable.secret ? ` Secret: ${variable.name}_FILE works too.` : '';
      lines.push('', ...wrapped(`${variable.help}${given}${secret}`, 110).map((line) => `# ${line}`));
      lines.push(`#${variable.name}=${/[\s#"]/.test(variable.example) ? `"${variable.example}"` : variable.example}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The content of `docs/configuration.md`: a table for each section. */
export function configurationPage(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
  const tables = [...sections()].map(([section, variables]) => {
    const rows = variables.map(
      (variable) =>
        `| \`${variable.name}\`${variable.secret ? ' (secret)' : ''} | ${cell(variable.defaultText)} | ${cell(variable.help)} |`,
    );
    return [`## ${section}`, '', '| name | default | meaning |', '|---|---|---|', ...rows].join('\n');
  });
  return [
    '# Configuration',
    '',
    'Every setting is an environment variable, and all are optional: without any, Steward talks in the terminal on a database of its own.',
    'Precedence: the process environment, then `.env.production` (with `NODE_ENV=production`), then `.env`. A secret may be given as `NAME_FILE`,',
    'the path of a file that holds it. What is wrong is told all at once at the start, each fault with its mend; `steward doctor` looks closer.',
    '',
    'This page is generated: `node scripts/configuration-docs.ts`.',
    '',
    `${tables.join('\n\n')}\n`,
  ].join('\n');
}
