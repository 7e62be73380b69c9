/** The configuration: parsed at the border, complete, frozen. Everything inside trusts it. */
import path from 'node:path';
import { cleanEnv, makeExactValidator } from 'envalid';
import { ConfigurationError, errorMessage } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';
import { type DatabaseConnection, databaseConnection } from './database-connection.ts';
import { Refused } from './placeholders.ts';
import { contradictions, doubts, type TelegramMode, telegramMode, type Webhook, webhookOf } from './rules.ts';
import { gather } from './sources.ts';
import type { MasterKey } from './values.ts';
import { type Role, type Values, type VariableName, variables } from './variables.ts';

export interface TelegramConfig {
  readonly token: Secret;
  /** The number before the token's colon. */
  readonly botId: number;
  /** Without a closing slash. */
  readonly apiRoot: string;
  /** Numeric user ids; the first is the owner. Never empty. */
  readonly allowedUsers: readonly number[];
  /** Messages a second at most over all chats; 'auto': by what the root is known, or found, to take. */
  readonly sendRate: number | 'auto';
  readonly mode: TelegramMode;
  /** There when `mode` is 'webhook'. */
  readonly webhook: (Webhook & { readonly secret: Secret }) | undefined;
}

export interface S3Config {
  readonly endpoint: string | undefined;
  readonly region: string | undefined;
  readonly accessKeyId: Secret | undefined;
  readonly secretAccessKey: Secret | undefined;
  readonly forcePathStyle: boolean;
}

export interface Config {
  readonly production: boolean;
  /** NODE_ENV, or 'development'. */
  readonly environment: string;
  /** Absent: local chat. */
  readonly telegram: TelegramConfig | undefined;
  readonly database: {
    /** For `pg`; absent: embedded PostgreSQL. */
    readonly connection: DatabaseConnection | undefined;
    /** Connections a process may hold, its queue and listeners included. */
    readonly poolMax: number;
  };
  /** Absolute. */
  readonly dataDir: string;
  readonly http: {
    readonly host: string;
    readonly port: number;
    readonly metricsPort: number;
    readonly publicUrl: string | undefined;
    /** Number of proxies in front, or their addresses: Express's "trust proxy". */
    readonly trustedProxies: number | readonly string[];
    readonly forceHttps: boolean;
  };
  readonly roles: readonly Role[];
  /** The first encrypts, all decrypt; empty when none is given. */
  readonly masterKeys: readonly MasterKey[];
  /** IANA name. */
  readonly timezone: string;
  readonly language: 'en' | 'ru';
  /** Bound of a graceful stop, milliseconds. */
  readonly drainMs: number;
  /** how long a change can be taken back */
  readonly undoDays: number;
  readonly log: { readonly level: 'error' | 'warn' | 'info' | 'debug'; readonly format: 'json' | 'pretty' };
  readonly backup: {
    /** Absolute folder or s3://bucket/prefix. */
    readonly target: string;
    /** Cron expression in `timezone`, or 'off'. */
    readonly schedule: string;
    readonly keepLast: number;
    readonly maxAgeDays: number;
    readonly minKeep: number;
    readonly ageRecipient: string | undefined;
    readonly ageIdentity: Secret | undefined;
  };
  readonly s3: S3Config;
  /** 'database', 'folder' or s3://bucket/prefix. */
  readonly attachmentStore: string;
  /** What the files of one space may take. */
  readonly attachmentQuotaBytes: number;
  readonly assistant: {
    /** 'anthropic' or the address of an OpenAI-compatible endpoint. */
    readonly provider: string;
    readonly model: string | undefined;
    readonly anthropicKey: Secret | undefined;
    readonly anthropicUrl: string | undefined;
    readonly transcriberUrl: string | undefined;
  };
  readonly integrations: {
    readonly google: { readonly clientId: string; readonly clientSecret: Secret } | undefined;
    readonly github: { readonly token: Secret | undefined; readonly webhookSecret: Secret | undefined };
    readonly slack: { readonly botToken: Secret; readonly signingSecret: Secret } | undefined;
    readonly clickup: { readonly token: Secret | undefined; readonly webhookSecret: Secret | undefined };
  };
  /** Lower-case host names, with a port where one was given. */
  readonly allowPrivateUrls: readonly string[];
  readonly sentryDsn: Secret | undefined;
  /** Allowed, but perhaps not meant: to be logged once at start. */
  readonly warnings: readonly string[];
}

export interface LoadOptions {
  /** Default: the process's environment. */
  env?: NodeJS.ProcessEnv;
  /** Folder of the .env files, and what relative paths are relative to. Default: the working directory. */
  cwd?: string;
  /** Default: NODE_ENV=production. */
  production?: boolean;
  /** Whether a person reads the log as it is written. Default: whether standard output is a terminal. */
  terminal?: boolean;
}

function machineZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** Reads each value by its declaration. A refused one keeps its default, so that the rules about several still see the rest. */
function readValues(raw: ReadonlyMap<VariableName, string>, faults: string[], broken: Set<VariableName>): Values {
  const names = Object.keys(variables) as VariableName[];
  const specs = Object.fromEntries(
    names.map((name) => {
      const { parse, help, example }: { parse: (text: string) => unknown; help: string; example: string } =
        variables[name];
      return [name, makeExactValidator<unknown>(parse)({ default: undefined, desc: help, example })];
    }),
  );
  const refused: Partial<Record<string, Error>> = {};
  const read = cleanEnv(Object.fromEntries(raw), specs, {
    reporter: ({ errors }) => void Object.assign(refused, errors),
  }) as Record<string, unknown>;
  const values: Record<string, unknown> = {};
  for (const name of names) {
    values[name] = raw.has(name) && !refused[name] ? read[name] : variables[name].fallback;
    const fault = refused[name];
    if (!fault) continue;
    broken.add(name);
    // Only our own refusals are known to keep secrets to themselves.
    faults.push(`${name} ${fault instanceof Refused ? fault.message : 'cannot be read. Mend: check its form.'}`);
  }
  return values as Values;
}

