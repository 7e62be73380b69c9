/** From DATABASE_URL, or from DATABASE_HOST and its like, to what the driver takes. */
import { readFileSync } from 'node:fs';
import type { ClientConfig } from 'pg';
import { Secret } from '../core/secret.ts';
import { isWeak, Refused, refusePasswordPlaceholder, refuseTemplate } from './placeholders.ts';
import type { Values } from './variables.ts';

/** For `pg`. The password is a function, so neither a log nor JSON shows it. */
export type DatabaseConnection = Readonly<
  Pick<ClientConfig, 'host' | 'port' | 'user' | 'database' | 'password' | 'ssl'>
>;

/** The variables that name a server. */
export type DatabaseValues = Pick<
  Values,
  | 'DATABASE_URL'
  | 'DATABASE_PASSWORD'
  | 'DATABASE_HOST'
  | 'DATABASE_PORT'
  | 'DATABASE_NAME'
  | 'DATABASE_USER'
  | 'DATABASE_SSLMODE'
>;

interface Parts {
  host: string | undefined;
  port: number | undefined;
  user: string | undefined;
  password: string | undefined;
  database: string | undefined;
  parameters: URLSearchParams;
}

const UNDERSTOOD = new Set([
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'host',
  'port',
  'user',
  'password',
  'dbname',
]);
const ENCODE = 'percent-encode special characters in it, or leave its password out and give it in DATABASE_PASSWORD';

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text) || undefined;
  } catch {
    throw new Refused('has a % that encodes nothing', ENCODE);
  }
}

function splitUrl(text: string): Parts {
  const trimmed = text.trim();
  if (!/^postgres(ql)?:\/\//.test(trimmed))
    throw new Refused('is no PostgreSQL address', 'give it as postgresql://user:password@host:5432/database');
  // Without a host (a socket folder in ?host=) the general parser needs one to stand in.
  const url = URL.parse(trimmed.replace(/^(postgres(?:ql)?:\/\/(?:[^@/?#]*@)?)(?=[/?]|$)/, '$1unnamed'));
  if (!url || url.hash) throw new Refused('cannot be read', ENCODE);
  if (url.hostname.includes(','))
    throw new Refused('names several hosts', 'give one: a proxy or service name that follows the primary');
  const parameters = url.searchParams;
  const host = url.hostname === 'unnamed' ? undefined : decoded(url.hostname)?.replace(/^\[(.*)\]$/, '$1');
  const port = url.port || parameters.get('port');
  return {
    host: parameters.get('host') ?? host ?? 'localhost',
    port: port ? Number(port) : undefined,
    user: decoded(url.username) ?? parameters.get('user') ?? undefined,
    password: decoded(url.password) ?? parameters.get('password') ?? undefined,
    database: decoded(url.pathname.slice(1)) ?? parameters.get('dbname') ?? undefined,
    parameters,
  };
}

function certificate(parameters: URLSearchParams, name: string): string | undefined {
  const file = parameters.get(name);
  if (!file || file === 'system') return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Refused(`names ${name}=${file}, which cannot be read`, 'check the path and its permissions');
  }
}

function encryption(mode: string, parameters: URLSearchParams): ClientConfig['ssl'] {
  if (mode === 'disable' || mode === 'allow' || mode === 'prefer') return false;
  const ca = certificate(parameters, 'sslrootcert');
  const cert = certificate(parameters, 'sslcert');
  const key = certificate(parameters, 'sslkey');
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    rejectUnauthorized: mode !== 'require' && mode !== 'no-verify',
    ...(mode === 'verify-ca' && { checkServerIdentity: () => undefined }),
  };
}

const MODES = ['disable', 'allow', 'prefer', 'require', 'no-verify', 'verify-ca', 'verify-full'];

function fromUrl(url: Secret, values: DatabaseValues, warnings: string[]): Parts & { mode: string } {
  const parts = splitUrl(url.reveal());
  if (parts.parameters.get('pgbouncer') === 'true')
    throw new Refused(
      'asks for transaction pooling (pgbouncer=true), under which locks, LISTEN and prepared statements do not survive',
      'name the PostgreSQL server itself, or a pool in session mode, and remove pgbouncer=true',
    );
  for (const name of parts.parameters.keys())
    if (!UNDERSTOOD.has(name)) warnings.push(`DATABASE_URL has a parameter ${name}, which does nothing here.`);
  const own = parts.parameters.get('sslmode');
  const mode = own ?? values.DATABASE_SSLMODE ?? 'disable';
  if (!MODES.includes(mode)) throw new Refused(`has sslmode=${mode}`, `give one of ${MODES.join(', ')}`);
  return { ...parts, mode };
}

function fromParts(host: string, values: DatabaseValues): Parts & { mode: string } {
  return {
    host,
    port: values.DATABASE_PORT,
    user: values.DATABASE_USER,
    password: undefined,
    database: values.DATABASE_NAME,
    parameters: new URLSearchParams(),
    mode: values.DATABASE_SSLMODE ?? 'disable',
  };
}

/** The connection an address alone names. @throws Refused */
export function connectionOf(url: string): DatabaseConnection | undefined {
  return databaseConnection(
    {
      DATABASE_URL: new Secret(url),
      DATABASE_PASSWORD: undefined,
      DATABASE_HOST: undefined,
      DATABASE_PORT: 5432,
      DATABASE_NAME: '',
      DATABASE_USER: '',
      DATABASE_SSLMODE: undefined,
    },
    false,
    [],
  );
}

/**
 * The connection, or undefined for the embedded server. Adds to `warnings` what is allowed and unwise.
 * @throws Refused, completing "DATABASE_URL …"
 */
export function databaseConnection(
  values: DatabaseValues,
  production: boolean,
  warnings: string[],
): DatabaseConnection | undefined {
  const { DATABASE_URL: url, DATABASE_HOST: host } = values;
  if (!url && !host) return undefined;
  const parts = url ? fromUrl(url, values, warnings) : fromParts(host ?? 'localhost', values);
  if (parts.password !== undefined && !values.DATABASE_PASSWORD) refusePasswordPlaceholder(parts.password);
  for (const part of [parts.host, parts.user, parts.database]) if (part) refuseTemplate(part);
  const password = values.DATABASE_PASSWORD?.reveal() ?? parts.password;
  if (production && password !== undefined && isWeak(password))
    warnings.push('The database password is one that anyone tries first: choose a random one.');
  if (parts.mode === 'allow' || parts.mode === 'prefer')
    warnings.push(
      `sslmode=${parts.mode} is taken as disable, the driver cannot try both: choose require or verify-full.`,
    );
  const connection = {
    ...(parts.host !== undefined && { host: parts.host }),
    port: parts.port ?? 5432,
    ...(parts.user !== undefined && { user: parts.user }),
    ...(parts.database !== undefined && { database: parts.database }),
    ...(password !== undefined && { password: () => password }),
    ssl: encryption(parts.mode, parts.parameters),
  };
  return Object.freeze(connection);
}
