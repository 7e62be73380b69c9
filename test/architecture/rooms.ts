/** The import table of docs/architecture.md: which room a file belongs to, and what a file of it may not import. */
import type { Import, SourceFile } from '../repository/source.ts';
import { isTest } from '../repository/source.ts';

/** From the top down: a room imports those below it, never one above. Each line of docs/architecture.md's table is a line here. */
export const ORDER: readonly (readonly string[])[] = [
  ['main.ts', 'commands'],
  ['app.ts', 'wiring'],
  ['http'],
  ['assistant'],
  ['integrations'],
  ['features'],
  ['telegram'],
  ['capture'],
  ['backup'],
  ['queue'],
  ['actions', 'access'],
  ['outbox'],
  ['secrets'],
  ['storage'],
  ['config', 'observability', 'net', 'locales', 'core'],
];

/** Beside the table: the stand-in for Telegram, which must not know the bot it is talked to by. */
export const SANDBOX = 'sandbox';

const rank = new Map(ORDER.flat().map((room, index) => [room, index]));

/** Rooms that may start the stand-in: whoever opens the local chat or serves it to other processes. */
const MAY_OPEN_SANDBOX = new Set(['main.ts', 'commands', 'app.ts']);

/** The room of a file of `src`, or undefined elsewhere: 'features', 'core', 'app.ts', … */
export function roomOf(file: string): string | undefined {
  return /^src\/([^/]+)/.exec(file)?.[1];
}

/** The feature (or integration) a file belongs to: 'features/tasks'. */
export function partOf(file: string): string | undefined {
  return /^src\/((?:features|integrations)\/[^/]+)\//.exec(file)?.[1];
}

/** Why `file` may not import what `one` leads to; undefined when it may. Pure. */
export function broken(file: string, one: Import): string | undefined {
  const from = roomOf(file);
  if (from === undefined) return undefined;
  if (one.target === null) return isTest(file) ? undefined : brokenPackage(from, one);
  if (!one.target.startsWith('src/')) {
    if (one.target === 'package.json' || isTest(file)) return undefined;
    return 'src must run without anything outside it';
  }
  const to = roomOf(one.target);
  if (to === undefined || isTest(file)) return undefined;
  if (isTest(one.target)) return 'a test belongs to nobody else';
  const [fromPart, toPart] = [partOf(file), partOf(one.target)];
  if (toPart !== undefined && fromPart !== toPart && one.target !== `src/${toPart}/index.ts`)
    return `${toPart} is entered by its index.ts only`;
  if (from === to) return undefined;
  if (from === SANDBOX) return to === 'core' ? undefined : 'sandbox imports only core and the types of Telegram';
  if (to === SANDBOX) {
    if (!MAY_OPEN_SANDBOX.has(from)) return `only ${[...MAY_OPEN_SANDBOX].join(', ')} and tests may open the sandbox`;
    return one.target === 'src/sandbox/index.ts' ? undefined : 'sandbox is entered by its index.ts only';
  }
  if (from === 'capture' && to !== 'core') return 'capture imports only core: it is a pure function of its arguments';
  const [above, below] = [rank.get(from), rank.get(to)];
  if (above === undefined || below === undefined) return undefined; // an unknown room is its own fault, told once
  if (above < below) return undefined;
  return from === 'app.ts' || to === 'app.ts' || to === 'main.ts'
    ? `${to} stands above ${from}`
    : `${to} lies above ${from} in the table, and imports go down only`;
}

function brokenPackage(from: string, one: Import): string | undefined {
  const { specifier } = one;
  const isNode = specifier.startsWith('node:');
  const isTelegram = /^(grammy$|@grammyjs\/)/.test(specifier);
  if (from === SANDBOX && !isNode && !(specifier === '@grammyjs/types' && one.typeOnly))
    return 'sandbox imports only core and the types of Telegram';
  if (from === 'capture' && (isNode || isTelegram)) return 'capture does no I/O';
  if (isTelegram && !['telegram', 'commands', 'app.ts', SANDBOX].includes(from))
    return 'only telegram speaks to Telegram';
  return undefined;
}

/** Circles in a graph, each as the nodes on its way round (Tarjan: strongly connected, and self-references). */
export function circles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): number => {
    const own = index.size;
    index.set(node, own);
    low.set(node, own);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) low.set(node, Math.min(low.get(node) ?? own, visit(next)));
      else if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? own, index.get(next) ?? own));
    }
    if (low.get(node) === own) {
      const members = stack.splice(stack.indexOf(node));
      if (members.length > 1 || graph.get(node)?.has(node)) found.push(wayRound(graph, node, new Set(members)));
    }
    return low.get(node) ?? own;
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return found;
}

/** The shortest way from `start` back to itself within `members`, so that a message names a circle somebody can cut. */
function wayRound(
  graph: ReadonlyMap<string, ReadonlySet<string>>,
  start: string,
  members: ReadonlySet<string>,
): string[] {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    for (const next of graph.get(node) ?? []) {
      if (next === start) {
        const way = [start];
        for (let at: string | undefined = node; at !== undefined && at !== start; at = cameFrom.get(at))
          way.splice(1, 0, at);
        return [...way, start];
      }
      if (members.has(next) && !cameFrom.has(next)) {
        cameFrom.set(next, node);
        queue.push(next);
      }
    }
  }
  return [...members];
}

/** Edges between the files of `src`, tests left out. */
export function fileGraph(files: readonly SourceFile[]): Map<string, Set<string>> {
  const own = files.filter((file) => file.path.startsWith('src/') && !isTest(file.path));
  const targets = (file: SourceFile) =>
    file.imports.flatMap((one) => (one.target?.startsWith('src/') ? [one.target] : []));
  return new Map(own.map((file) => [file.path, new Set(targets(file))]));
}

/** The same graph with every feature and integration taken as one node. */
export function partGraph(files: ReadonlyMap<string, ReadonlySet<string>>): Map<string, Set<string>> {
  const parts = new Map<string, Set<string>>();
  for (const [file, targets] of files) {
    const from = partOf(file);
    if (from === undefined) continue;
    const known = parts.get(from) ?? new Set<string>();
    for (const target of targets) {
      const to = partOf(target);
      if (to !== undefined && to !== from) known.add(to);
    }
    parts.set(from, known);
  }
  return parts;
}
