/** How a log line looks: JSON for machines, quiet columns for a terminal. */
import { iso } from '../core/clock.ts';
import type { LogLevel } from './logger.ts';

/** A line already redacted. */
export interface LogLine {
  /** Epoch milliseconds. */
  time: number;
  level: LogLevel;
  component: string;
  message: string;
  fields: Record<string, string | number | boolean | null>;
  error?: { name: string; code?: string; message: string; at?: string; cause?: string; stack?: string };
}

/** Names of the line's own, which a field must not replace. */
const reserved = new Set(['time', 'level', 'component', 'message', 'error']);

/** One JSON object without line breaks: time (UTC), level, component, message, ids and fields, error. */
export function jsonLine({ time, level, component, message, fields, error }: LogLine): string {
  const out: Record<string, unknown> = { time: iso(time), level, component, message };
  for (const [name, value] of Object.entries(fields)) out[reserved.has(name) ? `${name}_` : name] = value;
  if (error) out['error'] = error;
  return JSON.stringify(out);
}

const clockFace = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

const paints = { dim: 2, bold: 1, red: 31, yellow: 33, cyan: 36 } as const;

/** Control characters shown, not obeyed: a name from outside must not move the cursor or forge a line. */
function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  });
}

/** `12:03:04  component  message  name=value`, in the machine's zone; the level is said only when it matters. */
export function prettyLine(line: LogLine, colours: boolean): string {
  const paint = (colour: keyof typeof paints, text: string) =>
    colours && text ? `\u001b[${paints[colour]}m${text}\u001b[0m` : text;
  const fields = Object.entries(line.fields).map(([name, value]) => `${visible(name)}=${visible(String(value))}`);
  const { error } = line;
  if (error) fields.push(visible([error.name, error.code, error.message].filter(Boolean).join(' ')));
  if (error?.cause) fields.push(visible(`(${error.cause})`));
  if (error?.at) fields.push(error.at);
  const level = {
    error: paint('red', 'error '),
    warn: paint('yellow', 'warn  '),
    info: '',
    debug: paint('dim', 'debug '),
  };
  const head = `${paint('dim', clockFace.format(line.time))}  ${paint('cyan', visible(line.component).padEnd(10))} `;
  const body = `${level[line.level]}${visible(line.message)}`;
  const tail = fields.length > 0 ? `  ${paint('dim', fields.join(' '))}` : '';
  const stack = error?.stack
    ? `\n${paint(
        'dim',
        error.stack
          .split('\n')
          .map((row) => `    ${visible(row)}`)
          .join('\n'),
      )}`
    : '';
  return `${head}${body}${tail}${stack}`;
}