function telegram(values: Values): TelegramConfig | undefined {
  const token = values.TELEGRAM_BOT_TOKEN;
  if (!token) return undefined;
  const mode = telegramMode(values);
  const webhook = webhookOf(values);
  const secret = values.TELEGRAM_WEBHOOK_SECRET;
  return {
    token,
    botId: Number(token.reveal().split(':')[0]),
    apiRoot: values.TELEGRAM_API_ROOT,
    sendRate: values.TELEGRAM_SEND_RATE,
    allowedUsers: values.TELEGRAM_ALLOWED_USERS ?? [],
    mode,
    webhook: mode === 'webhook' && webhook && secret ? { ...webhook, secret } : undefined,
  };
}

function integrations(values: Values): Config['integrations'] {
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret } = values;
  const { SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret } = values;
  return {
    google: clientId && clientSecret ? { clientId, clientSecret } : undefined,
    github: { token: values.GITHUB_TOKEN, webhookSecret: values.GITHUB_WEBHOOK_SECRET },
    slack: botToken && signingSecret ? { botToken, signingSecret } : undefined,
    clickup: { token: values.CLICKUP_TOKEN, webhookSecret: values.CLICKUP_WEBHOOK_SECRET },
  };
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
}

/**
 * Loads the configuration.
 * @throws ConfigurationError with every fault at once, each with its mend; no secret is in it.
 */
export function loadConfig(options: LoadOptions = {}): Config {
  const env = options.env ?? process.env;
  const cwd = options.cwd ?? process.cwd();
  const production = options.production ?? env['NODE_ENV'] === 'production';
  const gathered = gather(env, cwd, production);
  const faults = [...gathered.faults];
  const warnings = [...gathered.warnings];
  const broken = new Set<VariableName>(gathered.unread);
  const values = readValues(gathered.values, faults, broken);
  faults.push(...contradictions(values, new Set([...gathered.values.keys(), ...gathered.unread]), broken));
  warnings.push(...doubts(values));
  let connection: DatabaseConnection | undefined;
  try {
    if (!broken.has('DATABASE_URL')) connection = databaseConnection(values, production, warnings);
  } catch (error) {
    faults.push(`DATABASE_URL ${error instanceof Refused ? error.message : `cannot be read: ${errorMessage(error)}`}`);
  }
  if (faults.length > 0) throw new ConfigurationError(faults);

  const dataDir = path.resolve(cwd, values.STEWARD_DATA_DIR);
  const target = values.BACKUP_TARGET ?? path.join(dataDir, 'backups');
  const terminal = options.terminal ?? process.stdout.isTTY === true;
  return freeze<Config>({
    production,
    environment: env['NODE_ENV'] || (production ? 'production' : 'development'),
    telegram: telegram(values),
    database: { connection, poolMax: values.DATABASE_POOL_MAX },
    dataDir,
    http: {
      host: values.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
      port: values.PORT,
      metricsPort: values.METRICS_PORT,
      publicUrl: values.STEWARD_PUBLIC_URL,
      trustedProxies: values.STEWARD_TRUSTED_PROXIES,
      forceHttps: values.STEWARD_FORCE_HTTPS,
    },
    roles: values.STEWARD_ROLES,
    masterKeys: values.STEWARD_MASTER_KEY ?? [],
    timezone: values.STEWARD_TIMEZONE ?? machineZone(),
    language: values.STEWARD_LANGUAGE,
    drainMs: values.STEWARD_DRAIN_SECONDS * 1000,
    undoDays: values.STEWARD_UNDO_DAYS,
    log: { level: values.LOG_LEVEL, format: values.LOG_FORMAT ?? (terminal && !production ? 'pretty' : 'json') },
    backup: {
      target: target.startsWith('s3:') ? target : path.resolve(cwd, target),
      schedule: values.BACKUP_SCHEDULE,
      keepLast: values.BACKUP_KEEP_LAST,
      maxAgeDays: values.BACKUP_MAX_AGE_DAYS,
      minKeep: values.BACKUP_MIN_KEEP,
      ageRecipient: values.BACKUP_AGE_RECIPIENT,
      ageIdentity: values.BACKUP_AGE_IDENTITY,
    },
    s3: {
      endpoint: values.S3_ENDPOINT,
      region: values.S3_REGION,
      accessKeyId: values.S3_ACCESS_KEY_ID,
      secretAccessKey: values.S3_SECRET_ACCESS_KEY,
      forcePathStyle: values.S3_FORCE_PATH_STYLE,
    },
    attachmentStore: values.ATTACHMENT_STORE,
    attachmentQuotaBytes: values.ATTACHMENT_QUOTA_MB * 1_000_000,
    assistant: {
      provider: values.ASSISTANT_PROVIDER,
      model: values.ASSISTANT_MODEL,
      anthropicKey: values.ANTHROPIC_API_KEY,
      anthropicUrl: values.ANTHROPIC_BASE_URL,
      transcriberUrl: values.TRANSCRIBER_URL,
    },
    integrations: integrations(values),
    allowPrivateUrls: values.STEWARD_ALLOW_PRIVATE_URLS,
    sentryDsn: values.SENTRY_DSN,
    warnings,
  });
}
