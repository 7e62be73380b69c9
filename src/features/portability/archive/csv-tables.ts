/** The tables of an export for people: which columns a member has, and how its values are written. */
import { iso } from '../../../core/clock.ts';
import type { Translator } from '../../../locales/translator.ts';
import { extensionFor } from '../../tasks/index.ts';
import { type ArchivedFile, fileMember } from './file-members.ts';
import { COLUMNS } from './format.ts';
import type { KeyOf, Member, Row } from './rows.ts';

interface Table {
  readonly head: readonly string[];
  cells(row: Row): readonly unknown[];
}

/** The columns of a member as people read them: its archive's columns, instants as ISO 8601, what happened in words. */
export function tableFor(of: Member, t: Translator, keyOf: KeyOf): Table {
  if (of === 'history') {
    const head = ['at', 'what', 'kind', 'via', 'undoneAt'];
    return {
      head,
      cells: (row) => [
        instant(row['at']),
        happened(t, row['summary']),
        row['kind'],
        row['via'],
        instant(row['undoneAt']),
      ],
    };
  }
  if (of === 'deliveries') {
    const head = ['dueAt', 'state', 'reason', 'sentAt', 'latenessMs', 'kind'];
    return {
      head,
      cells: (row) => [
        instant(row['dueAt']),
        row['state'],
        row['reason'],
        instant(row['sentAt']),
        row['latenessMs'],
        row['kind'],
      ],
    };
  }
  const columns = Object.entries(COLUMNS[of]);
  return {
    head: columns.map(([name]) => name),
    cells: (row) =>
      columns.map(([name, column]) => {
        const value = row[name];
        if (value === null || value === undefined) return null;
        if (column.kind === 'instant') return instant(value);
        if (column.kind === 'reference') return keyOf(column.to, Number(value));
        if (column.kind === 'file')
          return fileMember((value as ArchivedFile).sha256, extensionFor(row['mediaType'] as string | null));
        return typeof value === 'object' && !Array.isArray(value) ? JSON.stringify(value) : value;
      }),
  };
}

function instant(value: unknown): string | null {
  return typeof value === 'number' ? iso(value) : null;
}

/** What an action did, in the person's language; its kind where a text is not there any more. */
function happened(t: Translator, summary: unknown): string {
  if (typeof summary !== 'object' || summary === null || !('key' in summary)) return '';
  const args = 'args' in summary && typeof summary.args === 'object' && summary.args !== null ? summary.args : {};
  try {
    return t.text(String(summary.key), args as Record<string, string | number>);
  } catch {
    return String(summary.key);
  }
}
