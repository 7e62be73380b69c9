/** What Steward says as a member of a group: data in, message out. */
import type { Group } from '../../access/groups.ts';
import type { Translator } from '../../locales/translator.ts';
import { bold, code, type Span, type View } from '../../telegram/view.ts';
import { zoneName } from '../settings/index.ts';
import { buttons } from './buttons.ts';

/** A group as its greeting shows it. */
export interface Greeting {
  readonly group: Group;
  /** the bot's name without '@', once Telegram told it */
  readonly username: string | undefined;
  /** its open tasks, counted up to a bound */
  readonly open: number;
}

/** How to talk to Steward here, and what it leaves alone. `again`: it was here before. */
export function greetingView(t: Translator, { group, username, open }: Greeting, again: boolean): View {
  const example = code(t.text('group-example', { name: username === undefined ? 'none' : username }));
  return {
    lines: [
      [bold(t.text(again ? 'group-back' : 'group-hello'))],
      ...(open > 0 ? [[t.text('group-open', { count: open })]] : []),
      [],
      t.spans<Exclude<Span, string>>('group-how', { example }),
      [t.text('group-who')],
      [t.text('group-zone', { zone: zoneName(group.timezone, t.language) })],
    ],
    buttons: [
      [
        { label: t.text('group-list-button'), data: buttons.list() },
        { label: t.text('settings-title-button'), data: buttons.settings() },
        { label: t.text('shared-help-button'), data: buttons.help() },
      ],
    ],
  };
}

/** Told in private to whom it concerns: nothing comes in a group any more. */
export function awayView(t: Translator, title: string, reminders: number): View {
  return {
    lines: [
      t.spans<Exclude<Span, string>>('group-away', { title: bold(title === '' ? t.text('group-nameless') : title) }),
      [t.text('group-away-reminders', { count: reminders })],
    ],
  };
}
