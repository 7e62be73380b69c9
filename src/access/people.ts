/** People and the space each acts in, and the directory of them kept in memory for the gate. */
import type { Clock, EpochMs } from '../core/clock.ts';
import { iso } from '../core/clock.ts';
import { Bug } from '../core/errors.ts';
import type { ChatId, PersonId, SpaceId } from '../core/ids.ts';
import { languageOf } from '../locales/translator.ts';
import type { Database, Queryable, Tx } from '../storage/database.ts';
import type { GroupSettings, PersonSettings } from '../storage/rows.ts';
import { loadSql } from '../storage/sql.ts';

const sql = loadSql(new URL('./people.sql', import.meta.url), [
  'allPeople',
  'personById',
  'ensurePerson',
  'ensureSpace',
  'ensureMembership',
  'ensureChat',
  'groups',
  'openInvitations',
  'demoteOthers',
  'meet',
  'writable',
  'unlisted',
  'unlist',
]);

/** 'removed': by the operator, back by an invitation; 'unlisted': no longer configured, back with the configuration. Neither is let in or written to. */
export type Role = 'operator' | 'member' | 'removed' | 'unlisted';

/** A person with the settings that decide how words are read and shown. */
export interface Person extends PersonSettings {
  readonly telegramUserId: number | null;
  readonly username: string | null;
  readonly role: Role;
  /** the person's own space */
  readonly spaceId: SpaceId;
}

/** A group chat Steward works in; `id` is its space's. */
export interface Group extends GroupSettings {
  readonly title: string;
  readonly chatId: ChatId;
}

/** Who changes or asks, in which space, by which way. */
export interface Actor {
  readonly person: Person;
  readonly spaceId: SpaceId;
  readonly chatId: ChatId;
  readonly via: 'person' | 'assistant' | 'integration' | 'system';
  /** the group whose space it is; left out in a person's own. `person` is then as they are in it. */
  readonly group?: Group;
  /** the topic of the group's forum they are in */
  readonly threadId?: number;
}

/** What a person has who was never asked. */
export interface PersonDefaults {
  language: string;
  timezone: string;
}

/** Makes the person, their own space and their private chat if they are not there; returns the person either way. */
export async function ensurePerson(
  tx: Tx,
  who: { telegramUserId: number; name: string; role: Role; language: string; locale: string; timezone: string },
): Promise<Person> {
  const [person] = await tx.query<{ id: PersonId }>(sql.ensurePerson, [
    who.telegramUserId,
    who.name,
    who.role,
    who.language,
    who.locale,
    who.timezone,
  ]);
  if (!person) throw new Bug('ensurePerson returned no row');
  const [space] = await tx.query<{ id: SpaceId }>(sql.ensureSpace, [person.id, who.name]);
  if (!space) throw new Bug('ensureSpace returned no row');
  await tx.query(sql.ensureMembership, [space.id, person.id, 'owner']);
  await tx.query(sql.ensureChat, [who.telegramUserId, person.id, space.id]);
  return readPerson(tx, person.id);
}

/** One person as they are now; throws `Bug` when there is none. */
export async function readPerson(db: Queryable, id: PersonId): Promise<Person> {
  const [person] = await db.query<Person>(sql.personById, [id]);
  if (!person) throw new Bug(`person ${id} is not there`);
  return person;
}

/** Whether somebody is spoken to as their client is. 'de' is answered in English by default, but is no wish for English. */
export function adoptsLanguage({ onboardedAt }: Pick<Person, 'onboardedAt'>, languageCode: string): boolean {
  return onboardedAt === null && languageCode.toLowerCase().startsWith(languageOf(languageCode));
}

/**
 * A person writes for the first time: their name, and their language where Steward speaks it, are taken from Telegram. Who may pass
 * does not change by it, so the directories of the replicas are not told.
 */
export async function meet(
  tx: Tx,
  person: Person,
  seen: { senderName: string; username: string | null; languageCode: string },
): Promise<Person> {
  const adopts = adoptsLanguage(person, seen.languageCode);
  await tx.query(sql.meet, [
    person.id,
    seen.senderName.slice(0, 128),
    seen.username,
    adopts ? languageOf(seen.languageCode) : person.language,
    adopts ? seen.languageCode : person.locale,
  ]);
  return readPerson(tx, person.id);
}

/**
 * Whether Telegram lets us write to a person. Of the configured ones nothing but the number is known until they write first: before that
 * it refuses every message to them.
 */
export async function isWritable(db: Queryable, person: PersonId): Promise<boolean> {
  return (await db.query(sql.writable, [person])).length > 0;
}

/** What follows when the configuration lets people in again or no longer: given by the features, called in the same transaction. */
export interface ConfiguredPeople {
  back(tx: Tx, person: PersonId): Promise<void>;
  left(tx: Tx, person: PersonId): Promise<void>;
}

