/** How taking data in and out looks. */
import type { ActionId } from '../../core/ids.ts';
import type { Translator } from '../../locales/translator.ts';
import { instantText } from '../../telegram/dates.ts';
import { bold, cancelButton, code, type Span, type View } from '../../telegram/view.ts';
import { undoButton } from '../history/index.ts';
import { ITEM_TABLES, type ItemTable } from './archive/format.ts';
import { buttons } from './buttons.ts';
import type { Counts } from './taking-in.ts';

/** What an archive would bring. */
export interface Preview {
  readonly person: string;
  /** epoch ms */
  readonly exportedAt: number;
  readonly part: number;
  readonly last: boolean;
  readonly rows: Readonly<Record<ItemTable, number>>;
  /** rows that are here already */
  readonly there: number;
  readonly settings: boolean;
}

export interface Style {
  readonly now: number;
  readonly zone: string;
  readonly language: string;
  readonly clock: '12' | '24' | null;
}

const said = (
  t: Translator,
  key: string,
  args: Readonly<Record<string, string | number | Span[]>> = {},
): readonly Span[] => t.spans<Exclude<Span, string>>(key, args);

/** 'tasks: 12 · notes: 3', without what there is none of. */
function countsText(t: Translator, rows: Readonly<Record<string, number>>): string {
  return ITEM_TABLES.flatMap((table) => {
    const count = rows[table] ?? 0;
    return count === 0 ? [] : [t.text(`portability-count-${table}`, { count })];
  }).join(' · ');
}

/** The words under an archive that is sent. */
export function captionOf(
  t: Translator,
  part: number,
  last: boolean,
  rows: Readonly<Record<string, number>>,
  withFiles = true,
): string {
  const several = part > 1 || !last;
  const counts = countsText(t, rows);
  return [
    several ? t.text('portability-archive-part', { part }) : t.text('portability-archive'),
    ...(counts === '' ? [] : [counts]),
    t.text('portability-archive-what'),
    ...(withFiles ? [] : [t.text('portability-archive-without-files')]),
  ].join('\n');
}

export function askForFileView(t: Translator): View {
  return { lines: [[bold(t.text('portability-send'))], [t.text('portability-send-what')]] };
}

export function readingView(t: Translator): View {
  return { lines: [[t.text('portability-reading')]] };
}

/** What would be taken in, with the question. */
export function offerView(t: Translator, style: Style, preview: Preview, offer: number): View {
  const when = instantText({ ...style, at: preview.exportedAt, place: 'row' });
  const counts = countsText(t, preview.rows);
  return {
    lines: [
      [bold(t.text('portability-offer'))],
      said(t, preview.person === '' ? 'portability-offer-from' : 'portability-offer-of', {
        name: preview.person,
        when,
      }),
      ...(preview.part > 1 || !preview.last ? [[t.text('portability-archive-part', { part: preview.part })]] : []),
      [counts === '' ? t.text('portability-offer-empty') : counts],
      ...(preview.there > 0 ? [[t.text('portability-offer-there', { count: preview.there })]] : []),
      ...(preview.settings ? [[t.text('portability-offer-settings')]] : []),
    ],
    buttons: [
      [
        { label: t.text('portability-take-button'), data: buttons.take({ offer }) },
        cancelButton(t, buttons.leave({ offer })),
      ],
    ],
  };
}

/** What was taken in. */
export function takenView(t: Translator, counts: Counts, action: ActionId): View {
  return {
    lines: [
      [bold(t.text('portability-taken', { count: counts.added }))],
      ...(counts.there > 0 ? [[t.text('portability-taken-there', { count: counts.there })]] : []),
      ...(counts.overdue > 0 ? [[t.text('portability-taken-overdue', { count: counts.overdue })]] : []),
      ...(counts.homeless > 0 ? [[t.text('portability-taken-homeless', { count: counts.homeless })]] : []),
    ],
    ...(counts.added > 0 ? { buttons: [[undoButton(t, action)]] } : {}),
  };
}

export function leftView(t: Translator): View {
  return { lines: [[t.text('portability-left')]] };
}

/** What would be forgotten and what would not. */
export function explainView(t: Translator, days: number, invited: boolean): View {
  return {
    lines: [
      [bold(t.text('portability-forget-title'))],
      [t.text('portability-forget-what')],
      [t.text('portability-forget-backups', { days })],
      [t.text(invited ? 'portability-forget-invited' : 'portability-forget-configured')],
    ],
    buttons: [
      [{ label: t.text('portability-export-button'), data: buttons.export() }],
      [
        { label: t.text('portability-forget-button'), data: buttons.forget() },
        { label: t.text('portability-keep-button'), data: buttons.keep(), leaves: true },
      ],
    ],
  };
}

export function askWordView(t: Translator): View {
  return { lines: [said(t, 'portability-forget-word-ask', { word: [code(t.text('portability-forget-word'))] })] };
}

export function keptView(t: Translator): View {
  return { lines: [[t.text('portability-kept')]] };
}

/** The last words to somebody who is forgotten. */
export function forgottenView(t: Translator, until: string, invited: boolean): View {
  return {
    lines: [
      [bold(t.text('portability-forgotten'))],
      [t.text('portability-forgotten-backups', { until })],
      ...(invited ? [] : [[t.text('portability-forgotten-start')]]),
    ],
  };
}
