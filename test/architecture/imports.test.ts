/** Keeps the import table of docs/architecture.md: down only, features by their index, no circles. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isTest, parseSource, readText, root, sources } from '../repository/source.ts';
import { broken, circles, fileGraph, ORDER, partGraph, roomOf, SANDBOX } from './rooms.ts';

const files = sources();

/** What `file` would be told if it held `line`. */
function told(file: string, line: string): Array<string | undefined> {
  return parseSource(file, line).imports.map((one) => broken(file, one));
}

describe('this repository', () => {
  test('rooms import only what lies below them, and other features only through their index.ts', () => {
    const faults = files.flatMap((file) =>
      file.imports.flatMap((one) => {
        const reason = broken(file.path, one);
        return reason === undefined ? [] : [`${file.path}:${one.line} imports ${one.specifier}: ${reason}`];
      }),
    );
    expect(faults).toEqual([]);
  });

  test('no file imports itself by a way round', () => {
    expect(circles(fileGraph(files)).map((way) => way.join(' → '))).toEqual([]);
  });

  test('features and integrations know one another without circles', () => {
    expect(circles(partGraph(fileGraph(files))).map((way) => way.join(' → '))).toEqual([]);
  });

  test('every file of src lies in a room of the table', () => {
    const known = new Set([...ORDER.flat(), SANDBOX]);
    const strays = files
      .map((file) => file.path)
      .filter((name) => {
        const room = roomOf(name);
        return room !== undefined && !known.has(room);
      });
    expect(strays).toEqual([]);
  });

  test('every relative import, of tests too, names a file that is there, with its extension', () => {
    const missing = files.flatMap((file) =>
      file.imports.flatMap((one) => {
        if (one.target === null || one.target.startsWith('src/storage/generated/')) return [];
        const found = path.join(root, one.target);
        if (existsSync(found) && statSync(found).isFile()) return [];
        return [`${file.path}:${one.line} imports ${one.specifier}: no such file`];
      }),
    );
    expect(missing).toEqual([]);
  });

  test('what the program imports is among its dependencies, not only among those of development', () => {
    const { dependencies } = JSON.parse(readText('package.json')) as { dependencies: Record<string, string> };
    const faults = files
      .filter((file) => file.path.startsWith('src/') && !isTest(file.path))
      .flatMap((file) =>
        file.imports.flatMap((one) => {
          if (one.target !== null || one.specifier.startsWith('node:') || one.typeOnly) return [];
          const name = one.specifier
            .split('/')
            .slice(0, one.specifier.startsWith('@') ? 2 : 1)
            .join('/');
          return name in dependencies ? [] : [`${file.path}:${one.line} imports ${one.specifier}`];
        }),
      );
    expect(faults).toEqual([]);
  });

  test('docs/architecture.md shows the rooms in the order kept here', () => {
    const rows = readText('docs/architecture.md')
      .split('\n')
      .filter((line) => line.startsWith('| `src/'));
    const shown = rows.map((row) => {
      const [, cell = ''] = row.split('|');
      return [...cell.matchAll(/`src\/([\w-]+(?:\.ts)?)/g)].map(([, room]) => room);
    });
    expect(shown).toEqual([...ORDER.map((line) => [...line]), [SANDBOX]]);
  });
});

describe('the rules themselves', () => {
  test.each([
    ['src/core/clock.ts', "import { x } from '../storage/database.ts';", /lies above core/],
    ['src/core/clock.ts', "import type { X } from '../locales/translator.ts';", /lies above core/],
    ['src/access/people.ts', "import { perform } from '../actions/perform.ts';", /lies above access/],
    ['src/outbox/outbox.ts', "export * from '../telegram/view.ts';", /lies above outbox/],
    ['src/outbox/outbox.ts', "import type { Message } from '@grammyjs/types';", /only telegram speaks/],
    ['src/telegram/view.ts', "type T = import('../features/tasks/index.ts').T;", /lies above telegram/],
    ['src/http/server.ts', "const a = await import('../app.ts');", /stands above http/],
    ['src/capture/parse.ts', "import { t } from '../locales/translator.ts';", /capture imports only core/],
    ['src/capture/parse.ts', "import fs from 'node:fs';", /does no I\/O/],
    ['src/sandbox/server.ts', "import { view } from '../telegram/view.ts';", /sandbox imports only core/],
    ['src/sandbox/server.ts', "import { Api } from 'grammy';", /sandbox imports only core/],
    ['src/telegram/bot.ts', "import { Sandbox } from '../sandbox/index.ts';", /may open the sandbox/],
    ['src/commands/chat.ts', "import { Sandbox } from '../sandbox/server.ts';", /by its index.ts only/],
    [
      'src/features/tasks/bot.ts',
      "import { x } from '../history/service.ts';",
      /features\/history is entered by its index/,
    ],
    ['src/assistant/tools.ts', "import { x } from '../features/tasks/service.ts';", /entered by its index.ts only/],
    ['src/core/ids.ts', "import { x } from '../../test/support/context.ts';", /without anything outside/],
    ['src/core/ids.ts', "import { x } from './days.test.ts';", /a test belongs to nobody else/],
  ])('%s may not hold %s', (file, line, reason) => {
    expect(told(file, line)).toEqual([expect.stringMatching(reason)]);
  });

  test.each([
    ['src/features/tasks/bot.ts', "import { undoButton } from '../history/index.ts';"],
    ['src/features/tasks/bot.ts', "import { task } from './task.ts';"],
    ['src/actions/perform.ts', "import type { Actor } from '../access/people.ts';"],
    ['src/locales/translator.ts', "import { Bug } from '../core/errors.ts';"],
    ['src/app.ts', "import { startHttp } from './http/server.ts';"],
    ['src/commands/chat.ts', "import { startSandbox } from '../sandbox/index.ts';"],
    ['src/sandbox/world.ts', "import type { Chat } from '@grammyjs/types';"],
    ['src/core/version.ts', "import data from '../../package.json' with { type: 'json' };"],
    ['src/core/days.test.ts', "import { open } from '../storage/database.ts';"],
  ])('%s may hold %s', (file, line) => {
    expect(told(file, line)).toEqual([undefined]);
  });

  test('a circle is named by its shortest way round, once', () => {
    const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges).map(([a, b]) => [a, new Set(b)]));
    expect(circles(graph({ a: ['b', 'c'], b: ['c'], c: [] }))).toEqual([]);
    expect(circles(graph({ a: ['b'], b: ['c', 'd'], c: ['a'], d: ['c'] }))).toEqual([['a', 'b', 'c', 'a']]);
    expect(circles(graph({ a: ['a'], b: ['a'] }))).toEqual([['a', 'a']]);
  });
});
