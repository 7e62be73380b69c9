/** Answers claimed by the transaction that writes them: one commit less between a message and its answer. */
import type { Clock } from '../../core/clock.ts';
import type { ChatId } from '../../core/ids.ts';
import type { Outlet, PutIn } from '../../outbox/outbox.ts';
import type { Claimed } from './claims.ts';

/** The right to claim, for one transaction. */
export interface OwnClaim {
  readonly outlet: NonNullable<Outlet['own']>;
  /** The transaction ended. Where it failed after it had claimed, its commit may have gone through unheard. */
  close(committed: boolean): void;
}

export interface OwnClaims {
  /** For one transaction. */
  open(): OwnClaim;
  /** transactions that have claimed and not ended */
  claiming(): number;
}

export interface OwnClaimsOptions {
  readonly owner: string;
  readonly clock: Clock;
  /** whether something may leave at once in this chat now */
  readonly may: (chatId: ChatId) => boolean;
  /** `since`: monotonic ms, before the database was asked what waits in the chat */
  readonly take: (messages: readonly Claimed[], since: number) => void;
  /** Rows may carry our name that we know nothing of. */
  readonly onDoubt: () => void;
}

function claimed(message: PutIn): Claimed {
  return {
    id: message.id,
    chatId: message.chatId,
    priority: message.priority,
    method: message.method,
    payload: message.payload,
    deliveryId: null,
    link: message.link ?? null,
    attempts: 1,
    repeat: false,
    orderAt: message.orderAt,
    causedAt: message.causedAt ?? null,
    delivery: null,
  };
}

/** Opens the claims of one sender. */
export function openOwnClaims(options: OwnClaimsOptions): OwnClaims {
  let claiming = 0;
  return {
    claiming: () => claiming,
    open() {
      let since: number | undefined;
      return {
        outlet: {
          begin(chatId) {
            if (!options.may(chatId)) return undefined;
            if (since === undefined) claiming += 1;
            since ??= performance.now();
            return { owner: options.owner, now: options.clock.now() };
          },
          take: (messages) => options.take(messages.map(claimed), since ?? Number.NEGATIVE_INFINITY),
        },
        close(committed) {
          if (since === undefined) return;
          claiming -= 1;
          if (!committed) options.onDoubt();
        },
      };
    },
  };
}
