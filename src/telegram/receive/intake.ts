/** The door that webhook and poller share: gate, invitation, inbox. When it returns, updates are stored and Telegram may be answered. */
import type { Directory, Person } from '../../access/people.ts';
import type { BotId, ChatId } from '../../core/ids.ts';
import type { Database } from '../../storage/database.ts';
import type { Addressee } from './addressed.ts';
import type { Gaps } from './gaps.ts';
import { gate, isUpdate, type Passed, type RawUpdate, type TelegramUser } from './gate.ts';
import { storeUpdates } from './inbox.ts';

export interface IntakeOptions {
  readonly db: Database;
  readonly botId: BotId;
  readonly directory: Directory;
  /** whom people address in groups */
  readonly bot: Addressee;
  /** Uses an open invitation once; undefined when another was faster. */
  readonly acceptInvitation: (code: string, from: TelegramUser) => Promise<Person | undefined>;
  readonly gaps: Gaps;
  /** Something new waits in these lanes. */
  readonly wake: (lanes: readonly ChatId[]) => void;
  /** Counts an update by type and outcome. */
  readonly count: (type: string, outcome: 'stored' | 'duplicate' | 'refused' | 'malformed') => void;
}

export interface Intake {
  /** Takes a batch in; rejects when it could not be stored, so that Telegram sends it again. */
  accept(updates: readonly unknown[]): Promise<void>;
}

interface Accepted {
  readonly update: RawUpdate;
  readonly passed: Passed;
}

/** Updates that are stored together. */
interface Gathering {
  readonly items: Accepted[];
  readonly stored: Promise<ReadonlySet<number>>;
}

/** Makes the door of one bot. */
export function openIntake(options: IntakeOptions): Intake {
  async function judge(update: RawUpdate): Promise<Passed | undefined> {
    const first = gate(update, options.directory, options.bot);
    if (first.verdict === 'passed') return first;
    if (first.verdict === 'invited' && (await options.acceptInvitation(first.code, first.from))) {
      await options.directory.refresh();
      const again = gate(update, options.directory, options.bot);
      if (again.verdict === 'passed') return again;
    }
    options.count(first.verdict === 'refused' ? first.type : 'message', 'refused');
    options.gaps.refused(update.update_id);
    options.gaps.came([update.update_id]);
    return undefined;
  }

  let gathering: Gathering | undefined;
  let storing: Promise<unknown> = Promise.resolve();

  /**
   * Stores by one statement at a time; what other calls of the webhook bring meanwhile gathers for the next. Under load that is one
   * commit for dozens of updates. Returns the ids that were new.
   */
  async function store(items: readonly Accepted[]): Promise<ReadonlySet<number>> {
    const own = gathering ?? gather();
    own.items.push(...items);
    try {
      return await own.stored;
    } catch (error) {
      // What failed together is tried apart: an update the database will not have must not keep others out.
      if (items.length === own.items.length) throw error;
      return (await storeUpdates(options.db, options.botId, items)).fresh;
    }
  }

  function gather(): Gathering {
    const items: Accepted[] = [];
    const stored = storing.then(async () => {
      gathering = undefined;
      return (await storeUpdates(options.db, options.botId, items)).fresh;
    });
    storing = stored.catch(() => {});
    gathering = { items, stored };
    return gathering;
  }

  return {
    async accept(updates) {
      const passed: Accepted[] = [];
      for (const update of updates) {
        if (!isUpdate(update)) {
          options.count('other', 'malformed');
          continue;
        }
        options.gaps.seen(update.update_id);
        const verdict = await judge(update);
        if (verdict) passed.push({ update, passed: verdict });
      }
      if (passed.length === 0) return;
      const fresh = await store(passed).catch((error: unknown) => {
        options.gaps.failed();
        throw error;
      });
      const lanes = new Set<ChatId>();
      for (const item of passed) {
        if (fresh.has(item.update.update_id)) lanes.add(item.passed.lane);
        options.count(item.passed.type, fresh.has(item.update.update_id) ? 'stored' : 'duplicate');
      }
      options.gaps.came([...fresh]);
      if (lanes.size > 0) options.wake([...lanes]);
    },
  };
}
