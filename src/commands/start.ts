/** `steward start`: the whole program. Without a Telegram token it talks in this terminal, or serves until told to stop. */
import { Command, InvalidArgumentError } from 'commander';
import { runSteward } from './run.ts';

/** '90s', '2m', '1500ms' or plain seconds, in milliseconds. */
export function duration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text.trim());
  if (!match) throw new InvalidArgumentError('a duration such as 90s, 2m or 500ms');
  const unit = { ms: 1, s: 1_000, m: 60_000 }[match[2] ?? 's'] ?? 1_000;
  return Number(match[1]) * unit;
}

/** The command for src/main.ts. */
export function startCommand(): Command {
  return new Command('start')
    .description('run Steward: with a token the bot, without one a chat in this terminal')
    .option('--wait <duration>', 'with piped input, stay this long after its end for reminders that fall due', duration)
    .action(async (options: { wait?: number }) => {
      process.exitCode = await runSteward({ waitMs: options.wait ?? 0, alwaysLocal: false });
    });
}
