/** What Telegram means by a refusal, told by its words: it has no other sign for most of them. */
import type { Outcome } from '../api.ts';

export const UNREACHABLE =
  /bot was blocked|user is deactivated|chat not found|bot was kicked|bot is not a member|have no rights|not enough rights|CHAT_WRITE_FORBIDDEN|PEER_ID_INVALID/i;
export const CANNOT_EDIT =
  /message to edit not found|message can't be edited|MESSAGE_ID_INVALID|message identifier is not specified|there is no text in the message/i;
export const NOT_MODIFIED = /message is not modified/i;
export const NO_TOPIC = /thread not found|TOPIC_(?:CLOSED|DELETED|ID_INVALID)/i;
export const GONE = /message to delete not found|message can't be deleted/i;

export type Refused = Extract<Outcome, { kind: 'refused' }>;

/** True when Telegram refused what we built, and not the chat. */
export function isOurFault(outcome: Outcome): outcome is Refused {
  return (
    outcome.kind === 'refused' &&
    outcome.code === 400 &&
    outcome.migrateTo === undefined &&
    !UNREACHABLE.test(outcome.reason)
  );
}
