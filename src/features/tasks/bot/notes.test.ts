/** Notes and history of a task in the chat, and the menus that change its fields by button. */
import { expect, test } from 'vitest';
import { labels } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { lastView, type TaskChat, taskChat, tasks } from '../../../../test/support/tasks.ts';
import type { NoteId } from '../../../core/ids.ts';
import { linkAt } from '../../../outbox/outbox.ts';
import type { MessageSubject } from '../../../telegram/view.ts';
import { buttons } from '../buttons.ts';

const db = databaseOfFile();

const chat = (): Promise<TaskChat> => taskChat(db);

test('notes are added, paged, edited and deleted by button, newest first', async () => {
  const ada = await chat();
  await ada.write('offer');
  for (let index = 1; index <= 7; index += 1) await ada.command(`/note 1 note ${index}`);
  const first = await ada.command('/note 1');
  expect(first.text).toContain('7 notes');
  expect(first.text).toContain('note 7');
  expect(first.text).not.toContain('note 2');
  expect(labels(lastView(first))).toContain('1/2');
  expect((await ada.press('▶')).text).toContain('note 1');
  await ada.press('◀');
  await ada.press('✎ 1');
  expect(await ada.flow()).toBe('task.note');
  const edited = await ada.say('entirely new words');
  expect(edited.text).toContain('entirely new words');
  expect(edited.text).toContain('(edited)');
  await ada.press('✎ 1');
  expect((await ada.press('Delete note')).text).toContain('6 notes');
  expect((await ada.command('/search entirely')).text).toContain('Nothing found');
});

test('the history of a task tells what was done to it, newest first', async () => {
  const ada = await chat();
  await ada.write('offer');
  await ada.command('/priority 1 high');
  await ada.command('/done 1');
  await ada.command('/task 1');
  await ada.press('More');
  const lines = (await ada.press('History')).text.split('\n').slice(2);
  expect(lines.map((line) => line.replace(/^.* · /, ''))).toEqual([
    'Done: "offer"',
    'Priority: 🟡 medium → 🟠 high',
    'Added "offer"',
  ]);
});

test('every field changes by button, and None takes it away', async () => {
  const ada = await chat();
  await ada.write('offer');
  for (const [field, words] of [
    ['Title', 'Better offer'],
    ['Tags', 'one two'],
    ['Project', 'Website'],
    ['Client', 'Acme'],
    ['Estimate', '2h'],
    ['Start', 'monday'],
    ['Notes', 'long story'],
    ['Repeat', 'every monday'],
  ] as const) {
    await ada.command('/edit 1');
    await ada.press(field);
    await ada.say(words);
  }
  await ada.command('/edit 1');
  await ada.press('Date');
  await ada.press('Tomorrow');
  await ada.press('All following');
  await ada.press('Edit');
  await ada.press('Status');
  await ada.press('In review');
  expect((await ada.tasks())[0]).toMatchObject({
    title: 'Better offer',
    tags: ['one', 'two'],
    estimateMinutes: 120,
    startDate: '2026-11-30',
    dueDate: '2026-11-26',
    status: 'review',
    notes: 'long story',
    recurrence: { basis: 'schedule' },
  });
  for (const field of ['Repeat', 'Tags', 'Project', 'Client', 'Estimate', 'Start', 'Notes']) {
    await ada.command('/edit 1');
    await ada.press(field);
    await ada.press('None');
  }
  expect((await ada.tasks())[0]).toMatchObject({
    tags: [],
    projectId: null,
    clientId: null,
    estimateMinutes: null,
    startDate: null,
    recurrence: null,
    notes: '',
  });
  expect(await ada.flow()).toBeNull();
});

