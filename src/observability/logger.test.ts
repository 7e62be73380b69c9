/** Guards the log: its shape, and that neither secrets nor anybody's words are in it. */
import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import fc from '../../test/support/steady/fast-check.ts';
import { errorCode } from '../core/errors.ts';
import { createLogger, errorFields, errorName, type LoggerOptions, withLogContext } from './logger.ts';
import { hideFromLogs, redact, safeMessage, safeStack } from './redaction.ts';

function logging(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { log: createLogger({ level: 'debug', format: 'json', stream, ...options }), lines };
}
const only = (lines: readonly string[]) => JSON.parse(lines.join('')) as Record<string, unknown>;

describe('a line', () => {
  test('is one JSON object with time, level, part, message and facts', () => {
    const { log, lines } = logging();
    log.part('http').info('two\nlines', { count: 3, ok: true, none: null, absent: undefined, name: 'a\nb' });
    expect(lines.join('').trimEnd()).not.toContain('\n');
    expect(only(lines)).toEqual({
      level: 'info',
      message: 'two\nlines',
      component: 'http',
      count: 3,
      ok: true,
      none: null,
      name: 'a\nb',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  test.each([
    ['error', 1],
    ['warn', 2],
    ['info', 3],
    ['debug', 4],
  ] as const)('is written from level %s on', (level, count) => {
    const { log, lines } = logging({ level });
    for (const each of ['error', 'warn', 'info', 'debug'] as const) log[each](each);
    expect(lines).toHaveLength(count);
  });

  test('carries the ids of what is handled, also after waiting, and nobody else’s', async () => {
    const { log, lines } = logging();
    await Promise.all(
      [1, 2, 3].map((updateId) =>
        withLogContext({ updateId }, () =>
          withLogContext({ ref: `R${updateId}` }, async () => {
            await new Promise((resolve) => setTimeout(resolve, 10 - updateId));
            log.info('handled', { expected: updateId });
          }),
        ),
      ),
    );
    log.info('outside');
    const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const line of parsed.slice(0, 3))
      expect(line).toMatchObject({ updateId: line['expected'], ref: `R${line['expected']}` });
    expect(parsed[3]).not.toHaveProperty('updateId');
  });

  test('does not hold contents, whatever they are called', () => {
    const { log, lines } = logging();
    const fields = [
      'text',
      'title',
      'body',
      'payload',
      'caption',
      'notes',
      'query',
      'words',
      'content',
      'Text',
      'TITLE',
    ];
    log.info('x', Object.fromEntries(fields.map((name) => [name, 'planted words'])));
    expect(lines.join('')).not.toContain('planted');
  });

  test('keeps its own names against facts', () => {
    const { log, lines } = logging();
    log.error('true', { level: 'debug', message: 'false', time: 'never', component: 'x' });
    expect(only(lines)).toMatchObject({ level: 'error', message: 'true', message_: 'false', level_: 'debug' });
  });
});

describe('for a person', () => {
  test('a line is plain without colours, and has none when they are off', () => {
    const { log, lines } = logging({ format: 'pretty' });
    log.warn('disk is low', { free: 3 });
    expect(lines.join('')).toMatch(/^\d\d:\d\d:\d\d ⚠ disk is low free=3\n$/);
    const colored = logging({ format: 'pretty', colors: true });
    colored.log.warn('disk is low');
    expect(colored.lines.join('')).toContain('\u001b[33m');
  });

  test('nothing in it forges a line or speaks to the terminal', () => {
    const { log, lines } = logging({ format: 'pretty' });
    log.info('a\n12:00:00 ✗ forged', { name: '\u001b]0;title\u0007\r\u202egnp' });
    const written = lines.join('').trimEnd();
    expect(written.split('\n')).toHaveLength(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point.
    expect(written).not.toMatch(/[\u0000-\u001f\u202e]/);
  });
});

const TOKEN = '123456789:AAF-abcdefghijklmnopqrstuvwxyz012345';

describe('secrets', () => {
  test.each([
    ['a token', TOKEN, TOKEN],
    ['a token in an address', `https://api.telegram.org/bot${TOKEN}/sendMessage`, TOKEN],
    ['an encoded token', `bot${TOKEN.replace(':', '%3A')}/x`, 'AAF-abcdefghijklmnopqrstuvwxyz012345'],
    ['a password in an address', 'postgres://steward:pl4nted@db:5432/x', 'pl4nted'],
    ['a password with @ and / in it', 'postgres://steward:pl4n/t@d@db:5432/x', 'pl4n'],
    ['a key as user of an address', 'https://pl4ntedkey@sentry.test/1', 'pl4nted'],
    ['a bearer', 'Authorization: Bearer pl4nted.token-x', 'pl4nted'],
    ['basic', 'authorization: basic cGw0bnRlZA==', 'cGw0bnRlZA'],
    ['a password in a query', 'host=x&password=pl4nted&b=1', 'pl4nted'],
    ['a password of several words', '{"password": "pl4nted and more"}', 'and more'],
    ['JSON in JSON', '{\\"secret_token\\":\\"pl4nted\\"}', 'pl4nted'],
    ['a name with more around it', 'AWS_SECRET_ACCESS_KEY=pl4nted', 'pl4nted'],
    ['an AWS id', 'id AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE'],
    ['an Anthropic key', 'key sk-ant-api03-pl4ntedpl4nted', 'pl4nted'],
    ['a GitHub token', `ghp_${'pl4nt'.repeat(5)}`, 'pl4nt'],
    ['a Slack token', 'xoxb-1234567890-pl4nted', 'pl4nted'],
    ['an age key', 'AGE-SECRET-KEY-1PLANTEDPLANTED', 'PLANTED'],
    ['a private key', '-----BEGIN PRIVATE KEY-----\npl4nted\n-----END PRIVATE KEY-----', 'pl4nted'],
    [
      'a master key',
      `k1:${Buffer.alloc(32, 'pl4nted').toString('base64')}`,
      Buffer.alloc(32, 'pl4nted').toString('base64'),
    ],
  ])('%s is masked in message, fact, error and stack', (_what, text, secret) => {
    const { log, lines } = logging();
    const error = new Error(text);
    log.error(text, { reason: text, ...errorFields(error), stack: safeStack(error) });
    expect(lines.join('')).not.toContain(secret);
    expect(lines.join('')).toContain('[hidden]');
  });

  test('a registered value is masked as it is and encoded, wherever it comes', () => {
    const planted = 'quite "an odd/päss word"';
    hideFromLogs(planted);
    for (const form of [
      planted,
      encodeURIComponent(planted),
      JSON.stringify(planted),
      Buffer.from(planted).toString('base64'),
    ]) {
      const { log, lines } = logging();
      log.info(`a ${form} b`, { a: form, ...errorFields(new Error(`x ${form}`)) });
      expect(lines.join('')).not.toMatch(/odd|cXVpdGU|p%C3/);
    }
  });

  test('a secret that holds another is masked whole', () => {
    hideFromLogs('inner-secret');
    hideFromLogs('outer-inner-secret-end');
    expect(redact('x outer-inner-secret-end y')).toBe('x [hidden] y');
  });

  test('a secret at the place where a message is cut does not leave by half', () => {
    const secret = 'registered-secret-of-some-length';
    hideFromLogs(secret);
    for (let before = 470; before < 500; before += 1)
      expect(String(errorFields(new Error('x'.repeat(before) + secret))['reason'])).not.toContain('regi');
  });

  test('ordinary lines stay as they are', () => {
    for (const line of [
      'migrations applied',
      'Telegram refuses the token. Mend: get the present one',
      'http://127.0.0.1:3000/health',
      '2026-11-22T05:06:46Z',
      'commit 8fe9c3af1b2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f',
    ])
      expect(redact(line)).toBe(line);
  });
});

describe('an error', () => {
  test('tells class, code and cause', () => {
    class OddError extends Error {}
    const cause = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    const fields = errorFields(Object.assign(new OddError('it broke', { cause }), { code: '23505' }));
    expect(fields).toEqual({ error: 'OddError', code: '23505', reason: 'it broke', cause: 'ECONNREFUSED' });
  });

  test('does not tell what somebody wrote', () => {
    const words = 'planted words of a person';
    const errors = [
      new Error(`invalid input syntax for type integer: "${words}"`),
      new Error(`unexpected '${words}' here`),
      new Error(`«${words}» and “${words}”`),
      Object.assign(new Error('x'), { code: words }),
      Object.assign(new Error('x'), { detail: words }),
    ];
    try {
      JSON.parse(words);
    } catch (error) {
      errors.push(error as Error);
    }
    for (const error of errors) {
      expect(JSON.stringify(errorFields(error))).not.toContain('planted');
      expect(safeStack(error) ?? '').not.toContain('planted');
    }
  });

  test('keeps the names our own statements are wrong about', () => {
    const error = Object.assign(new Error('column "due_on" does not exist'), { code: '42703' });
    expect(safeMessage(error)).toContain('due_on');
  });

  test('of any kind can be logged', () => {
    const odd: unknown[] = [undefined, null, 0, '', Symbol('x'), Object.create(null), { code: {} }, () => {}, 10n];
    odd.push(
      Object.defineProperty(new Error('x'), 'message', {
        get: () => {
          throw new Error('no');
        },
      }),
    );
    for (const one of odd) {
      expect(() => errorFields(one)).not.toThrow();
      expect(errorName(one)).toMatch(/^\w+$/);
      errorCode(one);
    }
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        errorFields(thrown);
      }),
    );
  });
});

test('a reader who goes away does not end the program', () => {
  const stream = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('broken pipe'), { code: 'EPIPE' })),
  });
  const log = createLogger({ level: 'info', format: 'json', stream });
  expect(() => {
    log.info('one');
    log.info('two');
  }).not.toThrow();
});
