/** A Steward with somebody's tasks and reminders in it, at a fixed time and in either language, for tests of everything the registry declares. */

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { FluentResource } from '@fluent/bundle';
import { systemClock } from '../../src/core/clock.ts';
import type { Language } from '../../src/locales/translator.ts';
import { OWNER, type Person, type Steward, startSteward } from '../e2e/steward.ts';
import { root } from '../repository/source.ts';

/** A Tuesday morning in Berlin, far from any change of the clocks. */
export const MORNING = Date.parse('2026-05-12T08:00:00Z');

export const GUEST = 7002;

export interface Stage {
  readonly steward: Steward;
  readonly owner: Person;
  /** How many updates since the last look were handled otherwise than by doing what was asked: refused with a reason, tried again, put aside. */
  refusedSince(): Promise<number>;
  /** Lines of the log that no person should cause. */
  faults(): string[];
}

/** Starts Steward in `language` at `MORNING` for an owner who was asked nothing yet. */
export async function stage(language: Language): Promise<Stage> {
  // What Telegram dates messages by is the same time.
  const chat: { steward?: Steward } = {};
  const clock = { now: () => (chat.steward?.clock ?? systemClock).now(), onMove: () => () => {} };
  const steward = await startSteward({ mode: 'polling', idle: true, clock, settings: { STEWARD_LANGUAGE: language } });
  chat.steward = steward;
  steward.clock.move(MORNING - steward.clock.now());
  await steward.start();
  const owner = steward.person(OWNER, { first_name: 'Ada', language_code: language });
  let refused = 0;
  return {
    steward,
    owner,
    async refusedSince() {
      const before = refused;
      const metrics = await (await fetch(`${steward.metricsUrl()}/metrics`)).text();
      refused = [...metrics.matchAll(/^steward_updates_handled_total\{([^}]*)\} (\d+)$/gm)]
        .filter(([, labels = '']) => !labels.includes('outcome="handled"'))
        .reduce((sum, [, , count]) => sum + Number(count), 0);
      return refused - before;
    },
    faults: () => steward.log.filter((line) => /"level":"(?:warn|error)"/.test(line)),
  };
}

/** What a person who has used Steward for a while has: task 12 with a reminder, tags, a client, projects. */
export async function furnish({ owner, steward }: Stage, language: Language): Promise<void> {
  const lines = FURNITURE[language];
  for (const line of lines) await owner.say(line);
  await steward.quiet();
}

const FURNITURE: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'water the plants #home',
    'prepare the offer @Acme !high #sales friday',
    'book a train ticket',
    'read chapter four',
    'send the offer to Acme #sales',
    'write the report +Website ~2h',
    'order paint',
    'clean the garage',
    'fix the lamp !urgent',
    'plan the trip',
    'renew the passport in June',
    'call Bob tomorrow 3pm',
    'answer Carol',
    'check the backups',
    'sand the door',
    '/remind 12 tomorrow at 9',
    '/set_status 10 in progress',
    '/due 5 11.05.2026',
    '/note 12 He is back on Thursday',
    '/filters save hot priority:urgent',
    '/template save 10 onboarding',
  ],
  ru: [
    'полить цветы #дом',
    'подготовить договор @Акме !высокий #продажи в пятницу',
    'купить билет на поезд',
    'прочитать четвёртую главу',
    'отправить договор в Акме #продажи',
    'написать отчёт +Сайт ~2ч',
    'заказать краску',
    'убрать в гараже',
    'починить лампу !срочный',
    'спланировать поездку',
    'обновить паспорт в июне',
    'позвонить Бобу завтра в 15:00',
    'ответить Кате',
    'проверить копии',
    'ошкурить дверь',
    '/remind 12 завтра в 9',
    '/set_status 10 в работе',
    '/due 5 11.05.2026',
    '/note 12 Вернётся в четверг',
    '/filters сохранить важное приоритет:срочный',
    '/template сохранить 10 онбординг',
  ],
};

/** Whether `text` is one of the answers that tell what could not be done or was not found. */
export function tellsFailure(language: Language, text: string): boolean {
  return failures(language).some((pattern) => pattern.test(text));
}

const known = new Map<Language, readonly RegExp[]>();

/** Refusals have "error" in their keys; beside them stand those for what is not there. Rows of /errors are none. */
const REFUSAL = /^(?!status-).*(?:\berror-|-no-match$|-none-of-task$|-date-(?:not-read|refused)|help-unknown)/;

function failures(language: Language): readonly RegExp[] {
  const folder = path.join(root, 'src/locales', language);
  const made =
    known.get(language) ??
    readdirSync(folder).flatMap((file) =>
      new FluentResource(readFileSync(path.join(folder, file), 'utf8')).body
        .filter(({ id }) => REFUSAL.test(id))
        .map(({ value }) => new RegExp(`(?:^|\\n)${sourceOf(value)}(?:$|\\n)`, 'u')),
    );
  known.set(language, made);
  return made;
}

/** What a text may read like, as an expression; what it is filled with may be anything on its line. */
function sourceOf(pattern: unknown): string {
  if (typeof pattern === 'string') return pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (Array.isArray(pattern)) return pattern.map(sourceOf).join('');
  if (typeof pattern === 'object' && pattern !== null && 'variants' in pattern && Array.isArray(pattern.variants))
    return `(?:${pattern.variants.map((variant: { value: unknown }) => sourceOf(variant.value)).join('|')})`;
  return '.{1,200}?';
}
