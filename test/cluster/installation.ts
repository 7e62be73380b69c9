/** One installation for a test: a restricted namespace, Telegram's stand-in in a pod of its own, a Secret, a release of the chart. */
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { apply, begin, chart, ground, helm, kubectl, within } from './commands.ts';

export const TOKEN = `7${randomBytes(4).readUInt32BE()}:AA${randomBytes(24).toString('base64url').replaceAll(/[-_]/g, 'x')}`;
/** Everything that breaks a URL. */
export const PASSWORD = `p@ss:/w?rd#%25 "x'${randomBytes(6).toString('hex')}`;
export const PEOPLE = [7001, 7002, 7003, 7004];

interface Seen {
  readonly fromBot: boolean;
  readonly message: { readonly message_id: number; readonly text?: string };
}

export interface Installation {
  readonly namespace: string;
  /** `helm upgrade --install --wait` with the values of the installation and these. */
  upgrade(values?: Readonly<Record<string, unknown>>, release?: string): Promise<string>;
  /** Asks the stand-in, as its control side documents. */
  telegram<T>(path: string, body?: object): Promise<T>;
  say(person: number, text: string): Promise<void>;
  /** Texts of the bot's messages to a person, oldest first. */
  heard(person: number): Promise<string[]>;
  /** Says something and resolves to the first answer that comes after it. */
  ask(person: number, text: string): Promise<string>;
  /** Rows of a query on the standalone database, fields by '|'. */
  query(sql: string): Promise<string[]>;
  /** Everything of the namespace goes. */
  remove(): Promise<void>;
}

const restricted = {
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
};

/** A pod of Steward's image that is none of the chart's. */
export function pod(name: string, container: object): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: name } },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 1,
      securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{ name, image: ground.image, imagePullPolicy: 'IfNotPresent', ...restricted, ...container }],
    },
  };
}

/** `kubectl port-forward`: the local address, and the process to end. */
export async function forward(namespace: string, target: string, port: number): Promise<[string, ChildProcess]> {
  const child = begin('kubectl', ['-n', namespace, 'port-forward', target, `:${port}`]);
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += String(chunk);
  });
  const local = await within(30, 'port-forward', async () => /127\.0\.0\.1:(\d+)/.exec(said)?.[1]);
  return [`http://127.0.0.1:${local}`, child];
}

/** `repository:tag` as values. */
export function imageValues(image: string): object {
  const [, repository = '', tag = ''] = /^(.*):([^:/]+)$/.exec(image) ?? [];
  return { repository, tag };
}

/** Makes the namespace and what stands beside the release; the release itself comes with `upgrade`. */
export async function prepare(namespace: string): Promise<Installation> {
  await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--timeout=120s');
  await kubectl('create', 'namespace', namespace);
  await kubectl('label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted');
  const args = ['sandbox', '--host', '0.0.0.0', '--port', '8081', '--token', TOKEN];
  for (const person of PEOPLE) args.push('--user', String(person));
  await apply(namespace, pod('telegram', { args, ports: [{ containerPort: 8081 }] }));
  await apply(namespace, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'telegram' },
    spec: { selector: { app: 'telegram' }, ports: [{ port: 8081 }] },
  });
  await kubectl(
    '-n',
    namespace,
    'create',
    'secret',
    'generic',
    'steward',
    `--from-literal=TELEGRAM_BOT_TOKEN=${TOKEN}`,
    `--from-literal=DATABASE_PASSWORD=${PASSWORD}`,
  );
  await kubectl('-n', namespace, 'wait', '--for=condition=Ready', 'pod/telegram', '--timeout=90s');
  const [control, forwarding] = await forward(namespace, 'service/telegram', 8081);

  async function telegram<T>(path: string, body?: object): Promise<T> {
    const response = await fetch(`${control}/sandbox/${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer as T;
  }
  const messages = (person: number, after = 0) =>
    telegram<Seen[]>(`chats/${person}/messages?after=${after}`).then((seen) => seen.filter((one) => one.fromBot));

  return {
    namespace,
    telegram,
    async upgrade(values = {}, release = 'steward') {
      const all = {
        image: imageValues(ground.image),
        existingSecret: { name: 'steward' },
        telegram: { apiRoot: 'http://telegram:8081', allowedUsers: PEOPLE },
        database: { standalone: { enabled: true } },
        log: { level: 'info' },
      };
      const options = ['-n', namespace, '--wait', '--timeout', '180s', '--values', '-'];
      return helm(['upgrade', '--install', release, chart, ...options], JSON.stringify(merged(all, values)));
    },
    async say(person, text) {
      await telegram(`users/${person}/send`, { text });
    },
    heard: async (person) => (await messages(person)).map((one) => one.message.text ?? ''),
    async ask(person, text) {
      const before = (await messages(person)).length;
      await telegram(`users/${person}/send`, { text });
      return within(60, `an answer to "${text}"`, async () => (await messages(person))[before]?.message.text);
    },
    async query(sql) {
      const database = [
        'exec',
        'steward-database-0',
        '-c',
        'postgresql',
        '--',
        'psql',
        '-U',
        'steward',
        '-d',
        'steward',
      ];
      const rows = await kubectl('-n', namespace, ...database, '-Atc', sql);
      return rows.split('\n').filter((row) => row !== '');
    },
    async remove() {
      forwarding.kill('SIGTERM');
      await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
    },
  };
}

type Values = Readonly<Record<string, unknown>>;

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `over` laid over `under`, as Helm lays one file of values over another. */
function merged(under: Values, over: Values): Values {
  const both = Object.entries(over).map(([key, value]) => {
    const below = under[key];
    return [key, isValues(value) && isValues(below) ? merged(below, value) : value];
  });
  return { ...under, ...Object.fromEntries(both) };
}
