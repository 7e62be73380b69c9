/** `steward sandbox`: the stand-in for Telegram alone, for bots and tests in other processes. */
import { Command, InvalidArgumentError } from 'commander';
import { errorCode, Upstream } from '../core/errors.ts';
import { ChatPage, type Sandbox, startSandbox } from '../sandbox/index.ts';
import { parsePort } from './arguments/port.ts';

interface Flags {
  readonly port: number;
  readonly host: string;
  readonly token?: string;
  readonly user: readonly number[];
  readonly limits: boolean;
  readonly controlKey?: string;
  readonly allowRemoteControl: boolean;
  readonly page: boolean;
}

/** The command for the command line. Fails (exit code 1) with its mend when the port is taken. */
export function sandboxCommand(): Command {
  return new Command('sandbox')
    .description('run a stand-in for Telegram that any bot can use as its Bot API server')
    .option('--port <number>', 'port to listen on, 0 for any free one', parsePort, 8081)
    .option('--host <address>', 'address to listen on, 0.0.0.0 for all', '127.0.0.1')
    .option('--token <token>', "the bot's token (default: one is made up)", parseToken)
    .option('--user <id>', 'a person who has started the bot; may be given again', parseUser, [])
    .option('--limits', "apply Telegram's limits on sending", false)
    .option('--control-key <key>', 'key for callers from elsewhere to steer the stand-in (Authorization: Bearer)')
    .option('--allow-remote-control', 'let anyone who reaches the port steer the stand-in', false)
    .option('--page', 'a page in the browser to talk to the bot as the first --user (default: 1)', false)
    .action(async (flags: Flags) => {
      const sandbox = await listen(flags);
      for (const id of flags.user) sandbox.user(id);
      process.stdout.write(greeting(sandbox, flags));
      const page = flags.page ? await openPage(sandbox, flags.user[0] ?? 1) : undefined;
      process.stdout.write('Ctrl-C ends it.\n');
      await untilSignal();
      await page?.stop();
      await sandbox.stop();
    });
}

async function listen(flags: Flags): Promise<Sandbox> {
  const { port, host, token, limits, controlKey, allowRemoteControl } = flags;
  try {
    return await startSandbox({
      port,
      host,
      limits,
      ...(token === undefined ? {} : { token }),
      control: { anyone: allowRemoteControl, ...(controlKey === undefined ? {} : { key: controlKey }) },
    });
  } catch (error) {
    throw new Upstream('network', fault(errorCode(error), port, host) ?? String(error), { cause: error });
  }
}

/** What to do about an address that cannot be listened on. */
function fault(code: string | undefined, port: number, host: string): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${host} is taken by another program. Stop that one, or choose another port: --port 0 takes any free one.`;
    case 'EACCES':
      return `Port ${port} may not be used by this user. Choose one above 1023: --port 8081.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${host}. Use --host 127.0.0.1, or 0.0.0.0 for all addresses.`;
    default:
      return undefined;
  }
}

function greeting(sandbox: Sandbox, { host, controlKey, allowRemoteControl }: Flags): string {
  const near = ['127.0.0.1', 'localhost', '::1'].includes(host);
  const who = allowRemoteControl
    ? 'anyone'
    : controlKey !== undefined
      ? 'this machine, others with the key'
      : 'this machine only';
  return [
    `Telegram's stand-in listens at ${sandbox.url}${near ? '' : ` (all of ${host})`}`,
    '',
    `  TELEGRAM_API_ROOT=${sandbox.url}`,
    `  TELEGRAM_BOT_TOKEN=${sandbox.token}`,
    '',
    `Steer it at ${sandbox.url}/sandbox (${who}); GET lists what can be asked.`,
    '',
  ].join('\n');
}

/** The page as `id` sees it. A person who opens it has started the bot. */
async function openPage(sandbox: Sandbox, id: number): Promise<ChatPage> {
  const tell = (address: string): void => {
    process.stdout.write(`Talk to the bot in a browser, as ${id}: ${address} (opens once)\n`);
  };
  const page = new ChatPage({ server: sandbox, user: sandbox.user(id), onFreshAddress: tell });
  await page.start();
  tell(page.newAddress());
  return page;
}

/** Resolves at SIGINT or SIGTERM. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const signals = ['SIGINT', 'SIGTERM'] as const;
    const done = (): void => {
      for (const signal of signals) process.off(signal, done);
      resolve();
    };
    for (const signal of signals) process.on(signal, done);
  });
}

function parseToken(value: string): string {
  if (!/^\d{1,15}:[\w-]+$/.test(value)) throw new InvalidArgumentError('A token looks like 123456:ABC-def.');
  return value;
}

function parseUser(value: string, previous: readonly number[]): readonly number[] {
  const id = Number(value);
  if (!/^\d{1,15}$/.test(value) || id === 0)
    throw new InvalidArgumentError('The id of a person is a positive whole number.');
  return [...previous, id];
}
