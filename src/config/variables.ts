/** Every environment variable, declared once: where it belongs, how it is read, its default, how it is explained. Documentation is made of it. */
import type { Secret } from '../core/secret.ts';
import {
  address,
  assistantProvider,
  attachmentStore,
  botToken,
  databaseUrl,
  flag,
  hostNames,
  masterKeys,
  matching,
  oneOf,
  type Parse,
  password,
  place,
  plain,
  proxies,
  schedule,
  secret,
  secretMatching,
  sharedSecret,
  someOf,
  userIds,
  webhookSecret,
  whole,
  wholeOr,
  zone,
} from './values.ts';

export interface Variable<T> {
  readonly section: string;
  /** One or two sentences, without the default. */
  readonly help: string;
  readonly example: string;
  /** What applies when it is absent, in words. */
  readonly defaultText: string;
  /** May be given as NAME_FILE, is never shown. */
  readonly secret: boolean;
  /** Kept as typed: spaces at its ends belong to it. */
  readonly verbatim: boolean;
  readonly parse: Parse<T>;
  readonly fallback: T | undefined;
}

interface Described {
  section: string;
  help: string;
  example: string;
  defaultText?: string;
  secret?: boolean;
  verbatim?: boolean;
}

function optional<T>(parse: Parse<T>, described: Described): Variable<T | undefined> {
  return { defaultText: '', secret: false, verbatim: false, ...described, parse, fallback: undefined };
}

function given<T>(parse: Parse<T>, fallback: NoInfer<T>, described: Described): Variable<T> {
  const defaultText = Array.isArray(fallback) ? fallback.join(',') : String(fallback);
  return { secret: false, verbatim: false, defaultText, ...described, parse, fallback };
}

function hidden(parse: Parse<Secret>, described: Described): Variable<Secret | undefined> {
  return optional(parse, { ...described, secret: true });
}

const port = whole(0, 65_535);
const TELEGRAM = 'Telegram';
const DATABASE = 'Database';
const PROCESS = 'Process';
const LOG = 'Log';
const BACKUP = 'Backups';
const STORE = 'S3 and attachments';
const ASSISTANT = 'Assistant';
const INTEGRATION = 'Integrations';

const ROLES = ['web', 'worker', 'poller'] as const;
export type Role = (typeof ROLES)[number];

