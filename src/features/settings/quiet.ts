/** Quiet time from the chat: /quiet with hours, a switch or an end, and the buttons below it. */
import { parseWhen } from '../../capture/index.ts';
import type { EpochMs } from '../../core/clock.ts';
import { addDays } from '../../core/days.ts';
import { UserError } from '../../core/errors.ts';
import { hoursOf, quietEnd } from '../../core/quiet.ts';
import { instantOf, wallClock } from '../../core/zones.ts';
import type { Context } from '../../telegram/feature.ts';
import { timeOf } from './buttons.ts';
import { present, type SettingsChanges, type Told } from './changing.ts';
import { quietView } from './quiet-view.ts';
import type { SettingsPatch } from './service.ts';

/** A silence longer than this is refused. Milliseconds. */
const LONGEST_MS = 366 * 86_400_000;

/** What a change is called in /history. */
type Kind = 'hours' | 'no-hours' | 'on' | 'until' | 'off' | 'urgent' | 'no-urgent';

function change(context: Context, changes: SettingsChanges, kind: Kind, patch: SettingsPatch): Promise<Told> {
  const hours = hoursOf(patch.quietHours ?? null);
  return changes.change(context, 'settings.quiet', patch, () => ({
    key: 'action-settings-quiet',
    args: { kind, from: hours?.from ?? '', to: hours?.to ?? '' },
  }));
}

/** No reminder until an instant (epoch ms), or until it is ended (null). Throws UserError for one that is not ahead, or too far. */
function silence(context: Context, changes: SettingsChanges, until: EpochMs | null): Promise<Told> {
  if (until !== null && until <= context.now) throw new UserError('settings-quiet-past');
  if (until !== null && until > context.now + LONGEST_MS) throw new UserError('settings-quiet-far');
  const patch = { quietSince: context.now, quietUntil: until };
  return change(context, changes, until === null ? 'on' : 'until', patch);
}

/** Ends what is quiet now: the silence that was switched on; where there is none, the hours of every day. */
function off(context: Context, changes: SettingsChanges): Promise<Told> {
  const { person } = context.actor;
  const silent = quietEnd({ ...person, quietHours: null }, context.now) !== null;
  if (silent || person.quietHours === null)
    return change(context, changes, 'off', { quietSince: null, quietUntil: null });
  return change(context, changes, 'no-hours', { quietHours: null, quietSince: null, quietUntil: null });
}

const TIME = String.raw`(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|утра|вечера)?`;
const HOURS = new RegExp(`^(?:hours\\s+|from\\s+|с\\s+)?${TIME}\\s*(?:-|–|—|to|till|until|до|по)\\s*${TIME}$`, 'iu');

/** "22:00-7:00", "from 10 pm to 7 am", «с 22 до 7» as 'HH:MM-HH:MM'; null for anything else. Throws UserError for hours that cannot be. */
function hoursIn(words: string): string | null {
  const [all, ...parts] = HOURS.exec(words.trim()) ?? [];
  if (all === undefined) return null;
  const [from, to] = [clockTime(parts[0], parts[1], parts[2]), clockTime(parts[3], parts[4], parts[5])];
  if (from === null || to === null || from === to) throw new UserError('settings-quiet-hours-unknown', { words });
  return `${from}-${to}`;
}

function clockTime(hour = '', minute = '00', half = ''): string | null {
  const [hours, minutes] = [Number(hour), Number(minute)];
  const twelve = half !== '';
  if (minutes > 59 || hours > (twelve ? 12 : 24) || (twelve && hours < 1)) return null;
  const afternoon = /^(?:pm|вечера)$/iu.test(half);
  const of24 = twelve ? (hours % 12) + (afternoon ? 12 : 0) : hours % 24;
  return hours === 24 && minutes > 0 ? null : timeOf(of24 * 60 + minutes);
}

const ON = /^(?:on|вкл(?:ючи(?:ть)?)?|да)$/iu;
const OFF = /^(?:off|end|stop|выкл(?:ючи(?:ть)?)?|нет|хватит)$/iu;
const URGENT = /^(?:urgent|срочные)\s+(.+)$/iu;
const UNTIL = /^(?:until|till|for|до|на)\s+/iu;

