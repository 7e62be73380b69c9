/** Who may come in and who must go: single-use invitation codes, and removal that holds at once on every replica. */
import {
  type ConfiguredPeople,
  ensurePerson,
  type Person,
  type PersonDefaults,
  peopleChanged,
  type Role,
  readPerson,
} from '../../access/people.ts';
import { type EpochMs, iso } from '../../core/clock.ts';
import { type PersonId, randomCode } from '../../core/ids.ts';
import type { Queryable, Tx } from '../../storage/database.ts';
import { loadSql } from '../../storage/sql.ts';
import { invitationHash, type TelegramUser } from '../../telegram/receive/gate.ts';
import type { RemindersOfPeople } from '../reminders/index.ts';
import { greetingLanguage, localeFor } from '../settings/index.ts';

const sql = loadSql(new URL('./people.sql', import.meta.url), [
  'addInvitation',
  'takeInvitation',
  'tieInvitation',
  'withdrawInvitations',
  'openInvitationTimes',
  'reinstate',
  'listPeople',
  'removePerson',
  'cancelMessages',
  'leaveGroups',
]);

/** How long an invitation is open. */
export const INVITATION_DAYS = 7;

/** 30 letters each: some 10^17 codes, out of reach of guessing by messages. */
const CODE_LENGTH = 12;

export interface Invitation {
  /** shown once and kept nowhere: the database has its SHA-256 */
  readonly code: string;
  /** epoch ms */
  readonly expiresAt: EpochMs;
}

/** Opens an invitation that one person can use once. `expect` is told its hash: the gate here knows it before the code is shown. */
export async function invite(
  tx: Tx,
  by: PersonId,
  now: EpochMs,
  expect: (hash: string) => void = () => {},
): Promise<Invitation> {
  const code = randomCode(CODE_LENGTH);
  const hash = invitationHash(code);
  const expiresAt = now + INVITATION_DAYS * 86_400_000;
  await tx.query(sql.addInvitation, [hash, by, iso(now), iso(expiresAt)]);
  await peopleChanged(tx, hash);
  expect(hash);
  return { code, expiresAt };
}

/**
 * Lets the one who sent an open code in: they are a person afterwards, with a space of their own, and one removed earlier is
 * back. Undefined when the code is used up, expired or none; of two who send it at the same time one gets in.
 */
export async function acceptInvitation(
  tx: Tx,
  now: EpochMs,
  code: string,
  who: TelegramUser,
  defaults: PersonDefaults,
  reminders: RemindersOfPeople,
): Promise<Person | undefined> {
  const hash = invitationHash(code);
  const taken = await tx.query(sql.takeInvitation, [hash, iso(now)]);
  if (taken.length === 0) return undefined;
  const language = greetingLanguage(who.languageCode, defaults.language);
  const back = await tx.query(sql.reinstate, [who.id]);
  const person = await ensurePerson(tx, {
    telegramUserId: who.id,
    name: who.name,
    role: 'member',
    language,
    locale: localeFor(language, defaults.language, who.languageCode),
    timezone: defaults.timezone,
  });
  if (back.length > 0) await reminders.personReturned(tx, person.id, now);
  await tx.query(sql.tieInvitation, [hash, person.id]);
  await peopleChanged(tx);
  return readPerson(tx, person.id);
}

/** Ends every open invitation; gives how many there were. */
export async function withdrawInvitations(tx: Tx, now: EpochMs): Promise<number> {
  const ended = await tx.query(sql.withdrawInvitations, [iso(now)]);
  await peopleChanged(tx);
  return ended.length;
}

export interface ListedPerson {
  readonly id: PersonId;
  readonly telegramUserId: number;
  readonly name: string;
  readonly username: string | null;
  readonly role: Role;
  /** epoch ms; null for people of the configuration */
  readonly invitedAt: EpochMs | null;
}

/** Everyone who may use Steward, the operator first. */
export function listPeople(db: Queryable): Promise<ListedPerson[]> {
  return db.query<ListedPerson>(sql.listPeople);
}

/** When the open invitations end, the next first. Epoch ms. */
export async function openInvitations(db: Queryable, now: EpochMs): Promise<EpochMs[]> {
  const rows = await db.query<{ expiresAt: EpochMs }>(sql.openInvitationTimes, [iso(now)]);
  return rows.map((row) => row.expiresAt);
}

/**
 * Takes a person's access away, at once and everywhere: nothing more is taken from them or sent to them. What they kept stays
 * stored. Undefined when they are no member (the operator, nobody, removed before).
 */
export async function removePerson(
  tx: Tx,
  id: PersonId,
  now: EpochMs,
  reminders: RemindersOfPeople,
): Promise<{ readonly name: string } | undefined> {
  const [gone] = await tx.query<{ name: string }>(sql.removePerson, [id]);
  if (!gone) return undefined;
  await sendNoMore(tx, id, now, reminders);
  await peopleChanged(tx);
  return { name: gone.name };
}

/** Whatever waits to be sent to a person who is let in no more is not: what they are reminded of, and answers on their way. */
async function sendNoMore(tx: Tx, id: PersonId, now: EpochMs, reminders: RemindersOfPeople): Promise<void> {
  await reminders.personRemoved(tx, id, now);
  await tx.query(sql.cancelMessages, [id, 'the person is not let in']);
  // They are not heard when they leave a group meanwhile: being heard there again shows that they are in it.
  await tx.query(sql.leaveGroups, [id]);
}

/** What follows in the same transaction when people leave the configuration, or come back by it. `now` in epoch ms. */
export function configuredPeople(now: () => EpochMs, reminders: RemindersOfPeople): ConfiguredPeople {
  return {
    back: (tx, person) => reminders.personReturned(tx, person, now()),
    left: (tx, person) => sendNoMore(tx, person, now(), reminders),
  };
}
