/** `steward chat`: the chat in this terminal, whether or not a Telegram token is configured. */
import { Command } from 'commander';
import { duration } from './duration.ts';
import { runSteward } from './run.ts';

/** The command for src/main.ts. */
export function chatCommand(): Command {
  return new Command('chat')
    .description('talk to Steward in this terminal, on its own data, without Telegram')
    .option('--wait <duration>', 'with piped input, stay this long after its end for reminders that fall due', duration)
    .action(async (options: { wait?: number }) => {
      process.exitCode = await runSteward({ waitMs: options.wait ?? 0, alwaysLocal: true });
    });
}
