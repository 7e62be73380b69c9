/** How people and invitations look to the operator: data in, message out. */
import type { Person } from '../../access/people.ts';
import type { EpochMs } from '../../core/clock.ts';
import type { Translator } from '../../locales/translator.ts';
import { instantSpan } from '../../telegram/dates.ts';
import { bold, code, joined, type Line, link, type Span, type Twofold, type View } from '../../telegram/view.ts';
import { buttons } from './buttons.ts';
import type { Invitation, ListedPerson } from './service.ts';

export interface Reader {
  readonly t: Translator;
  readonly person: Person;
  readonly now: EpochMs;
}

type Said = Exclude<Span, string>;

const when = ({ person, now }: Reader, at: EpochMs): readonly Span[] =>
  instantSpan({ at, now, zone: person.timezone, language: person.locale, clock: person.clock, place: 'row' });

/** The code, shown this once. `username` is the bot's own, when Telegram told it already. */
export function invitationView(
  reader: Reader,
  { code: secret, expiresAt }: Invitation,
  username: string | undefined,
): View {
  const { t } = reader;
  const href = username === undefined ? null : `https://t.me/${username}?start=inv-${secret}`;
  return {
    lines: [
      [bold(t.text('people-invitation'))],
      t.spans('people-invitation-until', { when: [...when(reader, expiresAt)] }),
      [],
      ...(href === null ? [] : [[link(href, href)]]),
      t.spans('people-invitation-command', { command: code(`/start inv-${secret}`) }),
    ],
  };
}

/** The name a person is known by: as Telegram tells it, else the number. */
export function nameOf(t: Translator, person: Pick<ListedPerson, 'name' | 'telegramUserId'>): string {
  return person.name.trim() === '' ? t.text('people-nameless', { id: person.telegramUserId }) : person.name;
}

function rows(reader: Reader, people: readonly ListedPerson[]): Twofold {
  const { t } = reader;
  const pieces = (one: ListedPerson) => ({
    name: bold(nameOf(t, one)),
    username: one.username === null ? null : `@${one.username}`,
    role: one.role === 'operator' ? t.text('people-operator') : null,
    invited:
      one.invitedAt === null ? null : t.spans<Said>('people-invited', { when: [...when(reader, one.invitedAt)] }),
  });
  return {
    plain: people.map((one) => {
      const { name, username, role, invited } = pieces(one);
      return joined([name, username, role, invited]);
    }),
    native: () => [
      {
        columns: [
          { name: t.text('shared-column-name'), align: 'start' },
          { name: t.text('people-column-username'), align: 'start' },
          { name: t.text('people-column-standing'), align: 'start' },
        ],
        rows: people.map((one): Line[] => {
          const { name, username, role, invited } = pieces(one);
          return [[name], joined([username]), joined([role, invited])];
        }),
      },
    ],
  };
}

/** Everyone who may use Steward. */
export function peopleView(reader: Reader, people: readonly ListedPerson[], open: readonly EpochMs[]): View {
  const { t } = reader;
  const [next] = open;
  const invitations =
    next === undefined
      ? []
      : [[], t.spans('people-open-invitations', { count: open.length, when: [...when(reader, next)] })];
  return {
    lines: [[bold(t.text('people-title', { count: people.length }))], [], rows(reader, people), ...invitations],
    buttons: [
      ...people
        .filter((one) => one.role === 'member')
        .map((one) => [
          { label: t.text('people-remove-button', { name: nameOf(t, one) }), data: buttons.remove({ person: one.id }) },
        ]),
      ...(next === undefined ? [] : [[{ label: t.text('people-withdraw-button'), data: buttons.withdraw() }]]),
    ],
  };
}

/** Asks before a person loses access. */
export function askRemovalView(t: Translator, person: ListedPerson): View {
  return {
    lines: [t.spans('people-ask-remove', { name: bold(nameOf(t, person)) }), [t.text('people-ask-remove-what')]],
    buttons: [
      [
        { label: t.text('people-remove-now-button'), data: buttons.removeNow({ person: person.id }) },
        { label: t.text('people-keep-button'), data: buttons.list(), leaves: true },
      ],
    ],
  };
}
