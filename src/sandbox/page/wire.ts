/** What the chat page and its server say to each other. Messages travel as the bot's calls left them: the page draws what the Bot API received. */
import type { BotCommand, Message, MessageEntity, User } from '@grammyjs/types';
import type { SeenMessage } from '../world.ts';

/** One message as the page gets it. */
export interface ShownMessage {
  /** Place in the order of the chat. */
  readonly order: number;
  readonly fromBot: boolean;
  readonly message: Message;
  /** A custom keyboard, its removal or a forced reply that came with it, as the bot gave it. */
  readonly replyKeyboard?: Readonly<Record<string, unknown>>;
}

/** What happens in the chat after the page was loaded. */
export type PageEvent =
  | { readonly kind: 'message' | 'edit'; readonly shown: ShownMessage }
  | { readonly kind: 'delete'; readonly messageId: number }
  | { readonly kind: 'toast'; readonly text: string; readonly alert: boolean; readonly queryId: string }
  | { readonly kind: 'action'; readonly action: string }
  | {
      readonly kind: 'draft';
      readonly draftId: number;
      readonly text: string;
      readonly entities: readonly MessageEntity[];
      readonly canStop: boolean;
    }
  /** The page missed more than is kept: it loads the chat anew. */
  | { readonly kind: 'reset' };

/** The chat as it stands. */
export interface ChatState {
  readonly bot: { readonly id: number; readonly name: string };
  readonly me: { readonly id: number; readonly name: string };
  /** Names this run of the stand-in: another one has another chat. */
  readonly run: string;
  /** Milliseconds since the epoch by the stand-in's clock. */
  readonly now: number;
  /** The newest messages, oldest first. */
  readonly messages: readonly ShownMessage[];
  /** There are older ones. */
  readonly more: boolean;
  /** The newest custom keyboard that was neither removed nor replaced. */
  readonly keyboard: { readonly messageId: number; readonly markup: Readonly<Record<string, unknown>> } | null;
  /** Events follow from here. */
  readonly cursor: string;
}

export interface OlderMessages {
  readonly messages: readonly ShownMessage[];
  readonly more: boolean;
}

export interface CommandList {
  readonly commands: readonly BotCommand[];
}

/** A message for the page. */
export function shown(seen: SeenMessage): ShownMessage {
  return {
    order: seen.order,
    fromBot: seen.fromBot,
    message: seen.message,
    ...(seen.replyKeyboard === undefined ? {} : { replyKeyboard: seen.replyKeyboard }),
  };
}

/** A person's or a bot's name as the page shows it. */
export function nameOf(user: Pick<User, 'first_name' | 'last_name'>): string {
  return [user.first_name, user.last_name].filter(Boolean).join(' ');
}
