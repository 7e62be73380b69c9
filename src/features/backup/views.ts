/** How backups look to the operator: data in, message out. */
import type { Person } from '../../access/people.ts';
import type { Run } from '../../backup/runs.ts';
import type { BackupState } from '../../backup/state.ts';
import type { EpochMs } from '../../core/clock.ts';
import type { Translator } from '../../locales/translator.ts';
import { instantSpan } from '../../telegram/dates.ts';
import { bold, code, joined, type Span, type View } from '../../telegram/view.ts';
import { buttons } from './buttons.ts';

export interface Reader {
  readonly t: Translator;
  readonly person: Person;
  readonly now: EpochMs;
}

/** What became of the wish to back up now; 'none': there was no such wish. */
export type Request = 'begun' | 'busy' | 'elsewhere' | 'none';

export interface BackupParts {
  readonly request: Request;
  readonly state: BackupState;
  /** the newest first */
  readonly runs: readonly Run[];
  /** epoch ms; null where something else makes them */
  readonly next: EpochMs | null;
}

const when = ({ person, now }: Reader, at: EpochMs): Span[] =>
  instantSpan({ at, now, zone: person.timezone, language: person.locale, clock: person.clock, place: 'row' });

/** Bytes as people read them. */
function sizeText(t: Translator, bytes: number): string {
  if (bytes < 1_000_000) return t.text('backup-size-kilobytes', { size: Math.max(1, Math.round(bytes / 1000)) });
  return t.text('backup-size-megabytes', { size: Math.round(bytes / 1_000_000) });
}

/** Reasons are for operators and in English, as in the log; a long one is cut. */
const cut = (reason: string): string => (reason.length > 300 ? `${reason.slice(0, 300).toWellFormed()}…` : reason);

function stateLines(reader: Reader, { state, next }: BackupParts): ReadonlyArray<readonly Span[]> {
  const { t } = reader;
  const { good, failed, found, hindered, drilled, restored } = state;
  const lines: Array<readonly Span[]> = [
    good?.startedAt == null
      ? [t.text('backup-never')]
      : t.spans<Exclude<Span, string>>('backup-good', {
          when: when(reader, good.startedAt),
          rows: good.rows ?? 0,
          size: sizeText(t, good.bytes ?? 0),
        }),
  ];
  if (failed?.startedAt)
    lines.push(
      t.spans<Exclude<Span, string>>('backup-failed', {
        when: when(reader, failed.startedAt),
        reason: [code(cut(failed.reason ?? ''))],
      }),
    );
  if (found)
    lines.push(
      t.spans<Exclude<Span, string>>('backup-found-bad', {
        archive: [code(found.archive ?? '')],
        reason: [code(cut(found.reason ?? ''))],
      }),
    );
  if (hindered?.startedAt)
    lines.push(
      t.spans<Exclude<Span, string>>('backup-drill-hindered', {
        when: when(reader, hindered.startedAt),
        reason: [code(cut(hindered.reason ?? ''))],
      }),
    );
  lines.push(
    drilled?.startedAt
      ? t.spans<Exclude<Span, string>>('backup-drilled', { when: when(reader, drilled.startedAt) })
      : [t.text('backup-never-drilled')],
  );
  if (restored?.startedAt)
    lines.push(
      t.spans<Exclude<Span, string>>('backup-restored', {
        when: when(reader, restored.startedAt),
        archive: [code(restored.archive ?? '')],
      }),
    );
  lines.push(
    next === null
      ? [t.text('backup-next-elsewhere')]
      : t.spans<Exclude<Span, string>>('backup-next', { when: when(reader, next) }),
  );
  return lines;
}

function runLine(reader: Reader, run: Run): readonly Span[] {
  const { t } = reader;
  const size = run.state === 'succeeded' && run.bytes !== null ? sizeText(t, run.bytes) : null;
  const name = run.archive === null ? null : code(run.archive);
  const says = t.text(`backup-run-${run.kind}`, { state: run.state });
  return joined([says, run.startedAt === null ? null : when(reader, run.startedAt), size, name]);
}

/** How backups stand, and what became of the wish for one. */
export function backupView(reader: Reader, parts: BackupParts): View {
  const { t } = reader;
  const { request, runs } = parts;
  return {
    lines: [
      [bold(t.text('backup-title'))],
      ...(request === 'none' ? [] : [[t.text(`backup-request-${request}`)]]),
      [],
      ...stateLines(reader, parts),
      ...(runs.length === 0 ? [] : [[], ...runs.map((run) => runLine(reader, run))]),
    ],
    buttons: [
      [
        ...(request === 'none' ? [{ label: t.text('backup-now-button'), data: buttons.now() }] : []),
        { label: t.text('backup-again-button'), data: buttons.list() },
      ],
    ],
  };
}

/** How a backup that was asked for ended. */
export function endedView(reader: Reader, run: Run): View {
  const { t } = reader;
  if (run.state !== 'succeeded')
    return {
      lines: [[bold(t.text('backup-ended-failed'))], [code(cut(run.reason ?? ''))]],
      buttons: [[{ label: t.text('backup-now-button'), data: buttons.now() }]],
    };
  return {
    lines: [
      t.spans<Exclude<Span, string>>('backup-ended', { rows: run.rows ?? 0, size: sizeText(t, run.bytes ?? 0) }),
      [code(run.archive ?? '')],
      ...(run.warnings ?? []).map((warning) => [`⚠️ ${warning}`]),
    ],
  };
}