/** '/quiet': alone it shows what is chosen; hours, "on", "off", "until 15:00", "for 2 hours", "urgent on" choose. */
export async function command(context: Context, changes: SettingsChanges, rest: string): Promise<void> {
  const words = rest.trim();
  if (words === '') return context.answer(quietView(present(context)));
  const { reader, changed } = await chosen(context, changes, words);
  await context.answer(quietView(reader, changed));
}

async function chosen(context: Context, changes: SettingsChanges, words: string): Promise<Told> {
  if (ON.test(words)) return silence(context, changes, null);
  if (OFF.test(words)) return off(context, changes);
  const [, urgent = ''] = URGENT.exec(words) ?? [];
  if (ON.test(urgent)) return change(context, changes, 'urgent', { quietLetsUrgent: true });
  if (OFF.test(urgent)) return change(context, changes, 'no-urgent', { quietLetsUrgent: false });
  const hours = hoursIn(words);
  if (hours !== null) return change(context, changes, 'hours', { quietHours: hours });
  const { reading } = parseWhen(words.replace(UNTIL, ''), context.capture);
  if (reading === null || reading.recurrence !== null) throw new UserError('settings-quiet-unknown', { words });
  return silence(context, changes, reading.remind.at);
}

const SAID =
  /^(?:please\s+)?(?:(do\s+not\s+disturb|don['’]?t\s+disturb)(?:\s+me)?|quiet\s+(?:hours|time))(?:\s+(.+))?$/iu;
const SAID_RU = /^(?:(не\s+беспоко(?:ить|й(?:те)?))(?:\s+меня)?|тихие\s+часы|тихое\s+время)(?:\s+(.+))?$/iu;

/** "do not disturb until 15:00", «тихие часы с 22 до 7» in plain words. False for words that say no hours, no end and no switch. */
export async function said(context: Context, changes: SettingsChanges, text: string): Promise<boolean> {
  const [all, silent, rest = ''] = SAID.exec(text.trim()) ?? SAID_RU.exec(text.trim()) ?? [];
  if (all === undefined) return false;
  const words = rest.replace(/[.!]+$/u, '');
  if (words === '') {
    await command(context, changes, silent === undefined ? '' : 'on');
    return true;
  }
  if (!HOURS.test(words) && !UNTIL.test(words) && !ON.test(words) && !OFF.test(words)) return false;
  await command(context, changes, words);
  return true;
}

/** A button of the view. */
export async function pressed(
  context: Context,
  changes: SettingsChanges,
  what: '22-7' | '23-8' | 'no-hours' | '1h' | 'morning' | 'on' | 'off' | 'urgent' | 'no-urgent',
): Promise<void> {
  const { reader, changed } = await made(context, changes, what);
  await context.replace(quietView(reader, changed));
}

function made(context: Context, changes: SettingsChanges, what: Parameters<typeof pressed>[2]): Promise<Told> {
  const { now, actor } = context;
  const { timezone, dayParts } = actor.person;
  switch (what) {
    case '22-7':
      return change(context, changes, 'hours', { quietHours: '22:00-07:00' });
    case '23-8':
      return change(context, changes, 'hours', { quietHours: '23:00-08:00' });
    case 'no-hours':
      return change(context, changes, 'no-hours', { quietHours: null });
    case '1h':
      return silence(context, changes, now + 3_600_000);
    case 'morning': {
      const tomorrow = addDays(wallClock(now, timezone).day, 1);
      return silence(context, changes, instantOf(tomorrow, dayParts['morning'] ?? '09:00', timezone));
    }
    case 'on':
      return silence(context, changes, null);
    case 'off':
      return change(context, changes, 'off', { quietSince: null, quietUntil: null });
    case 'urgent':
    case 'no-urgent':
      return change(context, changes, what, { quietLetsUrgent: what === 'urgent' });
  }
}
