/** How history and undo look: data in, message out. */
import type { Person } from '../../access/people.ts';
import type { HistoryEntry } from '../../actions/history.ts';
import type { Summary } from '../../actions/perform.ts';
import type { Newer } from '../../actions/undo.ts';
import type { EpochMs } from '../../core/clock.ts';
import { Bug } from '../../core/errors.ts';
import type { ActionId } from '../../core/ids.ts';
import type { Translator } from '../../locales/translator.ts';
import { plainText } from '../../telegram/builder.ts';
import { instantSpan } from '../../telegram/dates.ts';
import {
  type Button,
  bold,
  joined,
  type MessageSubject,
  type Span,
  strike,
  type Twofold,
  type View,
} from '../../telegram/view.ts';
import { buttons } from './buttons.ts';
import type { HistoryPage, TakenBack } from './service.ts';

/** Whom it is shown to, and when. */
export interface Reader {
  readonly t: Translator;
  readonly person: Person;
  readonly now: EpochMs;
}

/** The words of a summary; undefined when no text of ours has its key (an action of a newer version). */
function worded(t: Translator, { key, args }: Summary): readonly Span[] | undefined {
  try {
    const pieces = t.spans<Exclude<Span, string>>(key, args);
    return pieces.length === 1 && pieces[0] === key ? undefined : pieces;
  } catch (error) {
    if (error instanceof Bug) return undefined;
    throw error;
  }
}

/** What an action did. Undos of undos read as the change itself, done again. */
export function told(t: Translator, summary: Summary): readonly Span[] {
  const { standing, base } = unwound(summary);
  if (!standing) return undone(t, base);
  const words = worded(t, base) ?? [t.text('history-some-change')];
  return base.key === summary.key ? words : t.spans('history-again', { what: words });
}

/** The change under any number of undos of undos, and whether it stood by the action with this summary. */
function unwound(summary: Summary): { standing: boolean; base: Summary } {
  const [, key = summary.key, undos = ''] = /^(.*?)((?:-undone)*)$/.exec(summary.key) ?? [];
  return { standing: (undos.length / '-undone'.length) % 2 === 0, base: { ...summary, key } };
}

/** What taking `summary` back led to, behind the sign of undo. */
function undone(t: Translator, summary: Summary): readonly Span[] {
  const words =
    worded(t, { ...summary, key: `${summary.key}-undone` }) ??
    t.spans<Exclude<Span, string>>('history-undone', { what: told(t, summary) });
  return plainText(words).startsWith('↩️') ? words : ['↩️ ', ...words];
}

function outcome(t: Translator, result: TakenBack): readonly Span[] {
  if (result.kind === 'refused') {
    const reason = t.text(result.reason);
    if (result.summary === null) return [`⚠️ ${reason}`];
    if (result.reason === 'error-already-undone') return t.spans('history-already', { what: told(t, result.summary) });
    return t.spans('history-refused', { what: told(t, result.summary), reason });
  }
  const { standing, base } = unwound(result.summary);
  // What stood is taken back; what was taken back stands again, however often it went to and fro.
  const words = standing ? undone(t, base) : t.spans<Exclude<Span, string>>('history-again', { what: told(t, base) });
  return result.of === null ? words : joined([words, result.of]);
}

/** The answer to one change taken back, with the way forward again. */
export function takenBackView(t: Translator, result: TakenBack): View {
  const lines = [outcome(t, result)];
  if (result.kind === 'refused') return { lines };
  // Taking the undo back is a redo, taking the redo back an undo again: the same button, another name.
  const label = unwound(result.summary).standing ? t.text('history-redo-button') : t.text('shared-undo-button');
  return {
    lines,
    buttons: [[{ label, data: buttons.undo({ action: result.undo }) }]],
    ...(result.item === null ? {} : { shows: { role: 'card', ...result.item } }),
  };
}

/** The answer to several at once, item by item. `wanted` is how many were asked for. */
export function allTakenBackView(t: Translator, results: readonly TakenBack[], wanted: number): View {
  const count = results.filter((result) => result.kind !== 'refused').length;
  const forward = results.some((result) => result.kind !== 'refused' && !unwound(result.summary).standing);
  const key = forward ? 'history-standing-again' : 'history-taken-back';
  const head = [bold(t.text(key, { count, of: results.length }))];
  const fewer = results.length < wanted ? [[t.text('history-no-more')]] : [];
  return { lines: [head, ...results.map((result) => outcome(t, result)), ...fewer], ...forwardAgain(t, results) };
}

