/** `steward init`: asks what Steward must know, checks it, and writes a protected `.env`. */
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { type Answers, type Dialogue, setUp } from './init/set-up.ts';

interface InitFlags {
  token?: string;
  user?: string;
  databaseUrl?: string;
  timezone?: string;
  apiRoot?: string;
  force?: boolean;
  check: boolean;
  input: boolean;
}

/** Without a terminal nobody can be asked: every question takes its default. */
function terminalDialogue(interactive: boolean): Dialogue & { close(): void } {
  const lines = interactive ? createInterface({ input: process.stdin, output: process.stdout }) : undefined;
  return {
    interactive,
    ask: async (question, fallback = '') => {
      if (!lines) return fallback;
      const answer = await lines.question(fallback ? `${question} [${fallback}] ` : `${question} `);
      return answer.trim() || fallback;
    },
    say: (text) => console.log(text),
    close: () => lines?.close(),
  };
}

function given(flags: InitFlags): Answers {
  const token = flags.token ?? process.env['TELEGRAM_BOT_TOKEN'];
  const databaseUrl = flags.databaseUrl ?? process.env['DATABASE_URL'];
  const apiRoot = flags.apiRoot ?? process.env['TELEGRAM_API_ROOT'];
  return {
    ...(token !== undefined && { token }),
    ...(flags.user !== undefined && { users: flags.user }),
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(flags.timezone !== undefined && { timezone: flags.timezone }),
    ...(apiRoot !== undefined && { apiRoot }),
    force: flags.force ?? false,
    check: flags.check,
  };
}

/** The command. Its action throws ConfigurationError (78) when a given value is wrong; a typed one is asked for again. */
export function initCommand(): Command {
  return new Command('init')
    .description('ask for what Steward needs, check it, and write .env')
    .option('--token <token>', "the bot's token (better in TELEGRAM_BOT_TOKEN: a command line is seen by others)")
    .option('--user <ids>', 'numeric ids of the people it answers, comma separated; the first is the owner')
    .option('--database-url <url>', 'a PostgreSQL of your own; empty for the embedded one')
    .option('--timezone <zone>', 'IANA name')
    .option('--api-root <url>', 'root of the Bot API server')
    .option('--force', 'replace an existing .env (the old one is kept as .env.before-init)')
    .option('--no-check', 'do not ask Telegram or the database whether the values work')
    .option('--no-input', 'ask nothing, take what is given and the defaults')
    .action(async (flags: InitFlags) => {
      const interactive = flags.input && process.stdin.isTTY === true;
      const dialogue = terminalDialogue(interactive);
      try {
        await setUp(process.cwd(), given(flags), dialogue);
      } finally {
        dialogue.close();
      }
    });
}
