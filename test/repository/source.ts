/** The files of this repository as the tests that keep its rules see them: listed by git, parsed once a test file. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Comment, type Program, parseSync, Visitor } from 'oxc-parser';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** One `import`, `export … from`, `import()` or `import('…')` of a type. */
export interface Import {
  /** as written: './clock.ts', 'node:fs', 'zod' */
  readonly specifier: string;
  readonly line: number;
  /** it vanishes when the program runs */
  readonly typeOnly: boolean;
  /** the file a relative specifier leads to, from the root of the repository; null for packages and for Node itself */
  readonly target: string | null;
}

export interface SourceFile {
  /** from the root of the repository, with slashes */
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
  readonly imports: readonly Import[];
}

/** Files git keeps or would keep if asked now, without those deleted from the tree; paths from the root. */
export function trackedFiles(): string[] {
  // safe.directory: a checkout that belongs to someone else, as in a container, is read all the same.
  const git = ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = spawnSync('git', git, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr || listed.error}`);
  const names = new Set(listed.stdout.split('\0').filter(Boolean));
  return [...names].filter((name) => existsSync(path.join(root, name))).sort();
}

export function readText(name: string): string {
  return readFileSync(path.join(root, name), 'utf8');
}

/** The line, from 1, in which offset `at` of `text` lies. */
export function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

/** Everything `file` imports; types count, because who needs the type needs the room. */
function importsOf(file: string, text: string, program: Program): Import[] {
  const found: Import[] = [];
  const add = (specifier: string, at: number, typeOnly: boolean) => {
    const target = specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : null;
    found.push({ specifier, line: lineOf(text, at), typeOnly, target });
  };
  new Visitor({
    ImportDeclaration(node) {
      const { specifiers } = node;
      const named =
        specifiers.length > 0 && specifiers.every((one) => 'importKind' in one && one.importKind === 'type');
      add(node.source.value, node.start, node.importKind === 'type' || named);
    },
    ExportNamedDeclaration(node) {
      if (!node.source) return;
      const named = node.specifiers.length > 0 && node.specifiers.every((one) => one.exportKind === 'type');
      add(node.source.value, node.start, node.exportKind === 'type' || named);
    },
    ExportAllDeclaration(node) {
      add(node.source.value, node.start, node.exportKind === 'type');
    },
    ImportExpression(node) {
      if (node.source.type === 'Literal' && typeof node.source.value === 'string')
        add(node.source.value, node.start, false);
    },
    TSImportType(node) {
      add(node.source.value, node.start, true);
    },
  }).visit(program);
  return found;
}

/** Parses one file. Throws when it is not TypeScript. */
export function parseSource(file: string, text: string): SourceFile {
  const parsed = parseSync(file, text, { preserveParens: false });
  const [broken] = parsed.errors;
  if (broken) throw new Error(`${file}: ${broken.message}`);
  const { program, comments } = parsed;
  return { path: file, text, program, comments, imports: importsOf(file, text, program) };
}

/** Our TypeScript among `names`: `src`, `test`, `scripts` and the settings files beside package.json; nothing generated. */
export function ownCode(names: readonly string[]): string[] {
  return names.filter((name) => /\.[cm]?tsx?$/.test(name) && !name.startsWith('src/storage/generated/'));
}

/** All of it, parsed: about half a second. */
export function sources(): SourceFile[] {
  return ownCode(trackedFiles()).map((name) => parseSource(name, readText(name)));
}

export const isTest = (name: string): boolean => name.endsWith('.test.ts');
