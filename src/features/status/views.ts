/** How Steward's health and its errors look: in words for everyone, in figures for the operator. */
import type { Person } from '../../access/people.ts';
import type { EpochMs } from '../../core/clock.ts';
import type { Translator } from '../../locales/translator.ts';
import type { HealthReport } from '../../observability/health.ts';
import type { StoredError } from '../../storage/stored-errors.ts';
import { durationWords, instantSpan, instantText } from '../../telegram/dates.ts';
import { type Button, bold, code, folded, joined, type Span, type View } from '../../telegram/view.ts';
import { buttons } from './buttons.ts';
import type { ErrorCounts, ErrorPage, OwnDeliveries, Technical, UnreachableChat } from './service.ts';

export interface Reader {
  readonly t: Translator;
  readonly person: Person;
  readonly now: EpochMs;
}

/** What only the operator sees. */
export interface OperatorPart {
  readonly technical: Technical;
  readonly errors: ErrorCounts;
}

export interface StatusParts {
  readonly version: string;
  readonly health: HealthReport;
  readonly own: OwnDeliveries;
  readonly unreachable: readonly UnreachableChat[];
  /** null for everyone but the operator */
  readonly operator: OperatorPart | null;
}

/** Parts told to everyone, in this order; others only when something is wrong with them. */
const TOLD = ['telegram', 'database', 'queue', 'inbox', 'deliveries', 'backups'] as const;

const style = ({ person, now }: Reader, at: EpochMs) =>
  ({ at, now, zone: person.timezone, language: person.locale, clock: person.clock, place: 'row' }) as const;
const when = (reader: Reader, at: EpochMs): Span[] => instantSpan(style(reader, at));

const said = (
  t: Translator,
  key: string,
  args: Readonly<Record<string, string | number | Span[]>> = {},
): readonly Span[] => t.spans<Exclude<Span, string>>(key, args);

function healthLines(t: Translator, health: HealthReport): ReadonlyArray<readonly Span[]> {
  const lines: Array<readonly Span[]> = [];
  for (const name of TOLD) {
    const check = health.checks[name];
    if (check) lines.push(said(t, `status-part-${name}`, { state: check.status }));
  }
  for (const [name, { status }] of Object.entries(health.checks)) {
    if (status !== 'ok' && !TOLD.some((told) => told === name)) {
      lines.push(said(t, 'status-part-other', { name, state: status }));
    }
  }
  return lines;
}

function ownLines(reader: Reader, own: OwnDeliveries): ReadonlyArray<readonly Span[]> {
  const { t } = reader;
  const lines: Array<readonly Span[]> = [
    own.nextAt === null
      ? said(t, 'status-own-waiting', { count: own.waiting })
      : said(t, 'status-own-next', { count: own.waiting, when: when(reader, own.nextAt) }),
  ];
  if (own.held > 0) lines.push(said(t, 'status-own-held', { count: own.held }));
  if (own.late > 0) lines.push(said(t, 'status-own-late', { count: own.late }));
  if (own.unknown > 0) lines.push(said(t, 'status-own-unknown', { count: own.unknown }));
  if (own.failed > 0) {
    const last = own.failure;
    lines.push(
      said(t, 'status-own-failed', {
        count: own.failed,
        when: last === null ? '' : when(reader, last.dueAt),
      }),
    );
  }
  return lines;
}

function technicalText(reader: Reader, health: HealthReport, technical: Technical): string {
  const { t } = reader;
  const checks = Object.entries(health.checks).map(([name, { status, latencyMs, message }]) =>
    [name, status, `${Math.round(latencyMs)} ms`, message ?? null].filter((part) => part !== null).join(' · '),
  );
  const { pool } = technical;
  return [
    ...checks,
    t.text('status-technical-pool', { total: pool.total, idle: pool.idle, waiting: pool.waiting }),
    t.text('status-technical-memory', { megabytes: Math.round(technical.memoryBytes / 1_048_576) }),
    t.text('status-technical-uptime', { duration: durationWords(technical.uptimeSeconds * 1000, t.language) }),
    // Outside a release nobody knows the revision.
    [...(technical.revision === 'unknown' ? [] : [technical.revision]), `node ${technical.node}`].join(' · '),
  ].join('\n');
}

