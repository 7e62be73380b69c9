/** What somebody writes, sends and waits for, so that every kind of message of Steward comes up once. A new kind of message gets a line here. */

import { buttons as settings } from '../../src/features/settings/buttons.ts';
import { buttons as tasks } from '../../src/features/tasks/buttons.ts';
import type { Language } from '../../src/locales/translator.ts';
import { keyboardOf } from '../../src/sandbox/index.ts';
import { picture } from '../e2e/file-stage.ts';
import { until } from '../e2e/steward.ts';
import { GUEST, type Stage } from './stage.ts';

/** Nothing here depends on how long a busy machine takes. */
const PATIENCE_MS = 120_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Groups of theirs: one for each button below the greeting. */
export const GROUPS = [-1_001_000_000_001, -1_001_000_000_002, -1_001_000_000_003];

type Scene = () => Promise<unknown>;

export function scenes({ steward, owner }: Stage, language: Language): readonly Scene[] {
  const say =
    (text: string): Scene =>
    () =>
      owner.say(text);
  const inTurn =
    (...parts: readonly Scene[]): Scene =>
    async () => {
      for (const part of parts) await part();
    };
  /** Lets time pass, and waits for the messages that come by themselves. */
  const pass =
    (ms: number, messages = 0): Scene =>
    async () => {
      const before = owner.texts().length;
      steward.clock.move(ms);
      await until('what fell due is told', () => owner.texts().length >= before + messages, PATIENCE_MS);
      await steward.quiet();
    };
  /** Replies to the newest message. */
  const reply =
    (text: string): Scene =>
    () =>
      owner.say(text, { replyTo: owner.seen().at(-1)?.message.message_id });
  const find = (name: string) => {
    for (const seen of owner.seen().toReversed())
      for (const button of keyboardOf(seen.message).flat())
        if ('callback_data' in button && button.callback_data.startsWith(`${name}:`))
          return { data: button.callback_data, seen };
    return undefined;
  };
  const isOffered = (name: string) => find(name) !== undefined;
  const offered = (name: string) => {
    const found = find(name);
    if (!found) throw new Error(`no message offers ${name}`);
    return found;
  };
  /** Presses the newest button of this name. */
  const press =
    (name: string): Scene =>
    () => {
      const { data, seen } = offered(name);
      return owner.pressData(data, seen);
    };
  /** Presses what the newest message offers beside others of its name. */
  const pressed =
    (data: string): Scene =>
    () =>
      owner.pressData(data);
  const undoneUnderNewer: Scene = async () => {
    await owner.say('wash the car');
    const { data, seen } = offered('h:undo');
    await owner.say('/priority "wash the car" high');
    await owner.pressData(data, seen);
  };
  const greetedInGroup: Scene = async () => {
    for (const group of GROUPS) {
      steward.sandbox.group(group, 'Family', [owner.user], 'supergroup');
      steward.sandbox.addBot(group, owner.user);
    }
    await steward.quiet();
    for (const line of ['/add mow the lawn', '/task 1', '/assign_to 1', '/bulk 1 assign']) {
      owner.user.send(line, { chat: GROUPS[0] });
      await steward.quiet();
    }
  };
  const held = async () =>
    (await steward.db.query<{ count: number }>("SELECT count(*)::int AS count FROM deliveries WHERE state = 'held'"))[0]
      ?.count ?? 0;
  const sendBack: Scene = async () => {
    const sent = owner.seen().findLast((one) => one.message.document)?.message.document;
    const { api } = { api: `${steward.sandbox.url}/bot${steward.sandbox.token}` };
    const { result } = (await (await fetch(`${api}/getFile?file_id=${sent?.file_id}`)).json()) as {
      result: { file_path: string };
    };
    const url = `${steward.sandbox.url}/file/bot${steward.sandbox.token}/${result.file_path}`;
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    const before = owner.texts().length;
    owner.sendFile('document', { name: 'steward.zip', type: 'application/zip', bytes });
    await until('the archive was looked at', () => owner.texts().length >= before + 2, PATIENCE_MS);
    await steward.quiet();
  };
  const album: Scene = async () => {
    const photos = Array.from({ length: 10 }, () => ({ name: 'p.png', type: 'image/png', bytes: picture() }));
    owner.sendAlbum('photo', photos);
    await steward.quiet();
  };
  const fault: Scene = () =>
    steward.db.query(
      `INSERT INTO stored_errors (fingerprint, kind, summary, first_seen, last_seen, last_ref, refs)
       SELECT 'f00d' || n, 'Error', 'Error in job.trim', now(), now(), 'AAA' || n, ARRAY['AAA' || n] FROM generate_series(1, 9) n`,
    );
  /** Puts a daily reminder off to the same hour, day after day. */
  const putOff = inTurn(
    say('remind me to take the pills every day at 9:00'),
    ...[1, 2, 3, 4].flatMap(() => [pass(DAY, 1), reply('20:00')]),
  );
  return [
    // Once for each of the things one may do at the same step.
    say('/start'),
    say('/start'),
    inTurn(say('/start'), press('s:skip')),
    inTurn(say('/start'), press('s:skip'), press('s:skip')),
    inTurn(say('/start'), press('s:skip'), press('s:skip')),
    say('/help'),
    say('/help owner'),
    say('/help undo'),
    say('/taks'),
    ...(['dates', 'clock', 'week', 'parts'] as const).map((section) =>
      inTurn(say('/settings'), pressed(settings.open({ section }))),
    ),
    say('/settings'),
    say('/quiet'),
    say('/pause'),
    say('/timezone nowhere at all'),
    say('/list'),
    say('/today'),
    say('/task 12'),
    say('call Dora friday 10:00 #sales'),
    say('party friday midnight'),
    say('/tag'),
    say('/project'),
    say('/subtask 12 buy stamps'),
    say('/subtask 12'),
    inTurn(say('/subtask 6 draft'), say('/done 6')),
    inTurn(say('/subtask 8 shelves'), say('/done 8')),
    say('/depend 12 on 13'),
    say('/note 13 one note'),
    say('/task 13'),
    say('/search paint'),
    say('/search trip'),
    say('/filters'),
    inTurn(say('/filters save urgent priority:urgent'), say('/filters')),
    say('/template'),
    say('/template save 12 calls'),
    say('/template calls'),
    say('/bulk'),
    say('/bulk 1,2'),
    say('/done'),
    say('hello'),
    inTurn(say('/add'), say('buy a kettle')),
    inTurn(say('/task 13'), press('t:edit'), press('t:levels')),
    inTurn(say('/task 2'), pressed(tasks.edit({ id: 2 })), pressed(tasks.ask({ id: 2, field: 'client' }))),
    say('/note 12'),
    inTurn(
      ...['high', 'low', 'urgent', 'medium', 'high', 'low', 'urgent', 'medium', 'high', 'low', 'urgent'].map((level) =>
        say(`/priority 14 ${level}`),
      ),
      say('/task 14'),
      press('t:more'),
      press('t:history'),
    ),
    inTurn(say('/subtask 4 pack the bags'), say('/task pack the bags'), press('t:more'), press('t:parts')),
    say('/search status:open'),
    inTurn(say('/bulk 3,4'), pressed(tasks.bulkWhat({ what: 'due' }))),
    inTurn(say('/bulk 3,4'), pressed(tasks.bulkWhat({ what: 'priority' }))),
    inTurn(say('/bulk 3,4'), pressed(tasks.bulkWhat({ what: 'start' }))),
    inTurn(say('brush the dog every friday'), say('/bulk brush priority low')),
    inTurn(say('/filters save hot tag:sales'), say('/filters'), pressed(tasks.filters({ removing: 'yes' }))),
    inTurn(say('/template save 4 reading'), say('/template'), pressed(tasks.templates({ removing: 'yes' }))),
    undoneUnderNewer,
    undoneUnderNewer,
    inTurn(say('/timezone'), say('Xyzzy')),
    inTurn(
      ...Array.from({ length: 12 }, (_, n) => say(`remind me of thing ${n} in ${n + 2} hours`)),
      say('/reminders'),
    ),
    inTurn(say('/done 15'), say('/task 15')),
    inTurn(
      say('water the roses every day at 8'),
      say('/task water the roses'),
      press('t:edit'),
      press('t:levels'),
      press('t:priority'),
    ),
    inTurn(say('/task water the roses'), press('t:more')),
    say('/delete water the roses'),
    inTurn(say('sweep the floor every monday'), say('/task sweep the floor'), press('t:more'), press('t:pauseSeries')),
    inTurn(say('/task sweep the floor'), press('t:more')),
    inTurn(say('/set_status "sweep the floor" cancelled')),
    inTurn(say('feed the fish every tuesday'), say('/set_status "feed the fish" cancelled')),
    inTurn(say('/subtask 1 fill the can'), say('/set_status 1 cancelled')),
    inTurn(say('/subtask 7 find the brush'), say('/set_status 7 cancelled')),
    greetedInGroup,
    say('/project delete Website'),
    say('/project delete Сайт'),
    say('/history'),
    say('/remind call Dora'),
    say('/remind call Dora friday midnight'),
    say('/reminders'),
    say('/reminders 12'),
    inTurn(say('remind me to stretch in 2 minutes'), pass(3 * MINUTE, 1)),
    inTurn(say('remind me to walk in 2 minutes'), pass(3 * MINUTE, 1), reply('go slowly')),
    inTurn(say('remind me to breathe every day at 16:00'), pass(8 * HOUR, 1)),
    inTurn(say('remind me to jog every day at 16:00'), say('move jog to 17:00')),
    inTurn(
      say('remind me to feed the cat in 10 minutes'),
      say('remind me to drink water in 12 minutes'),
      say('/quiet on'),
      pass(20 * MINUTE),
      () => until('both are held', async () => (await held()) >= 2, PATIENCE_MS),
      say('/quiet off'),
      () => until('both are told together', () => isOffered('r:together'), PATIENCE_MS),
    ),
    inTurn(putOff, say('/reminders stats')),
    say('/why 12'),
    say('/status'),
    inTurn(fault, say('/errors')),
    say('/backup'),
    inTurn(
      say('/invite'),
      say('/people'),
      async () => {
        const code = owner
          .texts()
          .flatMap((text) => /\/start (inv-\S+)/.exec(text)?.[1] ?? [])
          .at(-1);
        await steward.person(GUEST, { first_name: 'Anna' }).say(`/start ${code}`);
      },
      say('/people'),
    ),
    say('wash the van\nwax the van'),
    say('mow the lawn\ntrim the hedge'),
    inTurn(album, say('/files')),
    inTurn(say('/files'), press('tf:open')),
    inTurn(say('/files'), press('tf:open')),
    inTurn(say('/files'), press('tf:open')),
    say('/files'),
    say('/files'),
    say('/files'),
    inTurn(say('/export'), say('/import'), sendBack),
    inTurn(say('/import'), sendBack),
    say('/forget_me'),
    say('/forget_me'),
    say('/habits'),
    say('log 45m on website'),
    say(language === 'ru' ? 'закупка' : 'groceries'),
    inTurn(say('/undo'), say('/history')),
    say('/undo 2'),
  ];
}
