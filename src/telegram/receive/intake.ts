/** The door both ways in share: gate, invitation, inbox. What returns is stored; Telegram may be answered. */
import type { Directory, Person } from '../../access/people.ts';
import type { BotId, ChatId } from '../../core/ids.ts';
import type { Database } from '../../storage/database.ts';
import { gate, isUpdate, type Passed, type RawUpdate, type TelegramUser } from './gate.ts';
import { storeUpdates } from './inbox.ts';

export interface IntakeOptions {
  readonly db: Database;
  readonly botId: BotId;
  readonly directory: Directory;
  /** Uses an open invitation once; undefined when another was faster. */
  readonly acceptInvitation: (code: string, from: TelegramUser) => Promise<Person | undefined>;
  /** Something new waits in these lanes. */
  readonly wake: (lanes: readonly ChatId[]) => void;
  /** Counts an update by type and outcome. */
  readonly count: (type: string, outcome: 'stored' | 'duplicate' | 'refused' | 'malformed') => void;
}

export interface Intake {
  /** Takes a batch in; rejects when it could not be stored, so that Telegram sends it again. */
  accept(updates: readonly unknown[]): Promise<void>;
  /** True when this process refused the update: a gap in the inbox that nobody need wait for. */
  wasRefused(updateId: number): boolean;
}

/** How many refused ids are remembered; more than pass in the time the dispatcher waits for a gap. */
const REMEMBERED = 4096;

/** Makes the door of one bot. */
export function openIntake(options: IntakeOptions): Intake {
  const refused = new Set<number>();

  function forget(updateId: number): void {
    refused.add(updateId);
    if (refused.size > REMEMBERED) {
      const [oldest] = refused;
      if (oldest !== undefined) refused.delete(oldest);
    }
  }

  async function judge(update: RawUpdate): Promise<Passed | undefined> {
    const first = gate(update, options.directory);
    if (first.verdict === 'passed') return first;
    if (first.verdict === 'invited' && (await options.acceptInvitation(first.code, first.from))) {
      await options.directory.refresh();
      const again = gate(update, options.directory);
      if (again.verdict === 'passed') return again;
    }
    options.count(first.verdict === 'refused' ? first.type : 'message', 'refused');
    forget(update.update_id);
    return undefined;
  }

  return {
    wasRefused: (updateId) => refused.has(updateId),
    async accept(updates) {
      const passed: Array<{ update: RawUpdate; passed: Passed }> = [];
      for (const update of updates) {
        if (!isUpdate(update)) {
          options.count('other', 'malformed');
          continue;
        }
        const verdict = await judge(update);
        if (verdict) passed.push({ update, passed: verdict });
      }
      if (passed.length === 0) return;
      const { lanes, fresh } = await storeUpdates(options.db, options.botId, passed);
      for (const item of passed) {
        options.count(item.passed.type, fresh.has(item.update.update_id) ? 'stored' : 'duplicate');
      }
      if (lanes.length > 0) options.wake(lanes);
    },
  };
}
