/** Values and names of columns as the code speaks of them. */
import pg from 'pg';

const INT8 = 20;
const DATE = 1082;
const TIME = 1083;
const TIMESTAMP = 1114;
const TIMESTAMPTZ = 1184;

/** 'YYYY-MM-DD HH:MM:SS.mmm+00' as the server prints it in UTC, to epoch milliseconds. */
function instant(text: string): number {
  return Date.parse(`${text.slice(0, 10)}T${text.slice(11).replace(/\+00$/, '')}Z`);
}

const parsers: Record<number, (text: string) => unknown> = {
  [INT8]: Number,
  [DATE]: (text) => text,
  [TIME]: (text) => text.slice(0, 5),
  [TIMESTAMP]: (text) => text.replace(' ', 'T').slice(0, 16),
  [TIMESTAMPTZ]: instant,
};

/** How values of a type are read: instants as epoch milliseconds, dates and times as strings, bigints as numbers. */
export const readerOf = (oid: number): ((text: string) => unknown) =>
  parsers[oid] ?? pg.types.getTypeParser(oid, 'text');

const camelNames = new Map<string, string>();

/** 'space_id' to 'spaceId': rows are spoken of in the language of the code. */
export function camel(name: string): string {
  let known = camelNames.get(name);
  if (known === undefined) {
    known = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    camelNames.set(name, known);
  }
  return known;
}
