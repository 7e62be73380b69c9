/** Statements that leave in one packet and are answered in one, behind one barrier: most of what a small statement costs is around it. */
import pg from 'pg';
import type { Statement } from '../sql.ts';
import { camel, readerOf } from './values.ts';
import { discard, taken, writeBind, writeDescribe, writeExecute, writeParse, writeSync } from './wire.ts';

/** What rows of an answer are made of. */
interface Columns {
  /** in camelCase */
  readonly names: readonly string[];
  readonly read: ReadonlyArray<(text: string) => unknown>;
  /** a row of nulls: copied, which is quicker than making one name by name */
  readonly empty: Readonly<Record<string, unknown>>;
}

const NONE: Columns = { names: [], read: [], empty: {} };

interface Asked {
  readonly name: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
  readonly resolve: (rows: never[]) => void;
  readonly reject: (error: unknown) => void;
  readonly rows: object[];
  columns: Columns;
  done: boolean;
}

/** The driver's connection with its own notes of what is prepared on it, which statements of libraries share. */
type Connection = pg.Connection & {
  readonly parsedStatements: Record<string, string | undefined>;
  readonly submittedNamedStatements: Record<string, string | undefined>;
};

/** What a connection's prepared statements answer with, which does not change: told once, not at every use. */
const described = new WeakMap<Connection, Map<string, Columns>>();

function describedOn(connection: Connection): Map<string, Columns> {
  let known = described.get(connection);
  if (known === undefined) {
    known = new Map();
    described.set(connection, known);
  }
  return known;
}

/**
 * One for a submission to `client.query`. The server stops at the first that fails: it and those behind it are rejected with its error.
 * Statements before it stay done where they are parts of a transaction; `alone`, nothing is done before the barrier is.
 */
export class Batch extends pg.Query {
  readonly #alone: boolean;
  readonly #asked: Asked[] = [];
  /** the one that is answered next */
  #next = 0;
  #connection: Connection | undefined;
  #ended = '';
  /** The driver ends its watch over the time by it. */
  callback: () => void = () => {};
  /** milliseconds; absent: the pool's */
  readonly query_timeout: number | undefined;

  constructor(options: { alone?: boolean; boundMs?: number | undefined } = {}) {
    super('');
    this.#alone = options.alone ?? false;
    this.query_timeout = options.boundMs;
  }

  /** Adds a statement; its rows are there when the batch is answered. */
  add<Row extends object>(statement: Statement | string, values: readonly unknown[] = []): Promise<Row[]> {
    const [name, text] = typeof statement === 'string' ? [undefined, statement] : [statement.name, statement.text];
    const answer = new Promise<Row[]>((resolve, reject) => {
      this.#asked.push({ name, text, values, resolve, reject, rows: [], columns: NONE, done: false });
    });
    // What fails unseen fails its transaction, which is told.
    answer.catch(() => {});
    return answer;
  }

  /** What the server says it did last: 'COMMIT'. */
  get ended(): string {
    return this.#ended;
  }

  /** Rejects all of it, unsent. */
  drop(error: unknown): void {
    for (const { reject } of this.#asked) reject(error);
  }

  /** What the driver notes as prepared when the server says that it is. */
  get name(): string | undefined {
    return this.#asked[this.#next]?.name;
  }
  set name(_: unknown) {}
  get text(): string | undefined {
    return this.#asked[this.#next]?.text;
  }
  set text(_: unknown) {}

  override submit = (given: pg.Connection): Error | null => {
    const connection = given as Connection;
    this.#connection = connection;
    const known = describedOn(connection);
    const { parsedStatements, submittedNamedStatements } = connection;
    try {
      for (const asked of this.#asked) {
        const { name = '', text, values } = asked;
        if (name === '' || (parsedStatements[name] ?? submittedNamedStatements[name]) === undefined) {
          writeParse(name, text);
          if (name !== '') submittedNamedStatements[name] = text;
        }
        writeBind(name, values);
        const columns = name === '' ? undefined : known.get(name);
        if (columns === undefined) writeDescribe();
        else asked.columns = columns;
        writeExecute();
      }
      writeSync();
    } catch (error) {
      discard();
      return error instanceof Error ? error : new Error(String(error));
    }
    const packet = taken();
    if (connection.stream.writable) connection.stream.write(packet);
    return null;
  };

  handleRowDescription({ fields }: { fields: ReadonlyArray<{ name: string; dataTypeID: number }> }): void {
    const asked = this.#asked[this.#next];
    if (!asked) return;
    const names = fields.map(({ name }) => camel(name));
    const read = fields.map(({ dataTypeID }) => readerOf(dataTypeID));
    asked.columns = { names, read, empty: Object.fromEntries(names.map((name) => [name, null])) };
  }

  handleDataRow({ fields }: { fields: ReadonlyArray<string | null> }): void {
    const asked = this.#asked[this.#next];
    if (!asked) return;
    const { names, read, empty } = asked.columns;
    const row: Record<string, unknown> = { ...empty };
    try {
      for (let index = 0; index < names.length; index += 1) {
        const text = fields[index];
        if (typeof text === 'string') row[names[index] as string] = read[index]?.(text);
      }
    } catch (error) {
      asked.reject(error);
    }
    asked.rows.push(row);
  }

  handleCommandComplete({ text }: { text: string }): void {
    const asked = this.#asked[this.#next];
    if (!asked) return;
    this.#next += 1;
    this.#ended = text;
    asked.done = true;
    if (asked.name !== undefined && this.#connection) describedOn(this.#connection).set(asked.name, asked.columns);
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' });
  }

  handleReadyForQuery(): void {
    this.callback();
    for (const { resolve, rows } of this.#asked) resolve(rows as never[]);
  }

  handleError(error: unknown): void {
    this.callback();
    for (const { name, resolve, reject, rows, done } of this.#asked) {
      if (done && !this.#alone) resolve(rows as never[]);
      else reject(error);
      // Those behind the one that failed were never prepared.
      if (!done && name !== undefined) delete this.#connection?.submittedNamedStatements[name];
    }
  }
}
