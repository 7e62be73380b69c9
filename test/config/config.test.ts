/** Bad configuration stops the start with every fault and its mend; good values pass; secrets never show. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { configurationPage, environmentExample } from '../../src/config/documentation.ts';
import { rateOf } from '../../src/config/rules.ts';
import { configurationSpec } from '../../src/config/variables.ts';
import { BOT, faultsFrom, loadFrom, newFolder, TOKEN } from './load.ts';

const HEX = '9f2c4e6a8b0d1f3e5c7a9b8d6f4e2c0a';
const KEY = `k1:${Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7)).toString('base64')}`;

let folder: string;
beforeAll(() => {
  folder = newFolder();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const load = (env: Record<string, string>) => loadFrom(folder, env);
const faults = (env: Record<string, string>) => faultsFrom(folder, env);

/** The rate as given, and as it is kept. */
function paceOf({ telegram }: Config): unknown {
  return telegram && [telegram.sendRate, rateOf(telegram)];
}

const bad: Array<[Record<string, string>, RegExp]> = [
  [{ TELEGRAM_BOT_TOKEN: TOKEN }, /TELEGRAM_ALLOWED_USERS is missing/],
  [{ ...BOT, TELEGRAM_BOT_TOKEN: 'your-token-here' }, /TELEGRAM_BOT_TOKEN holds a placeholder/],
  [{ ...BOT, TELEGRAM_BOT_TOKEN: '<token from @BotFather>' }, /placeholder/],
  [{ ...BOT, TELEGRAM_BOT_TOKEN: '123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11' }, /placeholder/],
  [{ ...BOT, TELEGRAM_BOT_TOKEN: '1234567890:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' }, /placeholder/],
  [{ ...BOT, TELEGRAM_BOT_TOKEN: 'changeme' }, /placeholder/],
  [{ ...BOT, TELEGRAM_BOT_TOKEN: '$' + '{TELEGRAM_BOT_TOKEN}' }, /placeholder/],
  [{ ...BOT, TELEGRAM_BOT_TOKEN: `bot${TOKEN}` }, /TELEGRAM_BOT_TOKEN is no bot token/],
  [{ ...BOT, TELEGRAM_BOT_TOKEN: '8123456789:short' }, /no bot token/],
  [{ ...BOT, TELEGRAM_ALLOWED_USERS: '@ada' }, /user name/],
  [{ ...BOT, TELEGRAM_ALLOWED_USERS: '-1001234' }, /group/],
  [{ ...BOT, TELEGRAM_ALLOWED_USERS: '12, ada' }, /"ada"/],
  [{ ...BOT, TELEGRAM_ALLOWED_USERS: '0' }, /"0"/],
  [{ ...BOT, TELEGRAM_ALLOWED_USERS: ' , ' }, /TELEGRAM_ALLOWED_USERS is missing/],
  [{ ...BOT, TELEGRAM_MODE: 'push' }, /auto, polling, webhook/],
  [{ ...BOT, TELEGRAM_MODE: 'webhook', TELEGRAM_WEBHOOK_SECRET: HEX }, /without an address/],
  [
    { ...BOT, TELEGRAM_MODE: 'webhook', TELEGRAM_WEBHOOK_URL: 'https://s.example.net/tg' },
    /needs TELEGRAM_WEBHOOK_SECRET/,
  ],
  [{ ...BOT, TELEGRAM_WEBHOOK_URL: 'https://s.example.net/tg' }, /needs TELEGRAM_WEBHOOK_SECRET/],
  [{ ...BOT, TELEGRAM_WEBHOOK_URL: 'http://s.example.net/tg', TELEGRAM_WEBHOOK_SECRET: HEX }, /https only/],
  [{ ...BOT, TELEGRAM_WEBHOOK_URL: 'https://s.example.net:3000/tg', TELEGRAM_WEBHOOK_SECRET: HEX }, /port 3000/],
  [{ ...BOT, TELEGRAM_WEBHOOK_URL: 'https://s.example.net/health', TELEGRAM_WEBHOOK_SECRET: HEX }, /taken/],
  [{ ...BOT, TELEGRAM_WEBHOOK_URL: 'https://your-domain/tg', TELEGRAM_WEBHOOK_SECRET: HEX }, /placeholder/],
  [
    { ...BOT, TELEGRAM_WEBHOOK_URL: 'https://s.example.net/tg', TELEGRAM_WEBHOOK_SECRET: 'with space!' },
    /characters Telegram refuses/,
  ],
  [{ ...BOT, TELEGRAM_WEBHOOK_URL: 'https://s.example.net/tg', TELEGRAM_WEBHOOK_SECRET: 'secret' }, /can be guessed/],
  [
    { ...BOT, TELEGRAM_WEBHOOK_URL: 'https://s.example.net/tg', TELEGRAM_WEBHOOK_SECRET: 'abababababab' },
    /can be guessed/,
  ],
  [{ ...BOT, TELEGRAM_API_ROOT: 'localhost:8081' }, /no web address/],
  [{ ...BOT, TELEGRAM_SEND_RATE: '0' }, /TELEGRAM_SEND_RATE is "0".* auto or a whole number from 1 to 1000/],
  [{ ...BOT, TELEGRAM_SEND_RATE: '1.5' }, /"1.5"/],
  [{ ...BOT, TELEGRAM_SEND_RATE: 'unlimited' }, /"unlimited"/],
  [{ DATABASE_URL: 'mysql://u@h/d' }, /no PostgreSQL address/],
  [{ DATABASE_URL: 'postgres://u:pa#ss@h/d' }, /DATABASE_URL cannot be read/],
  [{ DATABASE_URL: 'postgres://u:100%zz@h/d' }, /encodes nothing/],
  [{ DATABASE_URL: 'postgres://u:<password>@h/d' }, /placeholder/],
  [{ DATABASE_URL: 'postgres://u:changeme@h/d' }, /placeholder/],
  [{ DATABASE_URL: 'postgres://a,b/d' }, /several hosts/],
  [{ DATABASE_URL: 'postgres://u@h/d?pgbouncer=true' }, /transaction pooling/],
  [{ DATABASE_URL: 'postgres://u@h/d?sslmode=maybe' }, /sslmode=maybe/],
  [{ DATABASE_URL: 'postgres://u@h/d?sslmode=verify-full&sslrootcert=/not/there' }, /sslrootcert/],
  [{ DATABASE_URL: 'postgres://u@h/d', DATABASE_HOST: 'h' }, /both given/],
  [{ DATABASE_PASSWORD: 'p9f8a7s6' }, /without a server/],
  [{ DATABASE_HOST: 'h', DATABASE_PASSWORD: 'CHANGE_ME' }, /DATABASE_PASSWORD holds a placeholder/],
  [{ DATABASE_POOL_MAX: '2' }, /from 3 to/],
  [{ PORT: '9464' }, /PORT and METRICS_PORT/],
  [{ PORT: '70000' }, /PORT is "70000"/],
  [{ PORT: 'tcp://10.0.0.1:80' }, /whole number/],
  [{ STEWARD_ROLES: 'web,wroker' }, /"wroker".*web, worker, poller/],
  [{ STEWARD_ROLES: ',' }, /names none/],
  [{ STEWARD_TIMEZONE: 'Mars/Olympus' }, /no time zone/],
  [{ STEWARD_LANGUAGE: 'tlh' }, /en, ru/],
  [{ STEWARD_TRUSTED_PROXIES: 'true' }, /how many proxies/],
  [{ STEWARD_FORCE_HTTPS: 'perhaps' }, /true or false/],
  [{ STEWARD_DRAIN_SECONDS: '-1' }, /whole number/],
  [{ STEWARD_MASTER_KEY: 'c2hvcnQ=' }, /not id:key/],
  [{ STEWARD_MASTER_KEY: 'k1:c2hvcnQ=' }, /5 bytes/],
  [{ STEWARD_MASTER_KEY: `k1:${Buffer.alloc(32).toString('base64')}` }, /no random one/],
  [{ STEWARD_MASTER_KEY: `${KEY},${KEY}` }, /twice/],
  [{ STEWARD_PUBLIC_URL: 'https://u:p@s.example.net' }, /user name or password/],
  [{ LOG_LEVEL: 'loud' }, /error, warn, info, debug/],
  [{ BACKUP_SCHEDULE: 'daily' }, /minute, hour/],
  [{ BACKUP_SCHEDULE: '61 3 * * *' }, /minute, hour/],
  [{ BACKUP_TARGET: 's3://B' }, /s3:\/\/bucket/],
  [{ BACKUP_TARGET: 'ftp://host/x' }, /folder/],
  [{ BACKUP_AGE_RECIPIENT: 'me' }, /age1/],
  [{ BACKUP_KEEP_LAST: '0' }, /from 1/],
  [{ ATTACHMENT_STORE: 'disk' }, /database, folder/],
  [{ S3_ACCESS_KEY_ID: 'AKIA9Q8W7E6R5T4Y' }, /without S3_SECRET_ACCESS_KEY/],
  [{ GOOGLE_CLIENT_ID: '1.apps.googleusercontent.com' }, /without GOOGLE_CLIENT_SECRET/],
  [{ GITHUB_WEBHOOK_SECRET: 'test' }, /can be guessed/],
  [{ ANTHROPIC_API_KEY: 'your_api_key' }, /placeholder/],
  [{ PORT_FILE: '/etc/hostname' }, /only secrets/],
];