export const variables = {
  TELEGRAM_BOT_TOKEN: hidden(botToken, {
    section: TELEGRAM,
    help: "The bot's token from @BotFather. Without it Steward runs as a chat in the terminal.",
    example: '<token from @BotFather>',
    defaultText: 'local chat',
  }),
  TELEGRAM_ALLOWED_USERS: optional(userIds, {
    section: TELEGRAM,
    help: 'Numeric ids of the people it answers, comma separated; the first is the owner. Required with a token.',
    example: '<your numeric id>',
  }),
  TELEGRAM_API_ROOT: given(address, 'https://api.telegram.org', {
    section: TELEGRAM,
    help: 'Root of the Bot API server.',
    example: 'http://localhost:8081',
  }),
  TELEGRAM_SEND_RATE: given(wholeOr('auto', 1, 1000), 'auto', {
    section: TELEGRAM,
    help: "Messages a second at most, over all chats. `auto`: 30 at Telegram's own servers, its documented limit; at any other root as fast as it takes them, slowed by its refusals.",
    example: '20',
  }),
  TELEGRAM_MODE: given(oneOf('auto', 'polling', 'webhook'), 'auto', {
    section: TELEGRAM,
    help: 'How updates arrive. `auto`: by webhook when TELEGRAM_WEBHOOK_URL is given, or STEWARD_PUBLIC_URL together with TELEGRAM_WEBHOOK_SECRET; else by polling.',
    example: 'polling',
  }),
  TELEGRAM_WEBHOOK_URL: optional(address, {
    section: TELEGRAM,
    help: 'Public address of the webhook; its path is the route served.',
    example: 'https://steward.example.net/telegram/webhook',
    defaultText: 'STEWARD_PUBLIC_URL followed by /telegram/webhook',
  }),
  TELEGRAM_WEBHOOK_SECRET: hidden(webhookSecret, {
    section: TELEGRAM,
    help: 'Proves that a webhook call comes from Telegram: 1 to 256 of A-Z a-z 0-9 _ -, best from `openssl rand -hex 32`.',
    example: '<output of openssl rand -hex 32>',
  }),
  DATABASE_URL: hidden(databaseUrl, {
    section: DATABASE,
    help: 'A PostgreSQL (14 to 18) of your own, no transaction pooling in between. Without it Steward runs its own in STEWARD_DATA_DIR.',
    example: 'postgresql://steward@db.example.net:5432/steward?sslmode=verify-full',
    defaultText: 'embedded PostgreSQL',
    verbatim: true,
  }),
  DATABASE_PASSWORD: hidden(password, {
    section: DATABASE,
    help: "Replaces the URL's password; any characters, not encoded.",
    example: '<password>',
    verbatim: true,
  }),
  DATABASE_HOST: optional(plain, {
    section: DATABASE,
    help: 'Host name or socket folder, instead of DATABASE_URL.',
    example: 'db.example.net',
  }),
  DATABASE_PORT: given(whole(1, 65_535), 5432, { section: DATABASE, help: 'Port of DATABASE_HOST.', example: '5433' }),
  DATABASE_NAME: given(plain, 'steward', {
    section: DATABASE,
    help: 'Database on DATABASE_HOST.',
    example: 'assistant',
  }),
  DATABASE_USER: given(plain, 'steward', { section: DATABASE, help: 'Role on DATABASE_HOST.', example: 'assistant' }),
  DATABASE_SSLMODE: optional(oneOf('disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'), {
    section: DATABASE,
    help: '`disable`, `require` (encrypted), `verify-ca`, `verify-full` (encrypted, and the server proves who it is).',
    example: 'verify-full',
    defaultText: 'disable',
  }),
  DATABASE_POOL_MAX: given(whole(3, 1000), 10, {
    section: DATABASE,
    help: 'Connections a process may hold, its queue and listeners included; at least 3.',
    example: '20',
  }),
  STEWARD_DATA_DIR: given(plain, './data', {
    section: PROCESS,
    help: 'Folder of the embedded database, attachments and backups.',
    example: '/var/lib/steward',
  }),
  STEWARD_PUBLIC_URL: optional(address, {
    section: PROCESS,
    help: 'Where people and services reach the public side (OAuth, feeds, webhooks, dashboard).',
    example: 'https://steward.example.net',
  }),
  HOST: optional(plain, {
    section: PROCESS,
    help: 'Address to listen on.',
    example: '127.0.0.1',
    defaultText: '0.0.0.0 in production, 127.0.0.1 otherwise',
  }),
  PORT: given(port, 3000, { section: PROCESS, help: 'Port of the public side; 0 takes a free one.', example: '8080' }),
  METRICS_PORT: given(port, 9464, {
    section: PROCESS,
    help: 'Port of metrics, detailed health and info; never on an ingress.',
    example: '9090',
  }),
  STEWARD_ROLES: given(someOf(...ROLES), ROLES, {
    section: PROCESS,
    help: 'Parts of the process to run.',
    example: 'web,worker',
  }),
  STEWARD_MASTER_KEY: optional(masterKeys, {
    section: PROCESS,
    help: 'Encrypts stored tokens: `id:base64 of 32 bytes`, several separated by commas, the first encrypts. Never in a backup: keep it elsewhere.',
    example: '<k1:output of openssl rand -base64 32>',
    defaultText: 'made at the first start with the embedded database',
    secret: true,
  }),
  STEWARD_TIMEZONE: optional(zone, {
    section: PROCESS,
    help: 'Time zone of a new owner and of BACKUP_SCHEDULE.',
    example: 'Europe/Berlin',
    defaultText: "the machine's",
  }),
  STEWARD_LANGUAGE: given(oneOf('en', 'ru'), 'en', {
    section: PROCESS,
    help: 'Language of a new owner.',
    example: 'ru',
  }),
  STEWARD_TRUSTED_PROXIES: given(proxies, 0, {
    section: PROCESS,
    help: 'How many proxies stand in front, or their addresses: whose X-Forwarded headers are believed.',
    example: '1',
  }),
  STEWARD_FORCE_HTTPS: given(flag, false, {
    section: PROCESS,
    help: 'Send plain HTTP requests to HTTPS (behind a proxy that ends TLS).',
    example: 'true',
  }),
  STEWARD_DRAIN_SECONDS: given(whole(1, 600), 20, {
    section: PROCESS,
    help: 'Bound of a graceful stop.',
    example: '50',
  }),
  STEWARD_UNDO_DAYS: given(whole(1, 3_650), 90, {
    section: PROCESS,
    help: 'Days a change can be taken back. The history itself is kept two years, or as long as this.',
    example: '365',
  }),
  STEWARD_ALLOW_PRIVATE_URLS: given(hostNames, [], {
    section: PROCESS,
    help: 'Host names that may be fetched although their addresses are private (a calendar or a model at home).',
    example: 'nas.local,ollama:11434',
  }),
  SENTRY_DSN: hidden(
    secretMatching(/^https?:\/\/[^@\s]+@[^@\s/]+\/(?:[^\s?#]*\/)?[\w-]+\/?$/, 'copy the DSN from the project settings'),
    {
      section: LOG,
      help: 'Sends unexpected errors to a Sentry-compatible service: class, code, place, reference, version and stack; no message, nothing of a person, no token.',
      example: '<DSN of the project>',
      defaultText: 'off',
    },
  ),
  LOG_LEVEL: given(oneOf('error', 'warn', 'info', 'debug'), 'info', {
    section: LOG,
    help: 'Least important kind of line that is written.',
    example: 'debug',
  }),
  LOG_FORMAT: optional(oneOf('json', 'pretty'), {
    section: LOG,
    help: '`json` or `pretty`.',
    example: 'json',
    defaultText: 'pretty at a terminal, json elsewhere and in production',
  }),
  BACKUP_TARGET: optional(place, {
    section: BACKUP,
    help: 'Folder, or `s3://bucket/prefix`.',
    example: 's3://my-backups/steward',
    defaultText: '`backups` in STEWARD_DATA_DIR',
  }),
  BACKUP_SCHEDULE: given(schedule, '15 3 * * *', {
    section: BACKUP,
    help: 'Cron expression in STEWARD_TIMEZONE, or `off` where something else does it.',
    example: 'off',
  }),
  BACKUP_KEEP_LAST: given(whole(1, 10_000), 7, { section: BACKUP, help: 'Archives kept.', example: '30' }),
  BACKUP_MAX_AGE_DAYS: given(whole(1, 36_500), 7, { section: BACKUP, help: 'Days an archive is kept.', example: '90' }),
  BACKUP_MIN_KEEP: given(whole(1, 10_000), 3, {
    section: BACKUP,
    help: 'The newest good archives that no rule removes.',
    example: '5',
  }),
  BACKUP_AGE_RECIPIENT: optional(
    matching(/^age1[a-z0-9]{20,}$/, 'give the public key that `age-keygen` printed, it begins with age1'),
    { section: BACKUP, help: 'Public key archives are encrypted for.', example: '<age1… from age-keygen>' },
  ),
  BACKUP_AGE_IDENTITY: hidden(
    secretMatching(/^AGE-SECRET-KEY-1[A-Z0-9]{20,}$/i, 'give the line that begins with AGE-SECRET-KEY-1'),
    { section: BACKUP, help: 'Private key, for restore and verification only.', example: '<AGE-SECRET-KEY-1…>' },
  ),
  S3_ENDPOINT: optional(address, { section: STORE, help: 'Root of an S3 service.', example: 'https://s3.example.net' }),
  S3_REGION: optional(plain, { section: STORE, help: 'Region.', example: 'eu-central-1' }),
  S3_ACCESS_KEY_ID: hidden(secret, { section: STORE, help: 'Access key.', example: '<access key>' }),
  S3_SECRET_ACCESS_KEY: hidden(secret, { section: STORE, help: 'Secret key.', example: '<secret key>' }),
  S3_FORCE_PATH_STYLE: given(flag, false, {
    section: STORE,
    help: 'Bucket in the path, not in the host name (MinIO and others).',
    example: 'true',
  }),
  ATTACHMENT_STORE: given(attachmentStore, 'database', {
    section: STORE,
    help: '`database`, `folder` (in STEWARD_DATA_DIR) or `s3://bucket/prefix`. What lies in the database follows within the hour when it is changed to another.',
    example: 'folder',
  }),
  ATTACHMENT_QUOTA_MB: given(whole(1, 1_000_000), 1_024, {
    section: STORE,
    help: 'What the files of one person, or of one group, may take together, in MB. The same content counts once.',
    example: '5000',
  }),
  ANTHROPIC_API_KEY: hidden(secret, {
    section: ASSISTANT,
    help: 'Key for Claude.',
    example: '<key>',
    defaultText: 'assistant off',
  }),
  ANTHROPIC_BASE_URL: optional(address, {
    section: ASSISTANT,
    help: 'Another address of its API.',
    example: 'https://proxy.example.net',
  }),
  ASSISTANT_PROVIDER: given(assistantProvider, 'anthropic', {
    section: ASSISTANT,
    help: '`anthropic`, or the address of an OpenAI-compatible endpoint.',
    example: 'http://localhost:11434/v1',
  }),
  ASSISTANT_MODEL: optional(plain, { section: ASSISTANT, help: 'Model.', example: 'claude-sonnet-4-5' }),
  TRANSCRIBER_URL: optional(address, {
    section: ASSISTANT,
    help: 'OpenAI-compatible endpoint that turns voice into text.',
    example: 'http://localhost:8000/v1',
  }),
  GOOGLE_CLIENT_ID: optional(plain, { section: INTEGRATION, help: 'Google OAuth client.', example: '<client id>' }),
  GOOGLE_CLIENT_SECRET: hidden(secret, { section: INTEGRATION, help: 'Its secret.', example: '<client secret>' }),
  GITHUB_TOKEN: hidden(secret, { section: INTEGRATION, help: 'GitHub token.', example: '<token>' }),
  GITHUB_WEBHOOK_SECRET: hidden(sharedSecret, {
    section: INTEGRATION,
    help: 'Secret of its webhook.',
    example: '<secret>',
  }),
  SLACK_BOT_TOKEN: hidden(secret, { section: INTEGRATION, help: 'Slack bot token.', example: '<xoxb-…>' }),
  SLACK_SIGNING_SECRET: hidden(sharedSecret, {
    section: INTEGRATION,
    help: 'Its signing secret.',
    example: '<secret>',
  }),
  CLICKUP_TOKEN: hidden(secret, { section: INTEGRATION, help: 'ClickUp token.', example: '<pk_…>' }),
  CLICKUP_WEBHOOK_SECRET: hidden(sharedSecret, {
    section: INTEGRATION,
    help: 'Secret of its webhook.',
    example: '<secret>',
  }),
} satisfies Record<string, Variable<unknown>>;

export type VariableName = keyof typeof variables;

/** What was read, by name. */
export type Values = {
  readonly [Name in VariableName]: (typeof variables)[Name] extends Variable<infer T> ? T : never;
};

/** The declarations in order, for everything that documents them. */
export const configurationSpec: ReadonlyArray<
  Omit<Variable<unknown>, 'parse' | 'fallback'> & { readonly name: VariableName }
> = Object.entries(variables).map(([name, { parse: _, fallback: __, ...described }]) => ({
  ...described,
  name: name as VariableName,
}));
