/** `steward chat`: the chat in this terminal, whether or not a Telegram token is configured. */
import { Command } from 'commander';
import { servesChat } from './arguments/chat-options.ts';

/** The command for src/main.ts. */
export function chatCommand(): Command {
  const command = new Command('chat').description(
    'talk to Steward in this terminal or in the browser, on its own data, without Telegram',
  );
  return servesChat(command, true);
}