/**
 * Makes the configured ids people (the first is the operator, who is one at a time). Those no longer configured and not invited keep
 * their data and are written to no more until they are configured again.
 */
export async function ensureConfiguredPeople(
  db: Database,
  ids: readonly number[],
  defaults: PersonDefaults,
  follow: ConfiguredPeople,
): Promise<void> {
  await db.transaction(async (tx) => {
    const back = await tx.query<{ id: PersonId }>(sql.unlisted, [ids]);
    for (const [index, telegramUserId] of ids.entries()) {
      await ensurePerson(tx, {
        telegramUserId,
        name: '',
        role: index === 0 ? 'operator' : 'member',
        locale: defaults.language,
        ...defaults,
      });
    }
    if (ids[0] !== undefined) await tx.query(sql.demoteOthers, [ids[0]]);
    const left = await tx.query<{ id: PersonId }>(sql.unlist, [ids]);
    for (const { id } of back) await follow.back(tx, id);
    for (const { id } of left) await follow.left(tx, id);
    if (back.length + left.length > 0) await peopleChanged(tx);
  });
}

/** What the gate needs, without I/O: who is allowed, which groups, which invitation codes are open. */
export interface Directory {
  byTelegramId(id: number): Person | undefined;
  group(chatId: number): { spaceId: SpaceId; memberIds: ReadonlySet<PersonId> } | undefined;
  /** `hash`: SHA-256 of the code, hex. */
  hasInvitation(hash: string): boolean;
  /** An invitation is being made: it is known from now on, before its code can be shown to anybody. */
  expectInvitation(hash: string): void;
  people(): readonly Person[];
  /** Reads everything again; called after every change of people, on notification, and every half minute. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

/** By then an invitation was read from the database, or never came there. Milliseconds. */
const EXPECTED_MS = 60_000;

/** Loads the directory and keeps it fresh across replicas (NOTIFY steward_people). Configured ids that left the configuration are not people any more. */
export async function openDirectory(
  db: Database,
  clock: Clock,
  configured: ReadonlySet<number>,
  onError: (error: unknown) => void,
): Promise<Directory> {
  let people = new Map<number, Person>();
  let groups = new Map<number, { spaceId: SpaceId; memberIds: Set<PersonId> }>();
  let invitations = new Set<string>();
  // Told of before the database could be read: kept beside what a reading begun earlier brings. Hash to epoch ms.
  const expected = new Map<string, EpochMs>();

  function expectInvitation(hash: string): void {
    for (const [old, at] of expected) if (clock.now() - at > EXPECTED_MS) expected.delete(old);
    expected.set(hash, clock.now());
  }

  // Readings overlap: one that began earlier and ends later must not bring back what is no more.
  let [begun, known] = [0, 0];

  async function refresh(): Promise<void> {
    begun += 1;
    const reading = begun;
    const now = iso(clock.now());
    const rows = await db.query<Person & { invited: boolean }>(sql.allPeople);
    const groupRows = await db.query<{ chatId: number; spaceId: SpaceId; members: PersonId[] }>(sql.groups);
    const codes = await db.query<{ codeHash: string }>(sql.openInvitations, [now]);
    if (reading < known) return;
    known = reading;
    people = new Map(
      rows.flatMap((row) =>
        row.telegramUserId !== null && (row.invited || configured.has(row.telegramUserId))
          ? [[row.telegramUserId, row]]
          : [],
      ),
    );
    groups = new Map(groupRows.map((row) => [row.chatId, { spaceId: row.spaceId, memberIds: new Set(row.members) }]));
    invitations = new Set(codes.map((row) => row.codeHash));
  }

  await refresh();
  const again = (told = '') => {
    if (told !== '') expectInvitation(told);
    void refresh().catch(onError);
  };
  const stopListening = await db.listen('steward_people', again);
  const timer = setInterval(() => again(), 30_000);
  timer.unref();
  return {
    byTelegramId: (id) => people.get(id),
    group: (chatId) => groups.get(chatId),
    hasInvitation: (hash) => invitations.has(hash) || expected.has(hash),
    expectInvitation,
    people: () => [...people.values()],
    refresh,
    stop: async () => {
      clearInterval(timer);
      await stopListening();
    },
  };
}

/**
 * Tells every replica, in a transaction once it is committed, that people, groups or invitations changed. `invitation`: the hash of a new one,
 * which each of them knows by the telling itself, before its answer to the operator can have come to anybody.
 */
export async function peopleChanged(db: Queryable, invitation = ''): Promise<void> {
  await db.query(`SELECT pg_notify('steward_people', $1)`, [invitation]);
}