/** The way forward again of several at once: one button for all of them. */
function forwardAgain(t: Translator, results: readonly TakenBack[]): Pick<View, 'buttons'> {
  const done = results.flatMap((result) => (result.kind === 'refused' ? [] : [result]));
  const [first] = done;
  const ids = done.map(({ undo }) => undo).sort((a, b) => a - b);
  const [from, to] = [ids[0], ids.at(-1)];
  if (first === undefined || from === undefined || to === undefined) return {};
  const label = unwound(first.summary).standing ? t.text('history-redo-button') : t.text('shared-undo-button');
  return { buttons: [[{ label, data: buttons.again({ first: from, last: to }) }]] };
}

/** Asks before an older change is taken back from under newer ones. */
export function askView(t: Translator, action: ActionId, summary: Summary, newer: readonly Newer[]): View {
  return {
    lines: [
      t.spans('history-ask', { what: [bold(...told(t, summary))] }),
      ...newer.map((change): readonly Span[] => ['• ', ...told(t, change.summary)]),
      [],
      [t.text('history-ask-newer-stay')],
    ],
    buttons: [
      [
        { label: t.text('history-anyway-button'), data: buttons.anyway({ action }) },
        { label: t.text('history-keep-button'), data: buttons.keep(), leaves: true },
      ],
    ],
  };
}

/** Something that was done, in pieces. */
export interface Done {
  readonly when: readonly Span[];
  readonly what: readonly Span[];
  /** null: the reader themselves */
  readonly who: string | null;
  readonly via: HistoryEntry['via'];
  readonly takenBack: boolean;
}

/** What was done, one a row: when, what, by which way, by whom else, and whether it was taken back (`mark`, where it is not shown by a line through it alone). */
export function doneRows(t: Translator, rows: readonly Done[], mark?: string): Twofold {
  const all = rows.map(({ when, what, who, via, takenBack }) => ({
    when,
    what: takenBack ? [strike(...what)] : what,
    who,
    via: via === 'person' ? null : t.text(`history-via-${via}`),
    mark: takenBack ? mark : null,
  }));
  return {
    plain: all.map(({ when, what, who, via, mark }) => joined([when, what, who, via, mark])),
    native: () => [
      {
        columns: [
          { name: t.text('shared-column-when'), align: 'start' },
          { name: t.text('shared-column-what'), align: 'start' },
          { name: t.text('shared-column-who'), align: 'start' },
        ],
        rows: all.map(({ when, what, who, via, mark }) => [when, joined([what, via, mark]), who === null ? [] : [who]]),
      },
    ],
  };
}

function rows({ t, person, now }: Reader, entries: readonly HistoryEntry[]): Twofold {
  const all = entries.map(
    ({ at, summary, personId, personName, via, undoneAt }): Done => ({
      when: instantSpan({
        at,
        zone: person.timezone,
        now,
        language: person.locale,
        clock: person.clock,
        place: 'row',
      }),
      what: told(t, summary),
      who: personId !== null && personId !== person.id && personName ? personName : null,
      via,
      takenBack: undoneAt !== null,
    }),
  );
  return doneRows(t, all, t.text('history-taken-back-mark'));
}

function pager(t: Translator, { page, pages }: HistoryPage): Button[] {
  if (pages === 1) return [];
  const to = (label: string, other: number): Button => ({ label, data: buttons.page({ page: other }) });
  return [
    ...(page > 1 ? [to('◀', page - 1)] : []),
    to(t.text('history-page', { page, pages }), page),
    ...(page < pages ? [to('▶', page + 1)] : []),
  ];
}

const shows = (page: number): MessageSubject => ({
  role: 'list',
  entity: 'none',
  entityId: null,
  data: { list: 'history', page },
});

/** Whether an entry has a button to take it back. */
const standing = (entry: HistoryEntry) => entry.undoneAt === null && entry.kind !== 'undo';

/** One page of what was done. */
export function historyView(reader: Reader, page: HistoryPage): View {
  const { t } = reader;
  if (page.entries.length === 0) return { lines: [[t.text('history-empty')]] };
  const choose: Button[] = page.entries.some(standing)
    ? [{ label: t.text('history-choose-button'), data: buttons.choose({ page: page.page }) }]
    : [];
  return {
    lines: [[bold(t.text('history-title'))], [], rows(reader, page.entries)],
    buttons: [pager(t, page), choose].filter((line) => line.length > 0),
    shows: shows(page.page),
  };
}

/** The page again, its changes as buttons: which one is to be taken back? */
export function chooseView({ t }: Reader, page: HistoryPage): View {
  return {
    lines: [[bold(t.text('history-choose'))]],
    buttons: [
      ...page.entries
        .filter(standing)
        .map((entry) => [{ label: plainText(told(t, entry.summary)), data: buttons.undo({ action: entry.id }) }]),
      [{ label: t.text('shared-back-button'), data: buttons.page({ page: page.page }) }],
    ],
    shows: shows(page.page),
  };
}
