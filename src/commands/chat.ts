/** `steward chat`: the chat in this terminal, whether or not a Telegram token is configured. */
import { Command } from 'commander';
import { duration } from './arguments/duration.ts';
import { parsePort } from './arguments/port.ts';
import { runSteward } from './run.ts';

/** The command for src/main.ts. */
export function chatCommand(): Command {
  return new Command('chat')
    .description('talk to Steward in this terminal or in the browser, on its own data, without Telegram')
    .option('--wait <duration>', 'with piped input, stay this long after its end for reminders that fall due', duration)
    .option('--page-port <number>', 'port of the chat in the browser, on loopback; 0 takes any free one', parsePort, 0)
    .option('--no-page', 'no chat in the browser')
    .action(async (options: { wait?: number; pagePort: number; page: boolean }) => {
      process.exitCode = await runSteward({
        waitMs: options.wait ?? 0,
        alwaysLocal: true,
        pagePort: options.page ? options.pagePort : undefined,
      });
    });
}
