/** Tells Telegram our commands, by scope and language, only when they differ from what it was told. */
import { createHash } from 'node:crypto';
import type { Directory } from '../../access/people.ts';
import type { BotId } from '../../core/ids.ts';
import { languages, translator } from '../../locales/translator.ts';
import type { Database } from '../../storage/database.ts';
import { botFact, keepBotFact } from '../facts.ts';
import type { Command } from '../feature.ts';
import { type TelegramApi, TelegramFailure } from '../send/api.ts';

type Scope = { type: 'all_private_chats' } | { type: 'all_group_chats' } | { type: 'chat'; chat_id: number };

/** Sets the menus: everyone's for all private chats, what is of use among people for groups, the operator's for their own chat. Throws `TelegramFailure`. */
export async function keepMenu(
  db: Database,
  api: TelegramApi,
  botId: BotId,
  commands: readonly Command[],
  directory: Directory,
): Promise<number> {
  // Who never wrote has no name yet, and Telegram no chat to show a menu in.
  const operator = directory.people().find(({ role, name }) => role === 'operator' && name !== '')?.telegramUserId;
  const scopes: Array<{ name: string; scope: Scope; commands: readonly Command[] }> = [
    {
      name: 'everyone',
      scope: { type: 'all_private_chats' },
      commands: commands.filter((command) => command.menu && command.scope === 'everyone'),
    },
    {
      name: 'groups',
      scope: { type: 'all_group_chats' },
      commands: commands.filter(({ menu, scope, place }) => menu && scope === 'everyone' && place !== 'private'),
    },
    ...(operator
      ? [
          {
            name: `operator:${operator}`,
            scope: { type: 'chat' as const, chat_id: operator },
            commands: commands.filter((command) => command.menu),
          },
        ]
      : []),
  ];
  let set = 0;
  for (const { name, scope, commands: shown } of scopes) {
    for (const language of [undefined, ...languages.filter((tag) => tag !== 'en')]) {
      const t = translator(language ?? 'en');
      const list = shown.map((command) => ({
        command: command.name,
        description: t.text(`command-${command.name}`).slice(0, 256),
      }));
      const hash = createHash('sha256').update(JSON.stringify(list)).digest('hex');
      const fact = `menu:${name}:${language ?? ''}`;
      if ((await botFact(db, botId, fact)) === hash) continue;
      try {
        await api.ask('setMyCommands', { commands: list, scope, ...(language ? { language_code: language } : {}) });
      } catch (error) {
        // Telegram knows no chat before the operator has opened it: theirs is told when it is there, with the next look.
        const early = error instanceof TelegramFailure && error.outcome.kind === 'refused' && scope.type === 'chat';
        if (early) continue;
        throw error;
      }
      await keepBotFact(db, botId, fact, hash);
      set += 1;
    }
  }
  return set;
}
