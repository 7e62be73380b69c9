/** Groups: the space a group chat has, who of the allowed people is in it, and how it is seen from there. */
import { type EpochMs, iso } from '../core/clock.ts';
import { Bug } from '../core/errors.ts';
import type { ChatId, PersonId, SpaceId } from '../core/ids.ts';
import type { Queryable, Tx } from '../storage/database.ts';
import type { GroupSettings } from '../storage/rows.ts';
import { loadSql } from '../storage/sql.ts';
import { type Group, type Person, peopleChanged } from './people.ts';

export type { Group } from './people.ts';

const sql = loadSql(new URL('./groups.sql', import.meta.url), [
  'groupByChat',
  'addSpace',
  'addGroup',
  'addChat',
  'join',
  'leave',
  'retitle',
  'members',
  'groupsOf',
  'groupById',
]);

/** Somebody of a group who may use Steward: allowed, and seen there. */
export interface Member {
  readonly id: PersonId;
  readonly name: string;
  readonly username: string | null;
  readonly telegramUserId: number;
  readonly language: string;
  /** their private chat takes messages, as far as we know */
  readonly reachable: boolean;
}

/** Longest title kept. */
const LONGEST_TITLE = 128;

/**
 * The group of a chat in which `person`, who is allowed, addresses Steward: made with their zone and language when it is new, and joined
 * when they are. That Telegram brings their words from there is the proof that they belong to it.
 */
export async function enterGroup(
  tx: Tx,
  chat: { readonly id: ChatId; readonly title: string },
  person: Person,
  now: EpochMs,
): Promise<{ readonly group: Group; readonly isNew: boolean }> {
  const title = chat.title.slice(0, LONGEST_TITLE);
  const known = await groupOf(tx, chat.id, person.id);
  if (known === undefined) {
    const [space] = await tx.query<{ id: SpaceId }>(sql.addSpace, [chat.id, title]);
    if (space) {
      const { language, locale, timezone, dateOrder, clock, weekStart } = person;
      const settings = [language, locale, timezone, dateOrder, clock, weekStart];
      await tx.query(sql.addGroup, [space.id, ...settings, person.id, iso(now)]);
      await tx.query(sql.addChat, [chat.id, space.id]);
    }
  }
  const there = known ?? (await groupOf(tx, chat.id, person.id));
  if (there === undefined) throw new Bug('a group is not there after it was made');
  const { member, ...group } = there;
  if (!member) {
    await tx.query(sql.join, [group.id, person.id]);
    await peopleChanged(tx);
  }
  if (title !== '' && title !== group.title) await tx.query(sql.retitle, [group.id, title]);
  return { group: title === '' ? group : { ...group, title }, isNew: known === undefined };
}

async function groupOf(
  db: Queryable,
  chat: ChatId,
  person: PersonId,
): Promise<(Group & { member: boolean }) | undefined> {
  const [row] = await db.query<Group & { member: boolean }>(sql.groupByChat, [chat, person]);
  return row;
}

/** Somebody left the group, or was taken out of it: its tasks are theirs to see no more. */
export async function leaveGroup(tx: Tx, group: SpaceId, person: PersonId): Promise<void> {
  await tx.query(sql.leave, [group, person]);
  await peopleChanged(tx);
}

/** Who of a group may use Steward, in the order in which they came. */
export function membersOf(db: Queryable, group: SpaceId): Promise<Member[]> {
  return db.query<Member>(sql.members, [group]);
}

/** A group as it is now; throws Bug when there is none. */
export async function readGroup(db: Queryable, id: SpaceId): Promise<Group> {
  const [group] = await db.query<Group>(sql.groupById, [id]);
  if (!group) throw new Bug(`group ${id} is not there`);
  return group;
}

/** The groups a person was seen in. */
export function groupsOf(db: Queryable, person: PersonId): Promise<Group[]> {
  return db.query<Group>(sql.groupsOf, [person]);
}

/**
 * A person as they are in a group: its language, zone, clock and quiet hours stand in for their own, because what is shown there is
 * shown to all. Only the words they write are read by their own.
 */
export function personIn(group: GroupSettings, person: Person): Person {
  const { language, locale, timezone, dateOrder, clock, weekStart } = group;
  const { quietHours, quietSince, quietUntil, quietLetsUrgent, pausedSince, pausedUntil } = group;
  return {
    ...person,
    ...{ language, locale, timezone, dateOrder, clock, weekStart },
    ...{ quietHours, quietSince, quietUntil, quietLetsUrgent, pausedSince, pausedUntil, dayParts: {} },
  };
}
