/** `steward parse`: makes the grammar visible. One message a line on standard input, one JSON object a line on standard output. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Capture, type CaptureContext, parse, parseAsTask, type Reading, verbatim } from '../capture/index.ts';
import type { EpochMs } from '../core/clock.ts';
import { systemClock } from '../core/clock.ts';
import { canonicalZone, instantOf } from '../core/zones.ts';

interface Options {
  now?: string;
  zone: string;
  locale: string;
  clock: '12' | '24';
  weekStart: 'monday' | 'sunday' | 'saturday';
  dateOrder?: 'dmy' | 'mdy';
}

/** The command, to be added to the program. Ends with exit code 2 on options it cannot use. */
export function parseCommand(): Command {
  return new Command('parse')
    .description(
      'show what the grammar makes of messages: one a line on standard input, one JSON object a line on standard output',
    )
    .argument('[words...]', 'one message; without it messages are read from standard input')
    .option(
      '--now <time>',
      'the present, on the wall clock of --zone (2026-11-23T10:00:00) or with an offset; default: now',
      localTime,
    )
    .option('--zone <name>', 'IANA time zone of the owner', zoneName, 'UTC')
    .option(
      '--locale <tag>',
      'language and region of the owner; the region decides the order of 5/6',
      localeTag,
      'en-GB',
    )
    .addOption(new Option('--clock <hours>', 'clock the owner chose in settings').choices(['12', '24']).default('12'))
    .addOption(
      new Option('--week-start <day>', 'first day of the week')
        .choices(['monday', 'sunday', 'saturday'])
        .default('monday'),
    )
    .addOption(
      new Option('--date-order <order>', 'order of 5/6 the owner chose; default: by locale').choices(['dmy', 'mdy']),
    )
    .exitOverride((error) => {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      process.exit();
    })
    .action(async (words: string[], options: Options) => {
      const context: CaptureContext = {
        now: options.now === undefined ? systemClock.now() : instant(options.now, options.zone),
        zone: options.zone,
        locale: options.locale,
        clock: options.clock,
        weekStart: options.weekStart,
        ...(options.dateOrder === undefined ? {} : { dateOrder: options.dateOrder }),
      };
      await run(words.length === 0 ? process.stdin : Readable.from(`${words.join(' ')}\n`), process.stdout, context);
    });
}

const LOCAL = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?$/;

function localTime(typed: string): string {
  const match = LOCAL.exec(typed);
  if (match === null) throw new InvalidArgumentError('give a date and time such as 2026-11-23T10:00:00.');
  try {
    instant(typed, 'UTC');
  } catch {
    throw new InvalidArgumentError('there is no such date and time.');
  }
  return typed;
}

/** A wall-clock time in the zone, or an instant when it carries an offset. */
function instant(typed: string, zone: string): EpochMs {
  const match = LOCAL.exec(typed);
  const [, day = '', time = '00:00', seconds = ':00', offset] = match ?? [];
  const wall = instantOf(day, `${time}${seconds}`, offset === undefined ? zone : 'UTC');
  if (offset === undefined || offset === 'Z') return wall;
  const digits = offset.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return wall - (digits.startsWith('-') ? -minutes : minutes) * 60_000;
}

function zoneName(typed: string): string {
  const zone = canonicalZone(typed);
  if (zone === null) throw new InvalidArgumentError('give an IANA zone such as Europe/Berlin.');
  return zone;
}

function localeTag(typed: string): string {
  try {
    return Intl.getCanonicalLocales(typed.replaceAll('_', '-'))[0] ?? typed;
  } catch {
    throw new InvalidArgumentError('give a language tag such as en-GB or ru.');
  }
}

/** Answers every line; waits when the reader of the output is slower than we are. */
async function run(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  context: CaptureContext,
): Promise<void> {
  let batch = '';
  for await (const line of linesOf(input)) {
    batch += `${JSON.stringify(shown(understood(line, context))).replaceAll(ODD_BREAKS, escaped)}\n`;
    if (batch.length < 65_536) continue;
    if (!output.write(batch)) await once(output, 'drain');
    batch = '';
  }
  output.write(batch);
}

/** `/add` is the one command whose words the grammar reads, and behind `--` keeps as they are typed. */
function understood(line: string, context: CaptureContext): Capture {
  const [, kept, words] = /^\s*\/add(?:\s+(--))?(?:\s+(.*))?$/is.exec(line) ?? [];
  if (words === undefined) return parse(line, context);
  return kept === undefined ? parseAsTask(words, context) : verbatim(words);
}

/** Lines end with a line feed (a carriage return before it aside) and with nothing else: a message may hold any other character. */
async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<string> {
  input.setEncoding('utf8');
  let rest = '';
  for await (const chunk of input) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  if (rest !== '') yield rest;
}

/** Characters some readers take for the end of a line; JSON.stringify leaves them as they are. */
const ODD_BREAKS = /[\u0085\u2028\u2029]/g;
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The documented fields in the documented order. */
export function shown(capture: Capture): Record<string, unknown> {
  const { title, when, recurrence, priority, tags, project, client, estimateMinutes, intent, readings, refused } =
    capture;
  return {
    title,
    when,
    recurrence,
    priority,
    tags,
    project,
    client,
    estimateMinutes,
    intent,
    readings: readings.map(shownReading),
    refused,
  };
}

function shownReading({ when, recurrence }: Reading): Record<string, unknown> {
  return recurrence === null ? { ...when } : { ...when, recurrence };
}
