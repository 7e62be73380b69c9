/** Writes a dotenv file that only its owner can read, whole or not at all. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { Bug } from '../../core/errors.ts';

/** `value` quoted so that the dotenv reader gives it back unchanged. */
function quoted(name: string, value: string): string {
  const forms = /^[\w:/.@%?&=+,-]*$/.test(value) ? [value] : [`'${value}'`, `"${value}"`, `\`${value}\``];
  const fitting = forms.find((form) => parseEnv(`${name}=${form}\n`)[name] === value);
  if (fitting === undefined) throw new Bug(`${name} has a value no quotes can hold; give it as ${name}_FILE`);
  return fitting;
}

/** The content of a dotenv file: a comment, then a line for each value. */
export function dotenvContent(values: Readonly<Record<string, string>>): string {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${quoted(name, value)}`);
  return `# Written by \`steward init\`. Everything that can be set: .env.example\n${lines.join('\n')}\n`;
}

/** Replaces `file` atomically; mode 0600 from the first byte on. */
export function writeProtected(file: string, content: string): void {
  const draft = `${file}.${process.pid}`;
  try {
    const descriptor = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
