/** Every shape a message of Steward can have, brought about by a real Steward step by step: for the pictures of docs/design.md and for the rules they must keep. */
import { crc32, deflateSync } from 'node:zlib';
import type { Language } from '../../src/locales/translator.ts';
import { keyboardOf, type SeenMessage } from '../../src/sandbox/index.ts';
import { OWNER, until } from '../e2e/steward.ts';
import { GUEST, type Stage } from '../registry/stage.ts';

/** Nothing here depends on how long a busy machine takes. */
const PATIENCE_MS = 120_000;
const MINUTE = 60_000;
/** The group of the last shapes. */
const GROUP = -1_001_000_000_012;

export interface Shape {
  /** the name of its pictures */
  readonly name: string;
  readonly act: () => Promise<unknown>;
  /** the chat it comes about in; the owner's own when left out */
  readonly chat?: number;
}

const WORDS = {
  en: {
    capture: 'call Bob tomorrow 3pm !high #sales @Acme ~30m',
    series: 'pay rent every month on the 31st',
    readings: 'party friday midnight',
    refused: 'prepare for the 31st of February',
    tasks: [
      'send the offer today 16:00 @Acme',
      'water the plants today 18:00',
      'read chapter four today',
      'book a train',
    ],
    subtasks: ['/subtask 1 find the number', '/subtask 1 ask about the price'],
    note: '/note 1 He is back on Thursday',
    done: 'done with find the number',
    reminder: 'remind me to stretch in 10 minutes',
    late: 'remind me to call Carol in 20 minutes',
    repeat: 'remind me to drink water in 10 minutes',
    bulk: '/bulk 5,6 due friday',
    template: '/template save 1 call',
    search: '/search plants',
    file: 'check the offer friday',
    later: 'log 45m on website',
    lines: 'buy milk\nbuy bread\nbuy coffee',
    waiting: ['remind me to call the bank in 10 minutes', 'remind me to take a break in 15 minutes'],
    swim: 'remind me to swim every day at 18:00',
    pause: '/pause all until 20 may',
    lost: 'measure the kitchen',
    group: 'Family',
    guest: 'Anna',
    shared: ['@steward_bot book the hotel friday 18:00', '@steward_bot buy tickets tomorrow'],
    assign: '/assign@steward_bot 1 Anna',
    given: '/assign@steward_bot 2 Ada',
  },
  ru: {
    capture: 'позвонить Борису завтра в 15 !высокий #продажи @Акме ~30м',
    series: 'платить за квартиру каждый месяц 31 числа',
    readings: 'вечеринка в пятницу в полночь',
    refused: 'подготовиться к 31 февраля',
    tasks: [
      'отправить счёт сегодня в 16 @Акме',
      'полить цветы сегодня в 18',
      'прочитать главу сегодня',
      'купить билет на поезд',
    ],
    subtasks: ['/subtask 1 найти номер', '/subtask 1 спросить о цене'],
    note: '/note 1 Вернётся в четверг',
    done: 'готово найти номер',
    reminder: 'напомни размяться через 10 минут',
    late: 'напомни позвонить Кате через 20 минут',
    repeat: 'напомни выпить воды через 10 минут',
    bulk: '/bulk 5,6 срок пятница',
    template: '/template сохранить 1 звонок',
    search: '/search цвет',
    file: 'проверить счёт в пятницу',
    later: 'потратил 45 минут на сайт',
    lines: 'купить молоко\nкупить хлеб\nкупить кофе',
    waiting: ['напомни позвонить в банк через 10 минут', 'напомни сделать перерыв через 15 минут'],
    swim: 'напоминай плавать каждый день в 18:00',
    pause: '/pause все до 20 мая',
    lost: 'измерить кухню',
    group: 'Семья',
    guest: 'Анна',
    shared: ['@steward_bot забронировать отель в пятницу 18:00', '@steward_bot купить билеты завтра'],
    assign: '/assign@steward_bot 1 Анна',
    given: '/assign@steward_bot 2 Ada',
  },
} as const satisfies Record<Language, unknown>;

