/** What single values cannot tell: combinations that contradict each other. Every fault comes with its mend. */
import type { Values, VariableName } from './variables.ts';

export type TelegramMode = 'polling' | 'webhook';

export interface Webhook {
  /** The public address Telegram calls. */
  readonly url: string;
  /** Its path: the route served. */
  readonly path: string;
}

const TELEGRAM_ROOT = 'https://api.telegram.org';
/** Ports Telegram's own servers call. */
const TELEGRAM_PORTS = ['', '443', '80', '88', '8443'];
const DEFAULT_PATH = '/telegram/webhook';
/** Telegram's documented limit over all chats, messages a second. Any other server tells its limits by refusing. */
const TELEGRAM_RATE = 30;

/** How updates arrive, as `auto` resolves. */
export function telegramMode(values: Values): TelegramMode {
  if (values.TELEGRAM_MODE !== 'auto') return values.TELEGRAM_MODE;
  if (values.TELEGRAM_WEBHOOK_URL) return 'webhook';
  return values.STEWARD_PUBLIC_URL && values.TELEGRAM_WEBHOOK_SECRET ? 'webhook' : 'polling';
}

/** Messages a second at most; null: as fast as the server takes them. */
export function rateOf(telegram: { readonly sendRate: number | 'auto'; readonly apiRoot: string }): number | null {
  if (telegram.sendRate !== 'auto') return telegram.sendRate;
  return telegram.apiRoot === '' || telegram.apiRoot === TELEGRAM_ROOT ? TELEGRAM_RATE : null;
}

/** The webhook's address, when there is one to be had. */
export function webhookOf(values: Values): Webhook | undefined {
  const own = values.TELEGRAM_WEBHOOK_URL;
  const url = own ?? (values.STEWARD_PUBLIC_URL ? `${values.STEWARD_PUBLIC_URL}${DEFAULT_PATH}` : undefined);
  const parsed = url ? URL.parse(url) : undefined;
  if (!url || !parsed) return undefined;
  // An address without a path of its own would put the route on "/", over everything else.
  return parsed.pathname === '/'
    ? { url: `${url}${DEFAULT_PATH}`, path: DEFAULT_PATH }
    : { url, path: parsed.pathname };
}

function webhookFaults(values: Values): string[] {
  if (!values.TELEGRAM_BOT_TOKEN || telegramMode(values) !== 'webhook') return [];
  const faults: string[] = [];
  const webhook = webhookOf(values);
  const source = values.TELEGRAM_WEBHOOK_URL ? 'TELEGRAM_WEBHOOK_URL' : 'STEWARD_PUBLIC_URL';
  if (!webhook)
    faults.push(
      'TELEGRAM_MODE is webhook without an address. Mend: give TELEGRAM_WEBHOOK_URL (or STEWARD_PUBLIC_URL), or use polling.',
    );
  if (!values.TELEGRAM_WEBHOOK_SECRET)
    faults.push(
      'A webhook needs TELEGRAM_WEBHOOK_SECRET, or anyone could speak as Telegram. Mend: set it to the output of `openssl rand -hex 32`.',
    );
  const parsed = webhook ? URL.parse(webhook.url) : undefined;
  if (parsed && values.TELEGRAM_API_ROOT === TELEGRAM_ROOT) {
    if (parsed.protocol !== 'https:')
      faults.push(`${source} begins with http://, Telegram calls https only. Mend: give an https address.`);
    if (!TELEGRAM_PORTS.includes(parsed.port))
      faults.push(
        `${source} has port ${parsed.port}, Telegram calls 443, 80, 88 and 8443 only. Mend: use one of them.`,
      );
  }
  if (webhook && /^\/(health|info|metrics|api)(\/|$)/.test(webhook.path))
    faults.push(`${source} has the path ${webhook.path}, which is taken. Mend: use another, like ${DEFAULT_PATH}.`);
  return faults;
}

