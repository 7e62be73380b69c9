/** `steward start`: the whole program. Without a Telegram token it talks in this terminal, or serves until told to stop. */
import { Command } from 'commander';
import { duration } from './arguments/duration.ts';
import { parsePort } from './arguments/port.ts';
import { runSteward } from './run.ts';

/** The command for src/main.ts. */
export function startCommand(): Command {
  return new Command('start')
    .description('run Steward: with a token the bot, without one a chat in this terminal and in the browser')
    .option('--wait <duration>', 'with piped input, stay this long after its end for reminders that fall due', duration)
    .option('--page-port <number>', 'port of the chat in the browser, on loopback; 0 takes any free one', parsePort, 0)
    .option('--no-page', 'no chat in the browser')
    .action(async (options: { wait?: number; pagePort: number; page: boolean }) => {
      process.exitCode = await runSteward({
        waitMs: options.wait ?? 0,
        alwaysLocal: false,
        pagePort: options.page ? options.pagePort : undefined,
      });
    });
}
