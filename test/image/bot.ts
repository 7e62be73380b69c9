/** A conversation with Steward in a container: the stand-in for Telegram in another, steered from a third or over a published port. */
import { inject } from 'vitest';
import { CONFINED, docker, logs, start, until } from './engine.ts';

/** The form of a bot's token; the stand-in takes no other than this one. */
export const TOKEN = '4200000000:of-the-form-of-a-token-and-nothing-else';
export const OWNER = 42;

/** The environment of a Steward that talks to the stand-in called `telegram`. */
export function botSettings(telegram: string): string[] {
  const values = {
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: `http://${telegram}:8081`,
    TELEGRAM_ALLOWED_USERS: String(OWNER),
  };
  return Object.entries(values).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
}

/** The stand-in, from the very image under test. */
export async function startTelegram(network: string): Promise<Telegram> {
  const container = await start('telegram', [...CONFINED, '--network', network], inject('engine').image, [
    'sandbox',
    '--host=0.0.0.0',
    `--user=${OWNER}`,
    `--token=${TOKEN}`,
  ]);
  return { container, node: 'node' };
}

/** PostgreSQL 18 with a database `steward` and its password. */
export async function startDatabase(network: string, password: string): Promise<string> {
  const env = { POSTGRES_USER: 'steward', POSTGRES_DB: 'steward', POSTGRES_PASSWORD: password };
  const given = Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const name = await start('database', ['--network', network, ...given], 'postgres:18');
  const ready = ['exec', name, 'pg_isready', '--host=127.0.0.1', '--username=steward'];
  await until(
    () => logs(name),
    async () => (await docker(ready, { mayFail: true })).code === 0,
  );
  return name;
}

/** Where a stand-in runs: its container, and the Node in it. */
export interface Telegram {
  readonly container: string;
  readonly node: string;
}

/** Asks the stand-in from inside its container: to callers on its own loopback it answers without a key. */
export async function control(telegram: Telegram, path: string, body?: Record<string, unknown>): Promise<unknown> {
  const script = `fetch('http://127.0.0.1:8081/sandbox/' + process.argv[1], process.argv[2] ? { method: 'POST', body: process.argv[2] } : {})
    .then(async (answer) => { console.log(await answer.text()); process.exitCode = answer.ok ? 0 : 1; })`;
  const given = [path, ...(body ? [JSON.stringify(body)] : [])];
  const { out } = await docker(['exec', telegram.container, telegram.node, '-e', script, ...given]);
  return JSON.parse(out);
}

/** Writes as the owner; resolves to the first answer that contains `expected`. Fails with what Steward logged. */
export async function say(
  telegram: Telegram,
  text: string,
  expected: string,
  log: () => Promise<string>,
): Promise<string> {
  const sent = (await control(telegram, `users/${OWNER}/send`, { text })) as { order?: number };
  const query = new URLSearchParams({ contains: expected, timeout_ms: '30000', after: String(sent.order ?? 0) });
  try {
    const seen = (await control(telegram, `chats/${OWNER}/wait?${query}`)) as { message: { text?: string } };
    return seen.message.text ?? '';
  } catch (error) {
    throw new Error(`no answer with "${expected}" to "${text}":\n${await log()}`, { cause: error });
  }
}
