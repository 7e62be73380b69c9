/** `steward start`: the whole program. Without a Telegram token it talks in this terminal, or serves until told to stop. */
import { Command } from 'commander';
import { servesChat } from './arguments/chat-options.ts';

/** The command for src/main.ts. */
export function startCommand(): Command {
  const command = new Command('start').description(
    'run Steward: with a token the bot, without one a chat in this terminal and in the browser',
  );
  return servesChat(command, false);
}