test('tags with a sign change those that are there, asked for by button or by command', async () => {
  const ada = await chat();
  await ada.write('paint the hall #home #slow');
  await ada.command('/task 1');
  await ada.press('Edit');
  await ada.press('Tags');
  expect((await ada.say('+green, -slow')).text).toContain('#home #green');
  await ada.command('/task 1');
  await ada.press('Edit');
  await ada.press('Tags');
  expect((await ada.say('blue')).text).toMatch(/hall\n#blue$/m);
  expect((await ada.command('/tag +red')).text).toContain('Which one');
  expect((await ada.say('1')).text).toContain('#blue #red');
});

test('a card opened from page two leads back to page two through menus', async () => {
  const ada = await chat();
  const { spaceId, id } = await ada.person();
  await db.query(
    `INSERT INTO tasks (space_id, number, title, created_by, created_at, tags)
     SELECT $1, i, 'T' || i, $2, now(), ARRAY['a-tag-that-is-far-too-long-for-a-button'] FROM generate_series(1, 20) i`,
    [spaceId, id],
  );
  await ada.command('/list #a-tag-that-is-far-too-long-for-a-button');
  const second = await ada.press('▶');
  await ada.press('12');
  await ada.press('More');
  await ada.press('History');
  await ada.press('Back');
  expect((await ada.press('◀ List')).text).toBe(second.text);
});

test('the history names what each field was and became, and the notes, also those that are gone', async () => {
  const ada = await chat();
  await ada.write('offer @acme');
  await ada.command('/due 1 tomorrow 15:00');
  await ada.command('/assign_client 1 Globex');
  await ada.command('/edit 1 the offer');
  await ada.command('/note 1 call first');
  const [note] = await db.query<{ id: NoteId }>('SELECT id FROM notes ORDER BY id DESC LIMIT 1');
  if (note) await ada.pressData(buttons.removeNote({ note: note.id }));
  await ada.command('/task 1');
  await ada.press('More');
  const lines = (await ada.press('History')).text.split('\n').slice(2);
  expect(lines.map((line) => line.replace(/^.*? · /, ''))).toEqual([
    'Deleted a note on "the offer"',
    'Note on "the offer"',
    'Title: Offer → the offer',
    'Client: Acme → Globex',
    'Date: – → tomorrow 15:00',
    'Added "Offer"',
  ]);
});

test('a long history has pages', async () => {
  const ada = await chat();
  await ada.write('busy');
  for (let turn = 0; turn < 9; turn += 1) await ada.command(`/priority 1 ${turn % 2 === 0 ? 'high' : 'low'}`);
  await ada.command('/task 1');
  await ada.press('More');
  expect(labels(lastView(await ada.press('History')))).toEqual(['1/2', '▶', '◀ Back']);
  expect((await ada.press('▶')).text).toContain('Added "busy"');
});

test('an edit of the message a note was made of changes the note, by reply and by command', async () => {
  const ada = await chat();
  const card = lastView(await ada.write('offer'));
  const edit = (messageId: number, text: string) =>
    ada.update(
      async (context) => {
        const source = await linkAt(context.tx, context.botId, context.inbound.chatId, messageId, ['source']);
        await tasks.edited?.task?.(context, source as MessageSubject);
      },
      { text, messageId },
    );
  const newest = async () =>
    (
      await db.query<{ messageId: number }>(
        "SELECT message_id FROM message_links WHERE role = 'source' ORDER BY message_id DESC LIMIT 1",
      )
    )[0]?.messageId ?? 0;
  await ada.reply(card, 'call them first');
  expect((await edit(await newest(), 'call them last')).text).toContain('call them last');
  await ada.command('/note 1 "second"');
  expect((await edit(await newest(), '/note 1 "third"')).text).toContain('third');
  expect(await ada.tasks()).toHaveLength(1);
});

test('what was done names the field that changed', async () => {
  const ada = await chat();
  await ada.write('offer');
  for (const line of ['/tag 1 x', '/project 1 Website', '/estimate 1 2h']) await ada.command(line);
  const { spaceId } = await ada.person();
  const summaries = await db.query<{ summary: { args: { field?: string } } }>(
    'SELECT summary FROM actions WHERE space_id = $1 ORDER BY id',
    [spaceId],
  );
  expect(summaries.map(({ summary }) => summary.args.field)).toEqual([undefined, 'tags', 'project', 'estimate']);
});
