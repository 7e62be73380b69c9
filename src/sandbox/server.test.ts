/** The Bot API as a bot meets it over HTTP: addresses, bodies, errors, and grammY running unchanged. */
import { Api, Bot, GrammyError, InputFile } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DrivenClock } from '../core/clock.ts';
import { absentMethods } from './methods/absent.ts';
import { methodOf } from './methods/index.ts';
import { type Sandbox, startSandbox } from './server.ts';

let sandbox: Sandbox;
let api: Api;
const clock = new DrivenClock('2026-03-01T12:00:00Z');

beforeEach(async () => {
  sandbox = await startSandbox({ clock, seed: 1 });
  sandbox.user(7, { first_name: 'Ann' });
  api = new Api(sandbox.token, { apiRoot: sandbox.url });
});

afterEach(() => sandbox.stop());

/** The error body of a call that is refused. */
async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof GrammyError) return `${error.error_code} ${error.description}`;
    throw error;
  }
  throw new Error('the call was not refused');
}

const post = (path: string, body: string, type = 'application/json'): Promise<Response> =>
  fetch(`${sandbox.url}${path}`, { method: 'POST', body, headers: { 'content-type': type } });

test('a bot written with grammY answers, is pressed and edits without any change', async () => {
  const bot = new Bot(sandbox.token, { client: { apiRoot: sandbox.url } });
  bot.on('message:text', (ctx) =>
    ctx.reply(`heard ${ctx.message.text}`, {
      reply_markup: { inline_keyboard: [[{ text: 'Done', callback_data: 'd' }]] },
    }),
  );
  bot.on('callback_query:data', async (ctx) => {
    await ctx.answerCallbackQuery('noted');
    await ctx.editMessageText(`pressed ${ctx.callbackQuery.data}`);
  });
  const running = bot.start();
  const user = sandbox.user(7);
  user.send('hello');
  const answer = await sandbox.waitFor((seen) => seen.message.text === 'heard hello', { chat: 7 });
  const { queryId } = user.press(answer, 'Done');
  const edited = await sandbox.waitFor((seen) => seen.message.text === 'pressed d', { chat: 7 });
  expect(edited.edits.map((one) => one.message.text)).toEqual(['heard hello']);
  expect(sandbox.world.queries.get(queryId)?.answer?.text).toBe('noted');
  await bot.stop();
  await running;
});

test('a wrong token is 401, an address that holds no token 404, an unknown method 404', async () => {
  const wrong = await fetch(`${sandbox.url}/bot1:wrong/getMe`);
  expect([wrong.status, await wrong.json()]).toEqual([
    401,
    { ok: false, error_code: 401, description: 'Unauthorized' },
  ]);
  expect((await fetch(`${sandbox.url}/botnothing/getMe`)).status).toBe(404);
  const unknown = await fetch(`${sandbox.url}/bot${sandbox.token}/flyToTheMoon`);
  expect([unknown.status, await unknown.json()]).toEqual([
    404,
    { ok: false, error_code: 404, description: 'Not Found: method not found' },
  ]);
});

test('a method is found in any case and takes query, JSON, urlencoded and multipart alike', async () => {
  const base = `/bot${sandbox.token}`;
  const form = new FormData();
  form.set('chat_id', '7');
  form.set('text', 'multipart');
  const answers = [
    await fetch(`${sandbox.url}${base}/SENDMESSAGE?chat_id=7&text=query`),
    await post(`${base}/sendmessage`, JSON.stringify({ chat_id: '7', text: 'json' })),
    await post(
      `${base}/sendMessage`,
      'chat_id=7&text=url+encoded&entities=%5B%5D',
      'application/x-www-form-urlencoded',
    ),
    await fetch(`${sandbox.url}${base}/sendMessage`, { method: 'POST', body: form }),
  ];
  expect(answers.map((one) => one.status)).toEqual([200, 200, 200, 200]);
  expect(sandbox.messages(7).map((seen) => seen.message.text)).toEqual(['query', 'json', 'url encoded', 'multipart']);
});

test('a body that is no JSON object is refused', async () => {
  for (const body of ['{', '[1]', '7']) {
    const answer = await post(`/bot${sandbox.token}/sendMessage`, body);
    expect(answer.status).toBe(400);
  }
});

test('methods that are not here say so, and every method of the Bot API is known', async () => {
  expect(await refusal(api.sendPoll(7, 'q', ['a', 'b']))).toBe(
    '400 Bad Request: the sandbox does not have the method sendPoll',
  );
  for (const name of absentMethods) expect(methodOf(name).name).toBe(name);
});

