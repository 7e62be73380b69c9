/** The terminal chat on piped input: line by line, each answered before the next, everything printed once. */
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { button, echo, keyboard, pause, type TerminalStage, terminalStage } from '../../../test/support/terminal.ts';
import { terminalChat } from './chat.ts';

let stage: TerminalStage;

beforeEach(async () => {
  stage = await terminalStage();
});
afterEach(() => stage.stop());

test('each line is answered before the next, each answer printed once with its buttons', async () => {
  stage.answer = echo;
  const printed = await stage.piped('call Bob\n\n1\r\nlast without line end');
  expect(printed).toBe(
    [
      'heard: call Bob',
      '[1] Undo  [2] Edit',
      '',
      'pressed Undo',
      '· noted',
      '',
      'heard: last without line end',
      '[1] Undo  [2] Edit',
      '',
    ].join('\n'),
  );
});

test('a slow answer is waited for, and several answers to one line stay in order', async () => {
  stage.answer = async (context) => {
    await pause(60);
    await context.reply(`${context.message?.text} 1`);
    await context.reply(`${context.message?.text} 2`);
  };
  expect(await stage.piped('a\nb\n')).toBe('a 1\n\na 2\n\nb 1\n\nb 2\n');
});

test('edits of older messages are not printed again beside an answer', async () => {
  let first: number | undefined;
  stage.answer = async (context) => {
    const sent = await context.reply(`heard ${context.message?.text}`);
    if (first === undefined) first = sent.message_id;
    else await context.api.editMessageText(1, first, 'changed in the background');
  };
  expect(await stage.piped('a\nb\n')).toBe('heard a\n\nheard b\n');
});

test("a task's own number presses its button, other buttons count round it, a backslash sends the number", async () => {
  stage.answer = async (context) => {
    if (context.callbackQuery) {
      await context.answerCallbackQuery();
      await context.reply(`opened ${context.callbackQuery.data}`);
    } else
      await context.reply(
        `list for ${context.message?.text}`,
        keyboard([button('2', 'task 2'), button('15', 'task 15')], [button('Week'), button('Add')]),
      );
  };
  const printed = await stage.piped('/list\n2\n15\n1\n3\n99\n\\15\n');
  expect(printed.split('\n').filter((line) => line.startsWith('['))).toContain('[1] Week  [3] Add');
  expect(printed.match(/opened .*|list for .*/g)).toEqual([
    'list for /list',
    'opened task 2',
    'opened task 15',
    'opened Week',
    'opened Add',
    'list for 99',
    'list for 15',
  ]);
});

test('after the end of input it stays for what is still to come, and no longer', async () => {
  let pending = true;
  stage.answer = async (context) => {
    await context.reply('ok');
    setTimeout(async () => {
      await context.api.sendMessage(1, 'reminder');
      pending = false;
    }, 100);
  };
  const before = performance.now();
  expect(await stage.piped('remind me\n', { wait: 20_000, pending: async () => pending })).toBe('ok\n\nreminder\n');
  expect(performance.now() - before).toBeLessThan(10_000);
});

test('/quit and a signal end it', async () => {
  stage.answer = echo;
  expect(await stage.piped('/quit\nnever sent\n')).toBe('');
  const input = new PassThrough();
  const output = new PassThrough();
  output.resume();
  const ended = terminalChat({ ...stage.options(input, output), signal: AbortSignal.timeout(30) });
  await ended;
  expect(stage.sandbox.messages(1)).toEqual([]);
});

test('dates are shown in the zone of the reader, formatting leaves no escape codes', async () => {
  stage.answer = (context) =>
    context.reply('due soon', {
      entities: [
        { type: 'bold', offset: 0, length: 3 },
        {
          type: 'date_time',
          offset: 4,
          length: 4,
          unix_time: Date.parse('2026-03-02T14:00:00Z') / 1000,
          date_time_format: 'wt',
        },
      ],
    });
  expect(await stage.piped('x\n')).toBe('due Mon 15:00\n');
});
