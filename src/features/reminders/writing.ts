/** The one way a reminder's row is changed: by an actor of its space, recorded so that it can be taken back. */
import type { Authorized } from '../../access/authorize.ts';
import type { Actor } from '../../access/people.ts';
import type { Changes } from '../../actions/changes.ts';
import { NotFound } from '../../core/errors.ts';
import type { Reminder } from '../../storage/rows.ts';

/** Changes a row as it is now. Throws NotFound when it is gone, or was authorized for an actor of another space. */
export function write(
  changes: Changes,
  actor: Actor,
  reminder: Authorized<Reminder>,
  patch: Partial<Omit<Reminder, 'id'>>,
): Promise<Reminder> {
  if (reminder.spaceId !== actor.spaceId) throw new NotFound('reminder', reminder.id);
  return changes.update('reminders', reminder.id, patch);
}