test('chats the bot may not write to are refused as Telegram does', async () => {
  sandbox.user(8, { started: false });
  sandbox.group(-5, 'Team');
  sandbox.user(7).block();
  expect(await refusal(api.sendMessage(99, 'x'))).toBe('400 Bad Request: chat not found');
  expect(await refusal(api.sendMessage(8, 'x'))).toBe("403 Forbidden: bot can't initiate conversation with a user");
  expect(await refusal(api.sendMessage(7, 'x'))).toBe('403 Forbidden: bot was blocked by the user');
  sandbox.kick(-5);
  expect(await refusal(api.sendMessage(-5, 'x'))).toBe('403 Forbidden: bot was kicked from the group chat');
  sandbox.user(7).unblock();
  await api.sendMessage(7, 'back');
});

test('a group that became a supergroup names its new id', async () => {
  sandbox.group(-5, 'Team', [sandbox.user(7)]);
  sandbox.migrate(-5, -1005);
  try {
    await api.sendMessage(-5, 'x');
    expect.unreachable();
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error;
    expect(error.description).toBe('Bad Request: group chat was upgraded to a supergroup chat');
    expect(error.parameters).toEqual({ migrate_to_chat_id: -1005 });
  }
  const updates = await api.getUpdates();
  expect(updates.map(({ message }) => message?.migrate_to_chat_id ?? message?.migrate_from_chat_id)).toEqual([
    -1005, -5,
  ]);
});

test('a file goes up, comes back by its path, and is refused when unknown', async () => {
  const sent = await api.sendDocument(7, new InputFile(Buffer.from('häll\r\n--o'), 'notes.txt'), { caption: 'c' });
  const file = await api.getFile(sent.document.file_id);
  const loaded = await fetch(`${sandbox.url}/file/bot${sandbox.token}/${file.file_path}`);
  expect(await loaded.text()).toBe('häll\r\n--o');
  expect((await fetch(`${sandbox.url}/file/bot1:x/${file.file_path}`)).status).toBe(404);
  expect((await fetch(`${sandbox.url}/file/bot%zz/x`)).status).toBe(404);
  expect(await refusal(api.getFile('nope'))).toBe(
    '400 Bad Request: wrong file_id or the file is temporarily unavailable',
  );
  const album = await api.sendMediaGroup(7, [
    { type: 'document', media: new InputFile(Buffer.from('1'), 'a.txt') },
    { type: 'document', media: sent.document.file_id, caption: 'two' },
  ]);
  const groups = album.map((one) => ('media_group_id' in one ? one.media_group_id : undefined));
  expect([groups.length, new Set(groups).size, groups[0]]).toEqual([2, 1, expect.stringMatching(/^\d+$/)]);
});

test('commands are kept by scope and language and checked', async () => {
  const scope = { type: 'all_private_chats' } as const;
  await api.setMyCommands([{ command: 'add', description: 'Add' }]);
  await api.setMyCommands([{ command: 'add', description: 'Добавить' }], { scope, language_code: 'ru' });
  expect(await api.getMyCommands()).toEqual([{ command: 'add', description: 'Add' }]);
  expect(await api.getMyCommands({ scope, language_code: 'ru' })).toEqual([
    { command: 'add', description: 'Добавить' },
  ]);
  expect(await api.getMyCommands({ scope })).toEqual([]);
  for (const command of ['Add', 'a-b', 'x'.repeat(33), '']) {
    expect(await refusal(api.setMyCommands([{ command, description: 'd' }]))).toBe(
      '400 Bad Request: BOT_COMMAND_INVALID',
    );
  }
  expect(await refusal(api.setMyCommands([{ command: 'a', description: 'x'.repeat(257) }]))).toContain(
    'DESCRIPTION_INVALID',
  );
  const chat = (chat_id: number) => ({ scope: { type: 'chat' as const, chat_id } });
  await api.setMyCommands([{ command: 'mine', description: 'Mine' }], chat(7));
  expect(await refusal(api.setMyCommands([{ command: 'mine', description: 'Mine' }], chat(99)))).toBe(
    '400 Bad Request: chat not found',
  );
  await api.deleteMyCommands();
  expect(await api.getMyCommands()).toEqual([]);
});

test('every call is recorded without the token', async () => {
  await api.sendMessage(7, 'one');
  await refusal(api.sendMessage(99, 'two'));
  const calls = sandbox.journal.calls({ method: 'sendmessage' });
  expect(calls.map(({ chatId, code, accepted, messageId }) => [chatId, code, accepted, messageId])).toEqual([
    [7, 200, true, 1],
    [99, 400, false, undefined],
  ]);
  expect(JSON.stringify(calls)).not.toContain(sandbox.token);
});

test('what is kept is bounded', async () => {
  const small = await startSandbox({ keep: { messages: 3, calls: 2 } });
  small.user(7);
  const bot = new Api(small.token, { apiRoot: small.url });
  for (let n = 1; n <= 6; n += 1) await bot.sendMessage(7, `m${n}`);
  expect(small.messages(7).map((seen) => seen.message.text)).toEqual(['m4', 'm5', 'm6']);
  expect(small.journal.calls().map((call) => call.n)).toEqual([5, 6]);
  await small.stop();
});
