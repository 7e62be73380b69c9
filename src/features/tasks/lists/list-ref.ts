/** Which list and page a message came from, so that a card opened in it finds the way back. */
import type { Translator } from '../../../locales/translator.ts';
import type { Button, MessageSubject } from '../../../telegram/view.ts';
import { buttons, LONGEST_VALUE } from '../buttons.ts';
import { askedDays } from './asked-days.ts';
import { LIST_KINDS, type ListKind, type ListQuery } from './lists.ts';

/** A page of a list or of a search; `value` as in ListQuery, of a search its words. */
export interface ListRef {
  readonly kind: ListKind | 'search';
  readonly value: string | number | null;
  readonly page: number;
}

/** What of it is written into the message's subject. */
export function refData(ref: ListRef | null): NonNullable<MessageSubject['data']> {
  return ref === null ? {} : { list: ref.kind, value: ref.value, page: ref.page };
}

/** The list a message shows or came from; null when it came from none. */
export function refOf(subject: MessageSubject | null | undefined): ListRef | null {
  const { list, value, page } = (subject?.data ?? {}) as Record<string, unknown>;
  const kind = [...LIST_KINDS, 'search' as const].find((known) => known === list);
  if (kind === undefined) return null;
  return {
    kind,
    value: typeof value === 'string' || typeof value === 'number' ? value : null,
    page: typeof page === 'number' && page >= 1 ? page : 1,
  };
}

/** The reference as buttons carry it: a value too long for one is left to the message's subject. */
export function carried(ref: ListRef): { kind: ListRef['kind']; page: number; value: string | null } {
  const text = ref.kind === 'search' || ref.value === null ? null : String(ref.value);
  // ':' and '%' take three bytes on a button
  const fits = text?.isWellFormed() === true && Buffer.byteLength(text.replaceAll(/[:%_]/g, '%%%')) <= LONGEST_VALUE;
  return { kind: ref.kind, page: ref.page, value: fits ? text : null };
}

/** The reference a button carried, its value filled in from what the message shows. */
export function restored(
  args: { kind: ListRef['kind'] | 'none'; page: number; value: string | null },
  subject: MessageSubject | null | undefined,
): ListRef | null {
  if (args.kind === 'none') return null;
  const shown = refOf(subject);
  const value = args.value ?? (shown?.kind === args.kind ? shown.value : null);
  return {
    kind: args.kind,
    page: Math.max(1, args.page),
    value: isNumeric(args.kind) && value !== null ? Number(value) : value,
  };
}

const isNumeric = (kind: ListRef['kind']) =>
  kind === 'priority' || kind === 'project' || kind === 'client' || kind === 'assignee';

/** The list's query; null when it is a search or its value is lost. */
export function queryOf(ref: ListRef): ListQuery | null {
  const { kind, value } = ref;
  if (kind === 'search') return null;
  if (kind === 'days' && askedDays(value) === null) return null;
  const needs = kind === 'status' || kind === 'tag' || kind === 'finished' || isNumeric(kind);
  if (needs && (value === null || (typeof value === 'number' && !Number.isSafeInteger(value)))) return null;
  return { kind, value };
}

export function backButton(t: Translator, ref: ListRef): Button {
  return { label: t.text('task-list-button'), data: buttons.list(carried(ref)) };
}
