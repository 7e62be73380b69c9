/** What `steward start` and `steward chat` share: the options of the local chat, and running Steward with them. */
import type { Command } from 'commander';
import { runSteward } from '../run.ts';
import { duration } from './duration.ts';
import { parsePort } from './port.ts';

/** Gives `command` the options and its action. `alwaysLocal`: a configured token is ignored. */
export function servesChat(command: Command, alwaysLocal: boolean): Command {
  return command
    .option('--wait <duration>', 'with piped input, stay this long after its end for reminders that fall due', duration)
    .option('--page-port <number>', 'port of the chat in the browser, on loopback; 0 takes any free one', parsePort, 0)
    .option('--no-page', 'no chat in the browser')
    .action(async (options: { wait?: number; pagePort: number; page: boolean }) => {
      process.exitCode = await runSteward({
        waitMs: options.wait ?? 0,
        alwaysLocal,
        pagePort: options.page ? options.pagePort : undefined,
      });
    });
}
