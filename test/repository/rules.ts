/** The rules of CONTRIBUTING.md that a parser can see, each a function from one source file to its faults. Pure. */
import type { Comment } from 'oxc-parser';
import { Visitor } from 'oxc-parser';
import { isTest, lineOf, type SourceFile } from './source.ts';

/** Where in a file something is, and what is wrong: 'src/core/x.ts:12 …'. */
export type Fault = string;

const at = (file: SourceFile, offset: number, what: string): Fault =>
  `${file.path}:${lineOf(file.text, offset)} ${what}`;

/** What of `Date` computes from its arguments alone. */
const PURE_OF_DATE = new Set(['parse', 'UTC']);

/**
 * Readings of the machine's clock: `new Date()`, `Date()`, `Date.now()`, `Temporal.Now`, and any other use of the name `Date`
 * as a value (an alias would hide the reading). `new Date(x)`, `Date.parse`, `Date.UTC` and `instanceof Date` compute only.
 */
export function clockReadings(file: SourceFile): Fault[] {
  const innocent = new Set<number>();
  const faults: Fault[] = [];
  new Visitor({
    NewExpression(node) {
      if (node.callee.type === 'Identifier' && node.arguments.length > 0) innocent.add(node.callee.start);
    },
    BinaryExpression(node) {
      if (node.operator === 'instanceof') innocent.add(node.right.start);
    },
    MemberExpression(node) {
      if (node.computed || node.property.type !== 'Identifier') return;
      const { name, start } = node.property;
      const of = node.object.type === 'Identifier' ? node.object.name : '';
      if (of === 'Date' && PURE_OF_DATE.has(name)) innocent.add(node.object.start);
      if (of === 'globalThis' && name === 'Date') faults.push(at(file, start, 'reads the clock by globalThis.Date'));
      innocent.add(start);
      if (of === 'Temporal' && name === 'Now') faults.push(at(file, start, 'reads the clock by Temporal.Now'));
    },
    Property(node) {
      if (!node.computed) innocent.add(node.key.start);
    },
    TSTypeReference(node) {
      innocent.add(node.typeName.start);
    },
    Identifier(node) {
      if (node.name === 'Date' && !innocent.has(node.start))
        faults.push(at(file, node.start, 'reads the clock: take a Clock instead'));
    },
  }).visit(file.program);
  return faults;
}

/** Places where the types gave up: `any`, `x!`, `as unknown as`, and comments that silence the compiler. */
export function typesGivenUp(file: SourceFile): Fault[] {
  const faults: Fault[] = [];
  new Visitor({
    TSAnyKeyword(node) {
      faults.push(at(file, node.start, 'any'));
    },
    TSNonNullExpression(node) {
      faults.push(at(file, node.end, 'non-null !'));
    },
    PropertyDefinition(node) {
      if (node.definite) faults.push(at(file, node.start, 'definite !'));
    },
    VariableDeclarator(node) {
      if (node.definite) faults.push(at(file, node.start, 'definite !'));
    },
    TSAsExpression(node) {
      const inner = node.expression;
      if (inner.type === 'TSAsExpression' && inner.typeAnnotation.type === 'TSUnknownKeyword')
        faults.push(at(file, inner.start, 'as unknown as'));
    },
  }).visit(file.program);
  for (const comment of file.comments) {
    const [silenced] = /@ts-(?:ignore|nocheck|expect-error)\b/.exec(comment.value) ?? [];
    // A test of types may expect an error to show that a mistake does not compile, when it says which.
    const proves = isTest(file.path) && /@ts-expect-error\b.*\p{L}{3}/u.test(comment.value);
    if (silenced && !proves) faults.push(at(file, comment.start, silenced));
  }
  return faults;
}

/** Files whose first words are not a comment that says what they are for. */
export function withoutReason(file: SourceFile): Fault[] {
  const [first] = file.comments;
  const start = (file.program.hashbang?.end ?? 0) + (file.program.hashbang ? 1 : 0);
  const says = (comment: Comment) =>
    comment.type === 'Block' && comment.value.startsWith('*') && comment.start === start;
  if (first && says(first) && /\p{L}{3}/u.test(first.value)) return [];
  return [`${file.path}:1 does not begin with a /** comment */ that says its reason`];
}

/** Marks of unfinished work that name no issue: `TODO(#12)` or `TODO #12` may stay. */
export function unfinished(file: SourceFile): Fault[] {
  return file.comments.flatMap((comment) => {
    const [mark, issue] = /\b(?:TODO|FIXME|XXX|HACK)\b(\W{0,2}#\d+)?/.exec(comment.value) ?? [];
    return mark !== undefined && issue === undefined ? [at(file, comment.start, `${mark} without an issue (#12)`)] : [];
  });
}

const TEST_FUNCTIONS = new Set(['test', 'it', 'describe', 'suite', 'bench']);
const LEFT_OUT = new Set(['only', 'skip', 'todo', 'fails', 'skipIf', 'runIf']);

/** Tests that are switched off, or switch the others off. What cannot run somewhere says so by `context.skip('reason')`. */
export function leftOutTests(file: SourceFile): Fault[] {
  const faults: Fault[] = [];
  new Visitor({
    MemberExpression(node) {
      if (node.property.type !== 'Identifier' || node.object.type !== 'Identifier') return;
      if (TEST_FUNCTIONS.has(node.object.name) && LEFT_OUT.has(node.property.name))
        faults.push(at(file, node.start, `${node.object.name}.${node.property.name}`));
    },
    CallExpression(node) {
      const { callee } = node;
      if (callee.type === 'Identifier' && /^(?:x|f)(?:it|test|describe)$/.test(callee.name))
        faults.push(at(file, node.start, callee.name));
      const isSkip =
        callee.type === 'MemberExpression' &&
        callee.object.type === 'Identifier' &&
        /^(?:context|ctx|task)$/.test(callee.object.name) &&
        callee.property.type === 'Identifier' &&
        callee.property.name === 'skip';
      const reason = node.arguments.at(-1)?.type;
      if (isSkip && reason !== 'Literal' && reason !== 'TemplateLiteral')
        faults.push(at(file, node.start, 'a skip that prints no reason'));
    },
  }).visit(file.program);
  return faults;
}
