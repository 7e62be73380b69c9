/** The terminal chat with keys: presses by number, pastes, edits in place, what is being typed kept. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { button, echo, keyboard, type TerminalStage, terminalStage } from '../../../test/support/terminal.ts';

let stage: TerminalStage;

beforeEach(async () => {
  stage = await terminalStage();
});
afterEach(() => stage.stop());

test('a greeting, answers indented, a press by number, the edit marked', async () => {
  stage.answer = echo;
  const terminal = stage.atTerminal();
  await terminal.until('A number alone presses that button');
  terminal.type('call Bob\r');
  await terminal.until('  heard: call Bob\n  [1] Undo  [2] Edit');
  terminal.type('2\r');
  await terminal.until('  updated\n  pressed Edit');
  await terminal.until('· noted');
  terminal.type('\u0004');
  await terminal.ended;
  for (const line of terminal.shown().split('\n')) expect(line.length).toBeLessThanOrEqual(80 + 20);
});

test('a paste of several lines is one message', async () => {
  stage.answer = async () => undefined;
  const terminal = stage.atTerminal();
  await terminal.until('› ');
  terminal.type('\u001b[20');
  terminal.type('0~one\r\ntwo\n\tthree\u001b[201~');
  terminal.type(' end\r');
  await expect.poll(() => stage.sandbox.messages(1).map((seen) => seen.message.text)).toEqual(['one\ntwo\n three end']);
  terminal.type('\u0003');
  await terminal.ended;
});

test('a number means the keyboard that was there when it was begun', async () => {
  stage.answer = echo;
  const terminal = stage.atTerminal();
  terminal.type('task\r');
  await terminal.until('[1] Undo');
  terminal.type('1');
  await stage.bot.api.sendMessage(1, 'reminder', keyboard([button('Done')]));
  await terminal.until('[1] Done');
  terminal.type('\r');
  await terminal.until('pressed Undo');
  terminal.type('1\r');
  await terminal.until('pressed Done');
  terminal.type('/quit\r');
  await terminal.ended;
});

test('an older message that changes is only remarked, and what is being typed stays', async () => {
  stage.answer = echo;
  const terminal = stage.atTerminal();
  terminal.type('one\r');
  await terminal.until('heard: one');
  terminal.type('two\r');
  await terminal.until('heard: two');
  terminal.type('half a li');
  const first = stage.sandbox.messages(1).find((seen) => seen.message.text === 'heard: one');
  await stage.bot.api.editMessageText(1, first?.message.message_id ?? 0, 'changed');
  await terminal.until('· updated: changed');
  terminal.type('ne\r');
  await terminal.until('heard: half a line');
  terminal.type('/quit\r');
  await terminal.ended;
});

test('NO_COLOR leaves no colours', async () => {
  stage.answer = echo;
  const terminal = stage.atTerminal({ env: { LANG: 'C', TERM: 'xterm', NO_COLOR: '1' } });
  terminal.type('x\r');
  await terminal.until('[1] Undo');
  terminal.type('/quit\r');
  await terminal.ended;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for colours.
  expect(terminal.raw()).not.toMatch(/\u001b\[[0-9;]*m/);
});

test('a change of the message at the bottom is drawn in its place', async () => {
  stage.answer = echo;
  const terminal = stage.atTerminal();
  terminal.type('task\r');
  await terminal.until('[1] Undo');
  const seen = stage.sandbox.messages(1).find(({ fromBot }) => fromBot);
  await stage.bot.api.editMessageText(1, seen?.message.message_id ?? 0, 'ticking', keyboard([button('Stop')]));
  await terminal.until('ticking\n  [1] Stop');
  // Up over the prompt's row, the empty one and the two of the message; and no remark that it changed.
  expect(terminal.raw()).toContain('\u001b[3A');
  expect(terminal.shown()).not.toContain('updated');
  terminal.type('/quit\r');
  await terminal.ended;
});

test('control characters of a message cannot steer the terminal', async () => {
  stage.answer = (context) => context.reply('a\u009b2Jb');
  const terminal = stage.atTerminal();
  terminal.type('x\r');
  await terminal.until('a2Jb');
  expect(terminal.raw()).not.toContain('\u009b');
  terminal.type('/quit\r');
  await terminal.ended;
});

test('the address of the page is shown, a fresh one when that was used, and what is said there beside its answer', async () => {
  stage.answer = echo;
  let tell = (_address: string): void => {};
  const terminal = stage.atTerminal({
    page: {
      address: 'http://127.0.0.1:1/?once=a',
      onFresh: (told) => {
        tell = told;
      },
    },
  });
  await terminal.until('In the browser: http://127.0.0.1:1/?once=a');
  tell('http://127.0.0.1:1/?once=b');
  await terminal.until('A new one: http://127.0.0.1:1/?once=b');
  stage.sandbox.user(1).send('buy milk');
  await terminal.until('· in the browser: buy milk');
  await terminal.until('heard: buy milk');
  terminal.type('from here\r');
  await terminal.until('heard: from here');
  expect(terminal.shown()).not.toContain('in the browser: from here');
  terminal.type('\u0004');
  await terminal.ended;
});
