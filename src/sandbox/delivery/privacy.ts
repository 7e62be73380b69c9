/** Which messages of a group a bot in privacy mode is told, as Telegram documents it. */
import type { Message } from '@grammyjs/types';

/** Fields of messages that people did not write: every bot is told of these. */
const serviceFields = [
  'new_chat_members',
  'left_chat_member',
  'new_chat_title',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'pinned_message',
  'forum_topic_created',
  'group_chat_created',
  'supergroup_chat_created',
] as const satisfies readonly (keyof Message)[];

/** True for commands that name no other bot, mentions of the bot, replies to its messages and service messages. */
export function toldInPrivacyMode(message: Message, bot: { readonly id: number; readonly username: string }): boolean {
  if (serviceFields.some((field) => message[field] !== undefined)) return true;
  if (message.reply_to_message?.from?.id === bot.id) return true;
  if (message.via_bot?.id === bot.id) return true;
  const text = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  return entities.some((entity) => {
    const words = text.slice(entity.offset, entity.offset + entity.length).toLowerCase();
    const own = `@${bot.username.toLowerCase()}`;
    switch (entity.type) {
      case 'bot_command':
        return words.includes('@') ? words.endsWith(own) : entity.offset === 0;
      case 'mention':
        return words === own;
      case 'text_mention':
        return entity.user.id === bot.id;
      default:
        return false;
    }
  });
}