describe('a bad value is refused with its mend', () => {
  test.each(bad)('%j', (env, expected) => {
    const told = faults(env);
    expect(told.join('\n')).toMatch(expected);
    for (const fault of told) expect(fault).toMatch(/Mend: \S+/);
  });
});

const good: Array<[Record<string, string>, (config: Config) => unknown, unknown]> = [
  [
    {},
    (c) => [c.telegram, c.database.connection, c.http.host, c.http.port, c.log.format],
    [undefined, undefined, '127.0.0.1', 3000, 'json'],
  ],
  [{ NODE_ENV: 'production' }, (c) => [c.http.host, c.production, c.log.format], ['0.0.0.0', true, 'json']],
  [BOT, (c) => [c.telegram?.botId, c.telegram?.mode, c.telegram?.allowedUsers], [8123456789, 'polling', [4242]]],
  [{ ...BOT, TELEGRAM_ALLOWED_USERS: '7, 5 ,7' }, (c) => c.telegram?.allowedUsers, [7, 5]],
  [{ ...BOT, TELEGRAM_BOT_TOKEN: ` ${TOKEN}\n` }, (c) => c.telegram?.token.reveal(), TOKEN],
  [BOT, paceOf, ['auto', 30]],
  [{ ...BOT, TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/' }, paceOf, ['auto', null]],
  [{ ...BOT, TELEGRAM_API_ROOT: 'http://127.0.0.1:8081', TELEGRAM_SEND_RATE: '20' }, paceOf, [20, 20]],
  [{ ...BOT, TELEGRAM_SEND_RATE: 'AUTO' }, paceOf, ['auto', 30]],
  [{ ...BOT, TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/' }, (c) => c.telegram?.apiRoot, 'http://127.0.0.1:8081'],
  [
    { ...BOT, STEWARD_PUBLIC_URL: 'https://s.example.net', TELEGRAM_WEBHOOK_SECRET: HEX },
    (c) => [c.telegram?.mode, c.telegram?.webhook?.url, c.telegram?.webhook?.path],
    ['webhook', 'https://s.example.net/telegram/webhook', '/telegram/webhook'],
  ],
  [
    { ...BOT, TELEGRAM_WEBHOOK_URL: 'https://s.example.net/a/b', TELEGRAM_WEBHOOK_SECRET: HEX },
    (c) => c.telegram?.webhook?.path,
    '/a/b',
  ],
  [{ ...BOT, STEWARD_PUBLIC_URL: 'https://s.example.net' }, (c) => c.telegram?.mode, 'polling'],
  [
    {
      ...BOT,
      TELEGRAM_API_ROOT: 'http://sandbox:8081',
      TELEGRAM_WEBHOOK_URL: 'http://steward:3000/tg',
      TELEGRAM_WEBHOOK_SECRET: HEX,
    },
    (c) => c.telegram?.mode,
    'webhook',
  ],
  [
    { DATABASE_URL: 'postgres://u@h:6000/d?sslmode=require', DATABASE_PASSWORD: ' p@:/#%?& <w>{{x}} ' },
    (c) => ({ ...c.database.connection, password: password(c) }),
    {
      host: 'h',
      port: 6000,
      user: 'u',
      database: 'd',
      password: ' p@:/#%?& <w>{{x}} ',
      ssl: { rejectUnauthorized: false },
    },
  ],
  [{ DATABASE_URL: 'postgres://u:p%40ss@h/d' }, password, 'p@ss'],
  [
    { DATABASE_URL: 'postgresql:///d?host=/var/run/postgresql' },
    (c) => c.database.connection?.host,
    '/var/run/postgresql',
  ],
  [{ DATABASE_URL: 'postgres://u:old@h/d', DATABASE_PASSWORD: 'new-one-9' }, password, 'new-one-9'],
  [
    { DATABASE_HOST: 'h', DATABASE_PASSWORD: 'äöü ключ' },
    (c) => [c.database.connection?.user, c.database.connection?.database, c.database.connection?.port, password(c)],
    ['steward', 'steward', 5432, 'äöü ключ'],
  ],
  [
    { DATABASE_HOST: 'h', DATABASE_SSLMODE: 'verify-full' },
    (c) => c.database.connection?.ssl,
    { rejectUnauthorized: true },
  ],
  [{ STEWARD_ROLES: 'poller,web' }, (c) => c.roles, ['poller', 'web']],
  [{ STEWARD_MASTER_KEY: KEY }, (c) => c.masterKeys.map((key) => key.id), ['k1']],
  [{ STEWARD_TIMEZONE: 'europe/berlin' }, (c) => c.timezone, 'Europe/Berlin'],
  [{ STEWARD_TRUSTED_PROXIES: '10.0.0.0/8, ::1' }, (c) => c.http.trustedProxies, ['10.0.0.0/8', '::1']],
  [{ BACKUP_SCHEDULE: '*/15 0-6 1,15 * 1-5' }, (c) => c.backup.schedule, '*/15 0-6 1,15 * 1-5'],
  [{ BACKUP_SCHEDULE: 'OFF' }, (c) => c.backup.schedule, 'off'],
  [{ PORT: '0', METRICS_PORT: '0' }, (c) => c.http.port, 0],
  [{ PORT: '', DATABASE_URL: ' ' }, (c) => [c.http.port, c.database.connection], [3000, undefined]],
  [{ STEWARD_DRAIN_SECONDS: '50' }, (c) => c.drainMs, 50_000],
  [{ ATTACHMENT_STORE: 's3://bucket/a/b' }, (c) => c.attachmentStore, 's3://bucket/a/b'],
];

function password(config: Config): unknown {
  const given = config.database.connection?.password;
  return typeof given === 'function' ? given() : given;
}

describe('a good value is accepted', () => {
  test.each(good)('%j', (env, read, expected) => {
    expect(read(load(env))).toEqual(expected);
  });
});

test('all faults are reported together', () => {
  expect(faults({ PORT: 'x', STEWARD_TIMEZONE: 'Mars', TELEGRAM_BOT_TOKEN: TOKEN, LOG_LEVEL: 'loud' })).toHaveLength(4);
});

test('a secret is never shown: not in faults, not in the configuration, however it is printed', () => {
  const planted = 'Zq7PlantedSecretZq7';
  for (const { name, secret } of configurationSpec) {
    if (!secret) continue;
    expect(faults({ [name]: `${planted} <x>` }).join('\n')).not.toContain(planted);
    expect(faults({ [name]: `\u0000${planted}:%zz@/#` }).join('\n')).not.toContain(planted);
  }
  const config = load({
    ...BOT,
    TELEGRAM_WEBHOOK_SECRET: planted,
    DATABASE_URL: `postgres://u:${planted}@h/d`,
    ANTHROPIC_API_KEY: planted,
    STEWARD_MASTER_KEY: KEY,
  });
  const printed = [
    JSON.stringify(config),
    inspect(config, { depth: 9, showHidden: true }),
    `${config.telegram?.token}`,
  ].join('\n');
  expect(printed).not.toContain(planted);
  expect(printed).not.toContain(TOKEN);
  expect(printed).not.toContain(KEY.slice(3));
});

test('the configuration cannot be changed', () => {
  const config = load(BOT);
  expect(() => Object.assign(config.http, { port: 1 })).toThrow(TypeError);
  expect(() => Reflect.apply(Array.prototype.push, config.telegram?.allowedUsers, [1])).toThrow(TypeError);
});

test('.env.example and docs/configuration.md are what the declarations say, and a copy of it is a valid configuration', () => {
  const committed = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  expect(committed).toBe(environmentExample());
  expect(readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8')).toBe(configurationPage());
  const cwd = mkdtempSync(path.join(folder, 'example-'));
  writeFileSync(path.join(cwd, '.env'), committed, { mode: 0o600 });
  expect(loadFrom(cwd, {}).warnings).toEqual([]);
});
