/** Guards `steward parse`: one object a line with the documented fields, in order, however many lines. */
import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';

/** Runs the command in a process of its own, as `steward parse` does. */
async function run(args: readonly string[], input: string): Promise<{ code: number | null; out: string; err: string }> {
  const script =
    "import('./src/commands/parse.ts').then(({ parseCommand }) => parseCommand().parseAsync(process.argv.slice(1), { from: 'user' }))";
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, '--', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, err };
}

const berlin = ['--now', '2026-11-23T10:00:00', '--zone', 'Europe/Berlin', '--locale', 'en-GB'];

describe('steward parse', () => {
  test('prints one object a line with exactly the documented fields in their order', async () => {
    const { code, out } = await run(
      berlin,
      'call Bob tomorrow 3pm !high #sales @acme +web ~30m\npay rent every month on the 31st at 9\n\nfriday midnight\n',
    );
    const lines = out.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(lines[0]).toBe(
      '{"title":"Call Bob","when":{"start":"2026-11-24T15:00:00+01:00","end":null,"grain":"minute","kind":"instant"},"recurrence":null,"priority":"high",' +
        '"tags":["sales"],"project":"web","client":"acme","estimateMinutes":30,"intent":"add","readings":[],"refused":null}',
    );
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({
      when: { start: '2026-11-30T09:00:00+01:00' },
      recurrence: { rrule: 'FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYHOUR=9;BYMINUTE=0;BYSETPOS=-1', basis: 'schedule' },
    });
    expect(JSON.parse(lines[2] ?? '')).toMatchObject({ title: '', intent: 'none' });
    expect(JSON.parse(lines[3] ?? '').readings).toEqual([
      { start: '2026-11-27T00:00:00+01:00', end: null, grain: 'minute', kind: 'instant' },
      { start: '2026-11-28T00:00:00+01:00', end: null, grain: 'minute', kind: 'instant' },
    ]);
  });

  test('only a line feed ends a message, and nothing else breaks a line of the output', async () => {
    const { out } = await run(berlin, 'a\u2028b\nc\rd\ne\u0085f\r\n\nlast');
    expect(out).not.toMatch(/[\u0085\u2028\u2029\r]/);
    const titles = out.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line).title]));
    expect(titles).toEqual(['a\u2028b', 'c\rd', 'e\u0085f', '', 'last']);
  });

  test('reads a message given as arguments', async () => {
    const { out } = await run([...berlin, 'call', 'Bob', 'fri 3pm'], '');
    expect(JSON.parse(out)).toMatchObject({ title: 'Call Bob', when: { start: '2026-11-27T15:00:00+01:00' } });
  });

  test('reads /add as the chat does, and keeps what stands behind -- as typed', async () => {
    const { out } = await run(berlin, '/add call Bob tomorrow\n/add -- call Bob tomorrow\n/address book tomorrow');
    const lines = out.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { title: 'Call Bob', when: { start: '2026-11-24T00:00:00+01:00' } },
      { title: 'call Bob tomorrow', when: null, intent: 'add' },
      { title: '/address book', when: { grain: 'day' } },
    ]);
  });

  test('answers every one of many lines, in order', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `task no${index} tomorrow`).join('\n');
    const { out } = await run(berlin, many);
    const titles = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).title);
    expect(titles).toEqual(Array.from({ length: 10_000 }, (_, index) => `Task no${index}`));
  });

  test("takes the owner's settings", async () => {
    const { out } = await run([...berlin, '--clock', '24', '--week-start', 'sunday'], 'call at 5\nreport next week');
    const starts = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).when.start);
    expect(starts).toEqual(['2026-11-24T05:00:00+01:00', '2026-11-29T00:00:00+01:00']);
  });

  test('the present may carry an offset', async () => {
    const { out } = await run(['--now', '2026-11-23T23:30:00-05:00', '--zone', 'Europe/Berlin'], 'call today at 6pm');
    expect(JSON.parse(out).when.start).toBe('2026-11-24T18:00:00+01:00');
  });

  test.each([
    [['--zone', 'Mars/Base'], /IANA zone/],
    [['--now', 'yesterday'], /date and time/],
    [['--now', '2026-02-30T10:00:00'], /no such date/],
    [['--clock', '13'], /12, 24/],
    [['--week-start', 'friday'], /monday/],
    [['--locale', '!!'], /language tag/],
    [['--nonsense'], /unknown option/],
  ])('%j ends with exit code 2 and says why', async (args, message) => {
    const { code, err } = await run(args, '');
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