/** The shapes in the order in which they come about. */
export function shapes({ steward, owner }: Stage, language: Language): readonly Shape[] {
  const words = WORDS[language];
  const say = (text: string) => () => owner.say(text);
  const inTurn =
    (...parts: ReadonlyArray<() => Promise<unknown>>) =>
    async () => {
      for (const part of parts) await part();
    };
  /** Presses the n-th button of the newest message. */
  const press = (n: number) => () => owner.press(owner.buttons().at(n) ?? '');
  const fires = async (ms: number) => {
    const before = owner.texts().length;
    steward.clock.move(ms);
    await until('it is told', () => owner.texts().length > before, PATIENCE_MS);
    await steward.quiet();
  };
  const there = () => steward.inGroup(OWNER, GROUP);
  const shape = (name: string, act: () => Promise<unknown>): Shape => ({ name, act });
  const inGroup = (name: string, act: () => Promise<unknown>): Shape => ({ name, act, chat: GROUP });
  return [
    shape('start-zone', say('/start')),
    shape('start-language', press(-1)),
    shape('start-done', press(-1)),
    shape('capture', say(words.capture)),
    shape('two-readings', say(words.readings)),
    shape('refused', say(words.refused)),
    shape('repeating', say(words.series)),
    shape('empty', say('/today')),
    shape('several-lines', say(words.lines)),
    shape('list', inTurn(...words.tasks.map(say), say('/list'))),
    shape('today', say('/today')),
    shape('card', inTurn(...words.subtasks.map(say), say(words.note), say('/task 1'))),
    shape('card-more', press(4)),
    shape('dates', inTurn(say('/task 1'), press(1))),
    shape('done', say(words.done)),
    shape('undo', say('/undo')),
    shape('search', say(words.search)),
    shape('bulk', say(words.bulk)),
    shape('template', inTurn(say(words.template), say('/template'))),
    shape(
      'reminder',
      inTurn(say(words.reminder), () => fires(10 * MINUTE)),
    ),
    shape(
      'late',
      inTurn(say(words.late), async () => {
        await steward.stop();
        steward.clock.move(50 * MINUTE);
        await steward.start();
        await until('it is told', () => /^⏰.* — /.test(owner.texts().at(-1) ?? ''), PATIENCE_MS);
        await steward.quiet();
      }),
    ),
    shape(
      'repeat',
      inTurn(say(words.repeat), async () => {
        steward.sandbox.faults.add({ method: 'sendMessage', count: 1, effect: { kind: 'reset', accepted: true } });
        steward.clock.move(10 * MINUTE);
        await until('it is told again', () => owner.texts().at(-1)?.includes('(') === true, PATIENCE_MS);
        await steward.quiet();
      }),
    ),
    shape('why', say('/why 13')),
    shape('reminders', say('/reminders')),
    shape('error', say('/task 999')),
    shape('unknown', say('/taks')),
    shape('not-yet', say(words.later)),
    shape('help', say('/help')),
    shape('help-topic', press(1)),
    shape('settings', say('/settings')),
    shape('quiet', say('/quiet 22:00-7:00')),
    shape('history', say('/history')),
    shape('status', say('/status')),
    shape('file', async () => {
      owner.sendFile('photo', { name: 'offer.png', type: 'image/png', bytes: PIXELS, caption: words.file });
      await steward.quiet();
    }),
    shape(
      'gathered',
      inTurn(...words.waiting.map(say), say('/quiet on'), async () => {
        steward.clock.move(20 * MINUTE);
        const held = () => steward.db.query("SELECT 1 FROM deliveries WHERE state = 'held'");
        await until('both are held', async () => (await held()).length === 2, PATIENCE_MS);
        await owner.say('/quiet off');
        const labels = () => owner.seen().flatMap(({ message }) => keyboardOf(message).flat());
        await until('what waited is told', () => labels().some(({ text }) => /^✅ \d+$/.test(text)), PATIENCE_MS);
        await steward.quiet();
      }),
    ),
    shape('paused', inTurn(say(words.swim), say(words.pause))),
    shape('failure', async () => {
      const effect = { kind: 'refusal', code: 400, description: 'Bad Request: wrong file_id' } as const;
      steward.sandbox.faults.add({ method: 'getFile', effect });
      owner.sendFile('photo', { name: 'kitchen.png', type: 'image/png', bytes: PIXELS, caption: words.lost });
      await until('it is told', () => owner.texts().at(-1)?.startsWith('⚠️') === true, PATIENCE_MS);
      await steward.quiet();
      steward.sandbox.faults.clear();
    }),
    // What follows is shown to who chose it.
    shape('tables-sample', inTurn(say('/settings'), press(-1), press(1))),
    shape('tables-list', inTurn(press(0), say('/list'))),
    inGroup('group-hello', async () => {
      const invitation = /inv-\S+/.exec(await owner.say('/invite'))?.[0];
      const guest = steward.person(GUEST, { first_name: words.guest, language_code: language });
      await guest.say(`/start ${invitation}`);
      steward.sandbox.group(GROUP, words.group, [owner.user, guest.user], 'supergroup');
      steward.sandbox.addBot(GROUP, owner.user);
      await steward.quiet();
    }),
    inGroup('group-assigned', async () => {
      for (const line of words.shared) await there().say(line);
      // Whoever has spoken to Steward there shares the list.
      await steward.inGroup(GUEST, GROUP).say('/mine@steward_bot');
      await there().say(words.assign);
    }),
    inGroup('group-list', () => there().say('/list@steward_bot')),
    shape('given', async () => {
      await steward.inGroup(GUEST, GROUP).say(words.given);
      await steward.quiet();
    }),
  ];
}

/** A picture of 320 by 180 points in three stripes, written as PNG. */
const PIXELS = ((width: number, height: number): Buffer => {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits of red, green and blue.
  head.set([8, 2, 0, 0, 0], 8);
  const stripes = [
    [86, 134, 181],
    [150, 190, 160],
    [222, 205, 165],
  ];
  const rows = Array.from({ length: height }, (_, y) => {
    const stripe = stripes[Math.floor((y * stripes.length) / height)] ?? [];
    return Buffer.concat([Buffer.from([0]), Buffer.from(Array.from({ length: width }, () => stripe).flat())]);
  });
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
})(320, 180);

/** The messages a shape consists of: those that came or changed while it came about, both sides'. */
export async function messagesOf({ steward, owner }: Stage, shape: Shape): Promise<SeenMessage[]> {
  const changed = new Map<number, SeenMessage>();
  const stop = steward.sandbox.watch((event) => {
    if ((event.kind === 'message' || event.kind === 'edit') && event.seen.chatId === (shape.chat ?? owner.id))
      changed.set(event.seen.message.message_id, event.seen);
  });
  try {
    await shape.act();
  } finally {
    stop();
  }
  return [...changed.values()].sort((a, b) => a.message.message_id - b.message.message_id);
}