/** How Steward is, what waits for this person, and for the operator the figures. */
export function statusView(reader: Reader, parts: StatusParts): View {
  const { t } = reader;
  const { health, own, unreachable, operator } = parts;
  const wrong = health.status !== 'ok' || Object.values(health.checks).some((check) => check.status !== 'ok');
  const errors = operator?.errors;
  return {
    lines: [
      [bold(t.text(wrong ? 'status-needs-attention' : 'status-all-well'))],
      [],
      ...healthLines(t, health),
      [],
      ...ownLines(reader, own),
      ...unreachable.map((chat) =>
        said(t, 'status-unreachable', {
          whose: whoseChat(chat, operator !== null),
          name: chat.name ?? '',
          when: when(reader, chat.since),
        }),
      ),
      ...(errors === undefined
        ? []
        : [
            errors.lastSeen === null
              ? said(t, 'status-no-errors')
              : said(t, 'status-errors', {
                  kinds: errors.kinds,
                  unseen: errors.unseen,
                  when: when(reader, errors.lastSeen),
                }),
          ]),
      [t.text('status-version', { version: parts.version })],
      ...(operator === null ? [] : [[], [folded(technicalText(reader, health, operator.technical))]]),
    ],
    buttons: [
      [
        { label: t.text('status-again-button'), data: buttons.again() },
        ...(errors && errors.kinds > 0
          ? [{ label: t.text('status-errors-button'), data: buttons.errors({ page: 1 }) }]
          : []),
      ],
    ],
  };
}

const isNew = (error: StoredError) => error.seenAt === null || error.seenAt < error.lastSeen;

function errorLines(reader: Reader, error: StoredError, listed = false): ReadonlyArray<readonly Span[]> {
  const { t } = reader;
  const mark = listed && isNew(error) ? ['● '] : [];
  return [
    [...mark, bold(error.kind), ' · ', code(error.summary.slice(0, 200).toWellFormed())],
    joined([
      t.text('status-error-count', { count: error.count }),
      said(t, 'status-error-seen', {
        first: instantText(style(reader, error.firstSeen)),
        last: when(reader, error.lastSeen),
      }),
      said(t, 'status-error-ref', { ref: [code(error.lastRef)] }),
    ]),
  ];
}

/** Errors kept, a page of them: those not seen first, the latest first. */
export function errorsView(reader: Reader, page: ErrorPage): View {
  const { t } = reader;
  if (page.errors.length === 0) return { lines: [[t.text('status-no-errors')]] };
  const to = (label: string, other: number): Button => ({ label, data: buttons.errors({ page: other }) });
  const pager = [
    ...(page.page > 1 ? [to('◀', page.page - 1)] : []),
    to(`${page.page}/${page.pages}`, page.page),
    ...(page.page < page.pages ? [to('▶', page.page + 1)] : []),
  ];
  const open = page.errors.map((error) => ({
    label: error.lastRef,
    data: buttons.error({ fingerprint: error.fingerprint }),
  }));
  return {
    lines: [
      [bold(t.text('status-errors-title', { kinds: page.kinds }))],
      ...page.errors.flatMap((error) => [[], ...errorLines(reader, error, true)]),
    ],
    buttons: [
      open.slice(0, 3),
      ...(open.length > 3 ? [open.slice(3)] : []),
      ...(page.pages === 1 ? [] : [pager]),
      ...(page.unseen > 0 ? [[{ label: t.text('status-all-seen-button'), data: buttons.allSeen() }]] : []),
    ],
  };
}

/** One error with all that is known of it. */
export function errorView(reader: Reader, error: StoredError): View {
  const { t } = reader;
  const older = error.refs.filter((ref) => ref !== error.lastRef);
  return {
    lines: [
      ...errorLines(reader, error),
      ...(error.source === null ? [] : [said(t, 'status-error-source', { source: [code(error.source)] })]),
      ...(older.length === 0 ? [] : [said(t, 'status-error-older', { refs: [code(older.join(' '))] })]),
      [t.text('status-error-log')],
    ],
    buttons: [
      [
        ...(isNew(error)
          ? [{ label: t.text('status-seen-button'), data: buttons.seen({ fingerprint: error.fingerprint }) }]
          : []),
        { label: t.text('shared-back-button'), data: buttons.errors({ page: 1 }) },
      ],
    ],
  };
}

/** Told to the operator once for each new kind of error. */
export function newErrorsView(reader: Reader, errors: readonly StoredError[]): View {
  const { t } = reader;
  return {
    lines: [
      [bold(t.text('status-new-errors', { count: errors.length }))],
      ...errors.flatMap((error) => [[], ...errorLines(reader, error)]),
    ],
    buttons: [[{ label: t.text('status-errors-button'), data: buttons.errors({ page: 1 }) }]],
  };
}

/** Whose a chat is that refuses us: a group by its title, another's by their name for the operator alone. */
function whoseChat({ chatId, name }: UnreachableChat, isOperator: boolean): 'group' | 'named' | 'own' {
  if (name === null || name === '') return 'own';
  return chatId < 0 ? 'group' : isOperator ? 'named' : 'own';
}