function telegramFaults(values: Values, broken: ReadonlySet<VariableName>): string[] {
  const wanting =
    values.TELEGRAM_BOT_TOKEN && !broken.has('TELEGRAM_ALLOWED_USERS') && !values.TELEGRAM_ALLOWED_USERS?.length;
  return wanting
    ? [
        'TELEGRAM_ALLOWED_USERS is missing: with a token Steward must know whom it answers. Mend: give your numeric id (`steward init` finds it, @userinfobot tells it).',
      ]
    : [];
}

function databaseFaults(given: ReadonlySet<VariableName>): string[] {
  const faults: string[] = [];
  const parts: VariableName[] = ['DATABASE_HOST', 'DATABASE_PORT', 'DATABASE_NAME', 'DATABASE_USER'];
  const there = parts.filter((name) => given.has(name));
  if (given.has('DATABASE_URL') && there.length > 0)
    faults.push(
      `DATABASE_URL and ${there.join(', ')} are both given. Mend: keep the URL (its password may be DATABASE_PASSWORD), or the parts.`,
    );
  if (!given.has('DATABASE_URL') && !given.has('DATABASE_HOST')) {
    const orphans = [
      ...there,
      ...(['DATABASE_PASSWORD', 'DATABASE_SSLMODE'] as const).filter((name) => given.has(name)),
    ];
    if (orphans.length > 0)
      faults.push(
        `${orphans.join(', ')} is given without a server. Mend: give DATABASE_HOST or DATABASE_URL, or remove it.`,
      );
  }
  return faults;
}

/** Pairs that mean nothing alone. */
const TOGETHER: ReadonlyArray<readonly [VariableName, VariableName]> = [
  ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET'],
];

function togetherFaults(given: ReadonlySet<VariableName>): string[] {
  return TOGETHER.flatMap(([one, other]) => {
    if (given.has(one) === given.has(other)) return [];
    const [there, missing] = given.has(one) ? [one, other] : [other, one];
    return [`${there} is given without ${missing}. Mend: give both or neither.`];
  });
}

/** Contradictions. `given` are the names that have a value, `broken` those whose value was refused already. */
export function contradictions(
  values: Values,
  given: ReadonlySet<VariableName>,
  broken: ReadonlySet<VariableName>,
): string[] {
  const faults = [
    ...telegramFaults(values, broken),
    ...(broken.has('TELEGRAM_WEBHOOK_URL') || broken.has('TELEGRAM_WEBHOOK_SECRET') || broken.has('STEWARD_PUBLIC_URL')
      ? []
      : webhookFaults(values)),
    ...databaseFaults(given),
    ...togetherFaults(given),
  ];
  if (values.PORT !== 0 && values.PORT === values.METRICS_PORT)
    faults.push(
      `PORT and METRICS_PORT are both ${values.PORT}. Mend: give them different ones; metrics are not for the public.`,
    );
  if (given.has('STEWARD_ROLES') && !broken.has('STEWARD_ROLES') && values.STEWARD_ROLES.length === 0)
    faults.push('STEWARD_ROLES names none. Mend: give some of web, worker, poller, or remove it.');
  return faults;
}

/** Allowed, but perhaps not meant. */
export function doubts(values: Values): string[] {
  const found: string[] = [];
  if (values.TELEGRAM_BOT_TOKEN && values.TELEGRAM_MODE === 'polling' && values.TELEGRAM_WEBHOOK_URL)
    found.push('TELEGRAM_WEBHOOK_URL does nothing while TELEGRAM_MODE is polling.');
  const s3 = values.BACKUP_TARGET?.startsWith('s3:');
  if (s3 && !values.BACKUP_AGE_RECIPIENT)
    found.push('Backups leave this machine unencrypted: give BACKUP_AGE_RECIPIENT (a key from `age-keygen`).');
  if (values.BACKUP_MIN_KEEP > values.BACKUP_KEEP_LAST)
    found.push('BACKUP_MIN_KEEP is above BACKUP_KEEP_LAST: the greater one decides.');
  const secret = values.TELEGRAM_WEBHOOK_SECRET?.reveal();
  if (secret && secret.length < 16)
    found.push('TELEGRAM_WEBHOOK_SECRET is short: `openssl rand -hex 32` makes a good one.');
  return found;
}
